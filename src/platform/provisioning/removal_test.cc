#include "platform/provisioning/testing/births_case.h"

#include <fmt/format.h>

namespace luster::provisioning {

BIRTHS_TEST(Removal, leaves_nothing_but_the_name) {
    auto id = co_await t.born("acme");
    auto address = co_await t.address(id);
    co_await t.control_sql("UPDATE organization SET verified_at = created_at");
    co_await t.remove(id);
    CHECK(co_await t.leftovers(id) == std::vector<std::string>{});
    CHECK(t.buckets->bucket_names().empty());
    CHECK(t.driver.running.empty());
    CHECK(co_await t.status(id) == "deleted");
    for (std::string table :
         {"tenant_address", "tenant_schema", "provisioning", "provisioning_step", "outbox_mark"}) {
        CAPTURE(table);
        CHECK(
            co_await t.value(
                fmt::format("SELECT count(*) FROM {} WHERE organization_id = {}", table, id.value)
            ) == "0"
        );
    }
    CHECK(co_await t.refusal(address) == "28P01");
    CHECK_THROWS_AS(co_await t.insert("acme"), pg::Error);
}

BIRTHS_TEST(Removal, sends_away_who_is_still_connected) {
    auto id = co_await t.born("acme");
    auto owner = co_await pg::Session::connect(t.servers, co_await t.address(id));
    auto theme = co_await pg::Session::connect(t.servers, co_await t.address(id, true));
    co_await t.remove(id);
    CHECK(co_await t.leftovers(id) == std::vector<std::string>{});
    CHECK_THROWS_AS(co_await owner.rows("SELECT 1"), pg::Error);
    CHECK_THROWS_AS(co_await theme.rows("SELECT 1"), pg::Error);
}

BIRTHS_TEST(Removal, ends_a_birth_that_never_finished) {
    t.probe.status = 500;
    auto id = co_await t.insert("acme");
    CHECK(co_await t.pass(id));
    co_await t.remove(id);
    CHECK(co_await t.leftovers(id) == std::vector<std::string>{});
    CHECK(co_await t.status(id) == "deleted");

    auto never_begun = co_await t.insert("never");
    co_await t.remove(never_begun);
    CHECK(co_await t.status(never_begun) == "deleted");
    CHECK((co_await t.insert("never")).value > never_begun.value);  // nobody ever confirmed it
}

BIRTHS_TEST(Removal, goes_on_where_a_drop_was_cut_off) {
    auto id = co_await t.born("acme");
    co_await t.pool().forget(id);
    // Cut off at a random moment, a DROP may leave a database that nobody can enter any more.
    auto session = co_await pg::Births(t.servers, "main").session_in("postgres");
    co_await session.execute(fmt::format("SET ROLE {}", owner_role(id)));
    for (int ms = 1; ms <= 40; ++ms) {
        try {
            co_await session.execute(fmt::format("SET statement_timeout = '{}ms'", ms));
            co_await session.execute(
                fmt::format("DROP DATABASE \"{}\"", database_name(t.slug("acme")))
            );
            break;
        } catch (const pg::Error& error) {
            CHECK(error.sqlstate() == "57014");
        }
    }
    session.close();
    co_await t.remove(id);
    CHECK(co_await t.leftovers(id) == std::vector<std::string>{});
    CHECK(co_await t.status(id) == "deleted");
}

}  // namespace luster::provisioning
