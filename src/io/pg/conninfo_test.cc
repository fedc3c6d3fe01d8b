#include "io/pg/conninfo.h"

#include "io/pg/error.h"

#include <doctest/doctest.h>

namespace luster::pg {

TEST_CASE("conninfo: a place says where the server is, and nothing of who signs in") {
    CHECK(
        place_of_server("host=db.example port=5433 user=root password=hush sslmode=verify-full "
                        "sslrootcert=/etc/ca.crt sslkey=/etc/own.key passfile=/root/.pgpass"
        ) == "host=db.example port=5433 sslmode=verify-full sslrootcert=/etc/ca.crt"
    );
    CHECK(
        place_of_server("postgresql://root:hush@db.example:5433/x?sslmode=require") ==
        "host=db.example port=5433 sslmode=require"
    );
    CHECK(place_of_server("host='/a b' password='it\\'s'") == "host='/a b'");
    CHECK_THROWS_AS(place_of_server("nonsense"), Error);
}

TEST_CASE("conninfo: people see it without its passwords") {
    CHECK(
        without_passwords("host=/run/postgresql  port=5432") == "host=/run/postgresql  port=5432"
    );
    CHECK(
        without_passwords("host=db user=root password='a b' sslpassword=c") ==
        "host=db password=*** sslpassword=*** user=root"
    );
    auto shown = without_passwords("postgresql://root:hush@db.example/x");
    CHECK(shown.find("hush") == shown.npos);
    CHECK(shown.find("host=db.example") != shown.npos);
    CHECK(without_passwords("host=db password=a b").find("a b") == std::string::npos);
}

TEST_CASE("conninfo: what is written is read again") {
    Conninfo parts{{"host", "/a b"}, {"password", "it's a \\"}, {"port", "1"}};
    CHECK(parse_conninfo(text_of(parts)) == parts);
}

}  // namespace luster::pg
