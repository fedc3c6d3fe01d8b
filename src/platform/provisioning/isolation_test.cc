// Who may enter which database: asked of PostgreSQL itself, with the right password of the wrong
// tenant.
#include "platform/provisioning/testing/births_case.h"

#include <fmt/format.h>

namespace luster::provisioning {

BIRTHS_TEST(Isolation, a_tenant_enters_its_own_database_and_no_other) {
    t.settings.spares = 1;
    co_await t.prepare_stock();
    auto acme = co_await t.born("acme"), other = co_await t.born("other");
    std::vector<std::string> closed;
    for (auto& row : co_await t.control_sql(
             "SELECT database FROM template UNION ALL SELECT 'spare_' || id FROM spare"
         )) {
        closed.push_back(*row[0]);
    }
    closed.insert(closed.end(), {database_name(t.slug("other")), "postgres", "template1"});
    for (bool theme : {false, true}) {
        auto address = co_await t.address(acme, theme);
        CHECK(co_await t.refusal(address) == "");
        for (auto& database : closed) {
            CAPTURE(database);
            address.database = database;
            auto refused = co_await t.refusal(address);
            // Templates and spares let nobody in at all (55000), the rest not this role (42501).
            CHECK((refused == "42501" || refused == "55000"));
        }
        address.database = "tenant_nobody_has_this";
        CHECK(co_await t.refusal(address) == "3D000");
    }
    auto stranger = co_await t.address(acme);
    stranger.password = Secret("guessed");
    CHECK(co_await t.refusal(stranger) == "28P01");
    (void)other;
}

BIRTHS_TEST(Isolation, no_database_of_ours_is_open_to_public) {
    t.settings.spares = 1;
    co_await t.prepare_stock();
    auto acme = co_await t.born("acme");
    auto rights = co_await t.births_sql(fmt::format(
        "SELECT datname, right_.grantee = 0, right_.grantee::regrole::text, right_.privilege_type"
        "  FROM pg_database CROSS JOIN LATERAL aclexplode(COALESCE(datacl, acldefault('d', "
        "datdba))) AS right_"
        " WHERE datname = {}",
        pg::literal(database_name(t.slug("acme")))
    ));
    std::vector<std::string> granted;
    for (auto& row : rights) {
        CHECK(row[1] == "f");
        granted.push_back(fmt::format("{} {}", *row[2], *row[3]));
    }
    std::ranges::sort(granted);
    auto owner = owner_role(acme), theme = theme_role(acme);
    CHECK(
        granted ==
        std::vector{owner + " CONNECT", owner + " CREATE", owner + " TEMPORARY", theme + " CONNECT"}
    );

    pg::Births births(t.servers, "main");
    auto open = co_await open_databases(births);
    for (auto& row : co_await t.control_sql(
             "SELECT database FROM template UNION ALL SELECT 'spare_' || id FROM spare"
         )) {
        CHECK(std::ranges::find(open, *row[0]) == open.end());
    }
    CHECK(std::ranges::find(open, "postgres") == open.end());
    CHECK(std::ranges::find(open, "template1") == open.end());
}

BIRTHS_TEST(Isolation, the_theme_role_reads_what_is_shown_to_it_and_writes_nothing) {
    auto acme = co_await t.born("acme");
    auto session = co_await pg::Session::connect(t.servers, co_await t.address(acme, true));
    CHECK((co_await session.rows("SELECT name FROM site.theme"))[0][0] == "folio");
    for (std::string sql : {
             "SELECT * FROM page",
             "SELECT * FROM migration",
             "INSERT INTO theme VALUES ('x')",
             "CREATE TABLE x (id int)",
             "CREATE TEMPORARY TABLE x (id int)",
             "SET ROLE luster_births",
         }) {
        CAPTURE(sql);
        bool refused = false;
        try {
            co_await session.execute(sql);
        } catch (const pg::Error& error) {
            refused = error.sqlstate() == "42501";
        }
        CHECK(refused);
    }
    session.close();
}

BIRTHS_TEST(Isolation, passwords_are_sealed_where_they_lie) {
    auto acme = co_await t.born("acme"), other = co_await t.born("other");
    auto sealed = co_await t.value(fmt::format(
        "SELECT owner_password FROM tenant_address WHERE organization_id = {}", acme.value
    ));
    auto place = [](std::string_view column, OrgId id) {
        return crypto::Place{"tenant_address", column, std::to_string(id.value)};
    };
    CHECK(!t.keys->open(place("owner_password", acme), sealed).empty());
    CHECK_THROWS_AS((void)t.keys->open(place("theme_password", acme), sealed), Fault);
    CHECK_THROWS_AS((void)t.keys->open(place("owner_password", other), sealed), Fault);
}

}  // namespace luster::provisioning
