#include "io/loop/together.h"
#include "platform/provisioning/store.h"
#include "platform/provisioning/testing/births_case.h"

#include <fmt/format.h>

namespace luster::provisioning {

BIRTHS_TEST(Stock, keeps_as_many_spares_of_each_kind_as_wanted) {
    t.settings.spares = 2;
    co_await t.prepare_stock();
    CHECK(
        co_await t.value("SELECT string_agg(n::text, ',') FROM (SELECT count(*) AS n FROM spare"
                         " WHERE state = 'ready' GROUP BY project_type, demo) AS kinds"
        ) == "2,2,2,2"
    );
    CHECK(!co_await t.stock->tend_once("main"));
}

BIRTHS_TEST(Stock, does_nothing_while_somebody_is_being_born) {
    t.settings.spares = 1;
    Stock busy(*t.world, *t.lock, [] { return false; });
    CHECK(!co_await busy.tend_once("main"));
    CHECK(co_await t.value("SELECT count(*) FROM template") == "0");
}

BIRTHS_TEST(Stock, replaces_templates_and_spares_when_the_themes_change) {
    t.settings.spares = 1;
    co_await t.prepare_stock();
    auto old = co_await t.value("SELECT string_agg(database, ' ') FROM template");
    t.seeder.version += ", changed";
    t.new_process();
    co_await t.prepare_stock();
    CHECK(co_await t.value("SELECT string_agg(database, ' ') FROM template") != old);
    CHECK(co_await t.value("SELECT count(*) FROM template") == "4");
    CHECK(co_await t.value("SELECT count(*) FROM spare") == "4");
    CHECK(co_await t.value("SELECT count(DISTINCT digest) FROM spare") == "1");
    CHECK(co_await t.value("SELECT digest FROM spare LIMIT 1") == template_digest(*t.world));
}

BIRTHS_TEST(Stock, a_stale_spare_is_never_given_away) {
    t.settings.spares = 1;
    co_await t.prepare_stock();
    t.schema.push_back(migrate::parse(
        "20260102_0000_more",
        "-- phase: expand\n-- lock: short\nALTER TABLE page ADD COLUMN cover text;\n"
    ));
    t.new_process();
    auto id = co_await t.born("acme");
    auto session = co_await pg::Session::connect(t.servers, co_await t.address(id));
    CHECK((co_await session.rows("SELECT count(cover) FROM page"))[0][0] == "0");
    session.close();
}

BIRTHS_TEST(Stock, drops_what_a_crash_left_half_made) {
    auto half = co_await store::begin_spare(*t.world, "main", {"website", true}, std::nullopt);
    auto names = spare_names(half);
    co_await t.births_sql(fmt::format("CREATE ROLE {0}; GRANT {0} TO luster_births", names.owner));
    co_await t.births_sql(fmt::format("CREATE DATABASE {} STRATEGY wal_log", names.database));
    t.new_process();
    co_await t.prepare_stock();
    auto left = co_await t.births_sql(fmt::format(
        "SELECT datname FROM pg_database WHERE datname = '{0}' UNION ALL"
        " SELECT rolname FROM pg_roles WHERE rolname LIKE '{0}\\_%'",
        names.database
    ));
    CHECK(left.empty());
    CHECK(co_await t.value("SELECT count(*) FROM spare") == "0");
}

BIRTHS_TEST(Stock, one_process_keeps_a_server) {
    pg::Lock other(t.servers, pg::Address{"main", "postgres", "luster_births", {}});
    Stock second(*t.world, other, [] { return true; });
    auto [first_moved, second_moved] =
        co_await together(t.stock->tend_once("main"), second.tend_once("main"));
    CHECK(first_moved != second_moved);
}

}  // namespace luster::provisioning
