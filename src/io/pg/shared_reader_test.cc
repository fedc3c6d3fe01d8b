#include "io/loop/together.h"
#include "io/pg/pg.h"
#include "testing/postgres.h"

#include <boost/describe.hpp>

using namespace luster;
using namespace luster::testing;

namespace {

struct Pair {
    std::int64_t number;
    std::optional<std::string> word;
};
BOOST_DESCRIBE_STRUCT(Pair, (), (number, word))

// Without tables, so that they hold in any schema.
const pg::TenantQuery<Pair(std::int64_t, std::optional<std::string>)> echo{
    "test.echo", "SELECT $1::bigint AS number, $2::text AS word"
};
const pg::TenantQuery<std::int64_t(std::string)> cast{"test.cast", "SELECT $1::text::bigint"};
const pg::TenantQuery<std::int32_t()> backend{"test.backend", "SELECT pg_backend_pid()"};
const pg::TenantQuery<bool(double)> nap{"test.nap", "SELECT pg_sleep($1) IS NOT NULL"};
const pg::TenantQuery<std::string()> read_only{
    "test.read_only", "SELECT current_setting('transaction_read_only')"
};
const pg::TenantQuery<std::string()> star{"test.star", "SELECT slug FROM page_revision"};
const pg::TenantQuery<void()> delete_all{"test.delete_all", "DELETE FROM idempotency_key"};

template <class T>
Task<std::string> fate(Task<T> asked) {
    try {
        co_await std::move(asked);
        co_return "answered";
    } catch (const pg::Error& error) {
        co_return error.sqlstate().empty() ? error.what() : error.sqlstate();
    }
}

void start(PostgresCase& t, std::vector<std::string>& fates, Task<std::string> asked) {
    auto note = [](std::vector<std::string>& fates, std::size_t place, Task<std::string> asked
                ) -> Task<void> { fates[place] = co_await std::move(asked); };
    fates.emplace_back("nothing");
    spawn(t.loops.executor(0), "test", note(fates, fates.size() - 1, std::move(asked)));
}

}  // namespace

PG_TEST(SharedReads, answer_typed_rows) {
    auto acme = co_await t.make_tenant();
    auto reads = t.pool().reads(acme.organization, acme.owner);
    auto pair = co_await reads.one(echo, 5, "five");
    CHECK(pair.number == 5);
    CHECK(pair.word == "five");
    CHECK((co_await reads.one(echo, 6, std::nullopt)).word == std::nullopt);
}

PG_TEST(SharedReads, go_together_on_one_read_only_connection) {
    auto acme = co_await t.make_tenant();
    auto reads = t.pool().reads(acme.organization, acme.owner);
    auto [one, two, three] =
        co_await together(reads.one(backend), reads.one(backend), reads.one(read_only));
    CHECK(one == two);
    CHECK(three == "on");
    CHECK(t.pool().stats().connections == 1);
    CHECK(co_await fate(reads.run(delete_all)) == "25006");
}

PG_TEST(SharedReads, a_bad_one_among_many_harms_nobody_else) {
    auto acme = co_await t.make_tenant();
    auto reads = t.pool().reads(acme.organization, acme.owner);
    auto before = co_await reads.one(backend);
    std::vector<std::string> fates;
    fates.reserve(200);
    for (int i = 0; i < 150; ++i) {
        bool bad = i == 40 || i == 41 || i == 140;
        start(t, fates, fate(reads.one(cast, bad ? "x" : std::to_string(i))));
    }
    while (std::ranges::count(fates, "nothing") > 0) co_await next_turn();
    for (int i = 0; i < 150; ++i) {
        bool bad = i == 40 || i == 41 || i == 140;
        CHECK(fates[static_cast<std::size_t>(i)] == (bad ? "22P02" : "answered"));
    }
    CHECK(co_await reads.one(backend) == before);  // nothing was closed
}

PG_TEST(SharedReads, a_statement_has_a_quarter_of_a_second) {
    auto acme = co_await t.make_tenant();
    auto reads = t.pool(pg::PoolLimits{}).reads(acme.organization, acme.owner);
    auto before = co_await reads.one(backend);
    CHECK(co_await fate(reads.one(nap, 3)) == "57014");
    CHECK(co_await reads.one(backend) == before);
}

PG_TEST(SharedReads, who_leaves_cancels_nothing) {
    auto acme = co_await t.make_tenant();
    auto& pool = t.pool(
        {.read_ms_max = std::chrono::milliseconds(300), .statement_ms_max = std::chrono::seconds(5)}
    );
    auto reads = pool.reads(acme.organization, acme.owner);
    auto before = co_await reads.one(backend);
    CHECK(co_await fate(reads.one(nap, 0.4)) == "PostgreSQL did not answer in time");
    co_await sleep(std::chrono::milliseconds(200));
    CHECK(co_await reads.one(backend) == before);
    // Cancelled by its own coroutine: the first of two wins, the other one leaves.
    using namespace boost::asio::experimental::awaitable_operators;
    co_await (reads.one(nap, 0.05) || sleep(std::chrono::milliseconds(10)));
    auto pair = co_await reads.one(echo, 1, "still in order");
    CHECK(pair.word == "still in order");
    CHECK(co_await reads.one(backend) == before);
}

PG_TEST(SharedReads, go_on_after_the_server_closed_their_connection) {
    auto acme = co_await t.make_tenant();
    auto reads = t.pool().reads(acme.organization, acme.owner);
    auto before = co_await reads.one(backend);
    co_await t.sql(acme, "SELECT pg_terminate_backend(" + std::to_string(before) + ")");
    CHECK(co_await reads.one(backend) != before);
    // In the middle of a question: it is asked again, once.
    auto now = co_await reads.one(backend);
    std::vector<std::string> fates;
    fates.reserve(2);
    start(t, fates, fate(reads.one(nap, 0.2)));
    co_await sleep(std::chrono::milliseconds(50));
    co_await t.sql(acme, "SELECT pg_terminate_backend(" + std::to_string(now) + ")");
    while (fates[0] == "nothing") co_await sleep(std::chrono::milliseconds(5));
    CHECK(fates[0] == "answered");
    CHECK((co_await reads.one(echo, 1, "again")).word == "again");
}

PG_TEST(SharedReads, go_on_after_a_migration_changed_a_table) {
    auto acme = co_await t.make_tenant();
    auto reads = t.pool().reads(acme.organization, acme.owner);
    CHECK(co_await fate(reads.all(star)) == "answered");
    co_await t.sql(acme, "ALTER TABLE page_revision ALTER COLUMN slug TYPE varchar(300)");
    CHECK(co_await fate(reads.all(star)) == "answered");
}
