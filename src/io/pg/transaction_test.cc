#include "io/pg/pg.h"
#include "testing/postgres.h"

#include <boost/describe.hpp>

using namespace luster;
using namespace luster::testing;
using namespace std::chrono_literals;

namespace {

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Everything {
    bool yes;
    std::int32_t small;
    std::int64_t big;
    double real;
    std::string text;
    Time time;
    Uuid uuid;
    pg::Json json;
    Bytes bytes;
    Colour colour;
    std::vector<std::string> words;
    std::vector<std::int64_t> numbers;
    std::optional<std::string> nothing;
};
BOOST_DESCRIBE_STRUCT(
    Everything,
    (),
    (yes, small, big, real, text, time, uuid, json, bytes, colour, words, numbers, nothing)
)

const pg::TenantQuery<
    Everything(bool, std::int32_t, std::int64_t, double, std::string_view, Time, Uuid, pg::Json, Bytes, Colour, std::vector<std::string>, std::vector<std::int64_t>, std::optional<std::string>)>
    everything{"test.everything", R"sql(
    SELECT $1::bool, $2::integer, $3::bigint, $4::double precision, $5::text, $6::timestamptz,
           $7::uuid, $8::jsonb, $9::bytea, $10::text, $11::text[], $12::bigint[], $13::text)sql"};

const pg::TenantQuery<std::int32_t()> backend{"test.tx_backend", "SELECT pg_backend_pid()"};
const pg::TenantQuery<void(std::string, Time)> insert{
    "test.insert", R"sql(
    INSERT INTO idempotency_key (scope, key, body_hmac, created_at) VALUES ('test', $1, '', $2))sql"
};
const pg::TenantQuery<std::int64_t()> count{
    "test.count", "SELECT count(*) FROM idempotency_key WHERE scope = 'test'"
};
const pg::TenantQuery<std::string()> isolation{
    "test.isolation", "SELECT current_setting('transaction_isolation')"
};
const pg::TenantQuery<std::int64_t(std::string)> cast{"test.tx_cast", "SELECT $1::text::bigint"};
const pg::TenantQuery<bool(double)> nap{"test.tx_nap", "SELECT pg_sleep($1) IS NOT NULL"};

}  // namespace

PG_TEST(Transaction, carries_every_type_there_and_back) {
    auto acme = co_await t.make_tenant();
    auto tx = co_await t.pool().begin(acme.organization, acme.owner);
    auto uuid = new_uuid(t.clock.now(), t.random);
    auto row = co_await tx.one(
        everything,
        true,
        -7,
        std::int64_t(1) << 40,
        0.5,
        "grüße",
        Time{1'800'000'000'123'456},
        uuid,
        pg::Json{"{\"a\": [1, 2]}"},
        Bytes{std::string("\0\xff", 2)},
        Colour::green,
        std::vector<std::string>{"a", "b, c"},
        std::vector<std::int64_t>{1, -2},
        std::nullopt
    );
    CHECK(row.yes);
    CHECK(row.small == -7);
    CHECK(row.big == std::int64_t(1) << 40);
    CHECK(row.real == 0.5);
    CHECK(row.text == "grüße");
    CHECK(row.time == Time{1'800'000'000'123'456});
    CHECK(row.uuid == uuid);
    CHECK(row.json.text == "{\"a\": [1, 2]}");
    CHECK(row.bytes.data == std::string("\0\xff", 2));
    CHECK(row.colour == Colour::green);
    CHECK(row.words == std::vector<std::string>{"a", "b, c"});
    CHECK(row.numbers == std::vector<std::int64_t>{1, -2});
    CHECK(!row.nothing);
    CHECK(co_await tx.one(isolation) == "read committed");
}

PG_TEST(Transaction, is_rolled_back_unless_committed) {
    auto acme = co_await t.make_tenant();
    auto reads = t.pool().reads(acme.organization, acme.owner);
    std::int32_t first = 0;
    {
        auto tx = co_await t.pool().begin(acme.organization, acme.owner);
        first = co_await tx.one(backend);
        CHECK(co_await tx.run(insert, "dropped", t.clock.now()) == 1);
    }
    co_await ended({"pg.rollback"});
    CHECK(co_await reads.one(count) == 0);
    auto tx = co_await t.pool().begin(acme.organization, acme.owner);
    CHECK(co_await tx.one(backend) == first);  // rolled back, and used again
    co_await tx.run(insert, "kept", t.clock.now());
    co_await tx.commit();
    CHECK(co_await reads.one(count) == 1);
    CHECK_THROWS_AS((void)co_await tx.one(count), pg::Error);
}

PG_TEST(Transaction, that_saw_an_error_closes_its_connection) {
    auto acme = co_await t.make_tenant();
    std::int32_t first = 0;
    {
        auto tx = co_await t.pool().begin(acme.organization, acme.owner);
        first = co_await tx.one(backend);
        CHECK_THROWS_AS((void)co_await tx.one(cast, "x"), pg::Error);
        CHECK_THROWS_AS(co_await tx.commit(), pg::Error);
    }
    auto tx = co_await t.pool().begin(acme.organization, acme.owner);
    CHECK(co_await tx.one(backend) != first);
    CHECK(t.pool().stats().connections == 1);
}

PG_TEST(Transaction, names_the_constraint_that_it_violated) {
    auto acme = co_await t.make_tenant();
    auto tx = co_await t.pool().begin(acme.organization, acme.owner);
    co_await tx.run(insert, "same", t.clock.now());
    bool violated = false;
    try {
        co_await tx.run(insert, "same", t.clock.now());
    } catch (const pg::Error& error) {
        violated = error.violates("idempotency_key_pkey");
        CHECK(!error.connection_lost());
    }
    CHECK(violated);
}

PG_TEST(Transaction, ends_at_its_deadline) {
    auto acme = co_await t.make_tenant();
    auto& pool = t.pool({.transaction_ms_max = 100ms});
    auto tx = co_await pool.begin(acme.organization, acme.owner);
    CHECK_THROWS_AS((void)co_await tx.one(nap, 5), pg::Error);
    CHECK_THROWS_AS(co_await tx.commit(), pg::Error);
}

PG_TEST(Transaction, that_is_cancelled_leaves_nothing_behind) {
    auto acme = co_await t.make_tenant();
    auto& pool = t.pool();
    {
        auto tx = co_await pool.begin(acme.organization, acme.owner);
        co_await tx.run(insert, "cancelled", t.clock.now());
        using namespace boost::asio::experimental::awaitable_operators;
        co_await (tx.one(nap, 1) || sleep(20ms));
    }
    co_await ended({"pg.rollback"});
    CHECK(pool.stats().connections == 0);
    CHECK(co_await pool.reads(acme.organization, acme.owner).one(count) == 0);
}
