#include "io/pg/pg.h"
#include "testing/postgres.h"

using namespace luster;
using namespace luster::testing;
using namespace std::chrono_literals;

namespace {

const pg::TenantQuery<std::string()> database{
    "test.database", "SELECT current_database()::text || ' ' || current_user::text"
};
const pg::SiteQuery<std::string()> site_database{
    "test.site_database", "SELECT current_database()::text || ' ' || current_user::text"
};

Task<std::string> refusal(Task<std::string> asked) {
    try {
        co_return co_await std::move(asked);
    } catch (const pg::Error& error) {
        co_return error.sqlstate();
    }
}

std::shared_ptr<const pg::Address> changed(
    const std::shared_ptr<const pg::Address>& address, auto change
) {
    auto other = *address;
    change(other);
    return std::make_shared<const pg::Address>(std::move(other));
}

}  // namespace

PG_TEST(Pool, gives_each_organization_its_own_database_and_roles) {
    auto acme = co_await t.make_tenant(), blue = co_await t.make_tenant();
    auto& pool = t.pool();
    CHECK(
        co_await pool.reads(acme.organization, acme.owner).one(database) ==
        acme.database + " " + acme.owner->role
    );
    CHECK(
        co_await pool.site(acme.organization, acme.theme).one(site_database) ==
        acme.database + " " + acme.theme->role
    );
    CHECK(
        co_await pool.reads(blue.organization, blue.owner).one(database) ==
        blue.database + " " + blue.owner->role
    );
    CHECK(pool.stats().connections == 3);
}

PG_TEST(Pool, tells_why_postgresql_refused) {
    auto acme = co_await t.make_tenant(), blue = co_await t.make_tenant();
    auto& pool = t.pool();
    auto wrong_tenant = changed(acme.owner, [&](auto& a) { a.database = blue.database; });
    auto gone = changed(acme.owner, [](auto& a) { a.database = "test_never_was"; });
    auto wrong_password = changed(acme.owner, [](auto& a) { a.password = Secret("guess"); });
    auto unknown_role = changed(acme.owner, [](auto& a) { a.role = "test_nobody"; });
    CHECK(co_await refusal(pool.reads(OrgId{1}, wrong_tenant).one(database)) == "42501");
    CHECK(co_await refusal(pool.reads(OrgId{2}, gone).one(database)) == "3D000");
    CHECK(co_await refusal(pool.reads(OrgId{3}, wrong_password).one(database)) == "28P01");
    CHECK(co_await refusal(pool.reads(OrgId{4}, unknown_role).one(database)) == "28P01");
    pg::Servers nowhere({{"main", "host=/nowhere"}});
    pg::Pool away(t.loops, nowhere);
    CHECK(co_await refusal(away.reads(OrgId{5}, acme.owner).one(database)) == "");
    CHECK(pool.stats().connections == 0);
}

PG_TEST(Pool, closes_the_longest_idle_connection_for_who_needs_one) {
    auto& pool = t.pool({.connections_max = 2});
    auto acme = co_await t.make_tenant(), blue = co_await t.make_tenant(),
         coral = co_await t.make_tenant();
    for (const auto& tenant : {acme, blue, coral, acme, blue, coral}) {
        co_await pool.reads(tenant.organization, tenant.owner).one(database);
        CHECK(pool.stats().connections <= 2);
    }
    CHECK(pool.stats().opened == 6);
    co_await pool.reads(blue.organization, blue.owner).one(database);
    CHECK(pool.stats().opened == 6);  // the last two are still there
}

PG_TEST(Pool, lets_wait_in_order_and_refuses_after_the_deadline) {
    auto& pool = t.pool({.connections_max = 10, .connections_max_each = 3, .wait_ms_max = 100ms});
    auto acme = co_await t.make_tenant();
    auto first = co_await pool.begin(acme.organization, acme.owner);
    co_await first.one(database);
    CHECK_THROWS_AS((void)co_await pool.begin(acme.organization, acme.owner), pg::Busy);
    CHECK(
        co_await pool.reads(acme.organization, acme.owner).one(database) != ""
    );  // not in that line

    std::vector<int> order;
    auto wait = [&](int number) -> Task<void> {
        auto tx = co_await pool.begin(acme.organization, acme.owner);
        order.push_back(number);
        co_await tx.one(database);
        co_await tx.commit();
    };
    for (int i = 1; i <= 3; ++i) spawn(t.loops.executor(0), "test", wait(i));
    co_await sleep(20ms);
    CHECK(order.empty());
    co_await first.commit();
    while (order.size() < 3) co_await sleep(1ms);
    CHECK(order == std::vector{1, 2, 3});
    CHECK(pool.stats().waiting == 0);
}

PG_TEST(Pool, forgets_an_organization_at_once) {
    auto& pool = t.pool();
    auto acme = co_await t.make_tenant();
    auto tx = co_await pool.begin(acme.organization, acme.owner);
    co_await tx.one(database);
    co_await pool.reads(acme.organization, acme.owner).one(database);
    CHECK(pool.stats().connections == 2);
    co_await pool.forget(acme.organization);
    CHECK_THROWS_AS((void)co_await tx.one(database), pg::Error);
    CHECK(co_await pool.reads(acme.organization, acme.owner).one(database) != "");
}

PG_TEST(Pool, closes_what_is_idle_for_long) {
    auto& pool = t.pool({.idle_ms_max = 50ms});
    auto acme = co_await t.make_tenant();
    co_await pool.reads(acme.organization, acme.owner).one(database);
    CHECK(pool.stats().connections == 1);
    co_await sleep(120ms);
    CHECK(pool.stats().connections == 0);
}

TEST_CASE("questions from any loop cross to the loop of their organization and back") {
    Loops loops(3);
    PostgresCase setting;
    std::exception_ptr fault;
    std::atomic<int> left = 60;
    std::atomic<int> right = 0;
    pg::Pool pool(loops, setting.servers, {.connections_max = 6});

    auto ask = [&](std::vector<TestTenant> tenants, std::size_t loop) -> Task<void> {
        for (int i = 0; i < 20; ++i) {
            const auto& tenant = tenants[static_cast<std::size_t>(i) % tenants.size()];
            auto tx = co_await pool.begin(tenant.organization, tenant.owner);
            auto in_tx = co_await tx.one(database);
            co_await tx.commit();
            auto read = co_await pool.reads(tenant.organization, tenant.owner).one(database);
            auto here = loops.index_of(co_await boost::asio::this_coro::executor);
            if (in_tx == read && read.starts_with(tenant.database) && here == loop) ++right;
            if (--left == 0) {
                co_await pool.close();
                loops.stop();
            }
        }
    };
    auto prepare = [&]() -> Task<void> {
        std::vector<TestTenant> tenants;
        try {
            for (int i = 0; i < 4; ++i) tenants.push_back(co_await setting.make_tenant());
        } catch (...) {
            loops.stop();  // nothing else would end the run
            throw;
        }
        for (std::size_t i = 0; i < 3; ++i) spawn(loops.executor(i), "test", ask(tenants, i));
    };
    spawn(loops.executor(0), "test", prepare());
    loops.run();
    CHECK(right == 60);
    CHECK(pool.stats().connections == 0);
    spawn(setting.loops.executor(0), "test", setting.tear_down());
    setting.loops.context(0).run();
}
