#include "io/pg/pg.h"
#include "io/pg/scram.h"

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <set>

using namespace luster;

TEST_CASE("every statement has a name of its own") {
    std::set<std::string_view> names;
    for (const auto* statement : pg::statements()) {
        CHECK_MESSAGE(names.insert(statement->name()).second, statement->name());
    }
}

TEST_CASE("a scram verifier has one iteration and a salt of its own") {
    auto one = pg::scram_verifier(Secret("secret")), two = pg::scram_verifier(Secret("secret"));
    CHECK(one.starts_with("SCRAM-SHA-256$1:"));
    CHECK(one != two);
    CHECK(one.find("secret") == std::string::npos);
}

TEST_CASE("values survive the way to PostgreSQL's format and back") {
    auto again = []<class T>(const T& value) {
        std::string bytes;
        pg::Value<T>::write(bytes, value);
        return pg::Value<T>::read(bytes);
    };
    CHECK(again(true));
    CHECK(again(std::int32_t(-5)) == -5);
    CHECK(again(std::int64_t(-5'000'000'000)) == -5'000'000'000);
    CHECK(again(1.25) == 1.25);
    CHECK(again(Time{1'800'000'000'123'456}) == Time{1'800'000'000'123'456});
    CHECK(again(pg::Json{"{\"a\": 1}"}) == pg::Json{"{\"a\": 1}"});
    CHECK(again(Bytes{std::string("\0\1", 2)}) == Bytes{std::string("\0\1", 2)});
    CHECK(again(std::vector<std::string>{"a", "", "c"}) == std::vector<std::string>{"a", "", "c"});
    CHECK(again(std::vector<std::int64_t>{}).empty());
}

TEST_CASE("a cell of another size is a fault, not a wrong value") {
    CHECK_THROWS_AS(pg::Value<std::int64_t>::read("1234"), pg::Error);
    CHECK_THROWS_AS(pg::Value<Uuid>::read("1234"), pg::Error);
    CHECK_THROWS_AS(pg::Value<std::vector<std::string>>::read("1"), pg::Error);
}
