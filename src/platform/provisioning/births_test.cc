// What a birth leaves behind, on a real PostgreSQL.
#include "io/loop/together.h"
#include "platform/provisioning/store.h"
#include "platform/provisioning/testing/births_case.h"

#include <fmt/format.h>

namespace luster::provisioning {
namespace {

Task<std::string> steps_of(BirthsCase& t, OrgId id) {
    auto rows = co_await t.control_sql(fmt::format(
        "SELECT name || ' ' || state || ' ' || attempt || CASE WHEN started_at <= ended_at THEN '' "
        "ELSE ' untimed' END"
        "  FROM provisioning_step WHERE organization_id = {} ORDER BY started_at, name",
        id.value
    ));
    std::string all;
    for (auto& row : rows) all += *row[0] + "; ";
    co_return all;
}

Task<std::string> as_owner(BirthsCase& t, OrgId id, std::string sql) {
    auto session = co_await pg::Session::connect(t.servers, co_await t.address(id));
    auto rows = co_await session.rows(std::move(sql));
    session.close();
    co_return rows.empty() ? "" : rows[0][0].value_or("NULL");
}

Task<void> check_whole(BirthsCase& t, OrgId id, std::string name) {
    CHECK(co_await t.status(id) == "active");
    CHECK((co_await t.leftovers(id)).size() == 3);
    CHECK(co_await as_owner(t, id, "SELECT name FROM theme") == "folio");
    CHECK(co_await as_owner(t, id, "SELECT value FROM setting WHERE key = 'name'") == name);
    CHECK(co_await t.refusal(co_await t.address(id)) == "");
    CHECK(co_await t.refusal(co_await t.address(id, true)) == "");
    CHECK(co_await t.buckets->exists(s3::media_bucket(id)));
    CHECK(t.driver.running.contains(id));
    CHECK(co_await t.value("SELECT count(*) FROM spare WHERE organization_id IS NOT NULL") == "0");
    auto schema = co_await t.value(
        fmt::format("SELECT digest FROM tenant_schema WHERE organization_id = {}", id.value)
    );
    CHECK(schema == migrate::digest(t.schema));
}

}  // namespace

BIRTHS_TEST(Births, makes_a_whole_organization_where_nothing_was_ready) {
    auto id = co_await t.born("acme");
    co_await check_whole(t, id, "acme");
    CHECK(co_await as_owner(t, id, "SELECT count(*) FROM page") == "2");
    CHECK(
        t.probe.asked == std::vector{fmt::format("http://{}.sites.localhost:8080/", t.slug("acme"))}
    );
    CHECK(
        co_await steps_of(t, id) ==
        "database done 1; roles done 1; schema done 1; bucket done 1; theme done 1; demo done 1; "
        "runtime done 1; address done 1; "
    );
    CHECK(std::ranges::find(t.changed, id) != t.changed.end());
}

BIRTHS_TEST(Births, takes_a_spare_and_leaves_the_template_alone) {
    t.settings.spares = 1;
    co_await t.prepare_stock();
    CHECK(co_await t.value("SELECT count(*) FROM spare WHERE state = 'ready'") == "4");
    CHECK(co_await t.value("SELECT count(*) FROM template WHERE state = 'ready'") == "4");
    auto id = co_await t.born("acme", {"ecommerce", false});
    co_await check_whole(t, id, "acme");
    CHECK(co_await as_owner(t, id, "SELECT count(*) FROM page") == "0");
    CHECK(co_await t.value("SELECT count(*) FROM spare") == "3");
    CHECK(co_await t.value("SELECT count(*) FROM template") == "4");
}

BIRTHS_TEST(Births, everything_in_the_database_belongs_to_its_own_role) {
    auto id = co_await t.born("acme");
    auto owner = owner_role(id);
    CHECK(
        co_await as_owner(
            t,
            id,
            "SELECT string_agg(DISTINCT pg_get_userbyid(relowner), ',') FROM pg_class"
            " WHERE relnamespace IN ('public'::regnamespace, 'site'::regnamespace)"
        ) == owner
    );
    CHECK(
        co_await as_owner(
            t,
            id,
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
        ) == owner
    );
    // Nothing in it names a role of the template or of another tenant.
    auto others = fmt::format(
        "SELECT string_agg(DISTINCT refobjid::regrole::text, ',' ORDER BY refobjid::regrole::text) "
        "FROM pg_shdepend"
        " WHERE refclassid = 'pg_authid'::regclass AND dbid = (SELECT oid FROM pg_database WHERE "
        "datname = current_database())"
    );
    CHECK(co_await as_owner(t, id, others) == fmt::format("luster_theme,{}", owner));
    // The owner may use its schema as a migration would.
    CHECK(
        co_await as_owner(
            t, id, "CREATE TABLE later (id int); CREATE SCHEMA more; SELECT 'made'"
        ) == "made"
    );
}

BIRTHS_TEST(Births, another_pass_changes_nothing) {
    auto id = co_await t.born("acme");
    auto before =
        co_await as_owner(t, id, "SELECT oid FROM pg_database WHERE datname = current_database()");
    auto tx = co_await t.control_db->begin();
    co_await want_present(tx, id, t.clock.now());
    co_await tx.commit();
    co_await t.bear(id);
    co_await check_whole(t, id, "acme");
    CHECK(
        co_await as_owner(
            t, id, "SELECT oid FROM pg_database WHERE datname = current_database()"
        ) == before
    );
    CHECK(co_await as_owner(t, id, "SELECT count(*) FROM page") == "2");
}

BIRTHS_TEST(Births, repairs_what_was_broken_by_hand) {
    auto id = co_await t.born("acme");
    co_await t.births_sql(fmt::format("ALTER ROLE {} PASSWORD 'other' NOLOGIN", owner_role(id)));
    co_await t.buckets->remove_bucket(s3::media_bucket(id));
    t.driver.running.clear();
    auto tx = co_await t.control_db->begin();
    co_await want_present(tx, id, t.clock.now());
    co_await tx.commit();
    co_await t.bear(id);
    co_await check_whole(t, id, "acme");
}

BIRTHS_TEST(Births, a_database_dropped_by_hand_is_made_anew) {
    auto id = co_await t.born("acme");
    co_await t.pool().forget(id);
    co_await t.births_sql(fmt::format(
        "SET ROLE {0}; ALTER DATABASE {1} ALLOW_CONNECTIONS false",
        owner_role(id),
        database_name(t.slug("acme")).replace(0, 0, "\"") + "\""
    ));
    auto session = co_await pg::Births(t.servers, "main").session_in("postgres");
    co_await session.execute(fmt::format("SET ROLE {}", owner_role(id)));
    co_await session.execute(fmt::format("DROP DATABASE \"{}\"", database_name(t.slug("acme"))));
    session.close();
    auto tx = co_await t.control_db->begin();
    co_await want_present(tx, id, t.clock.now());
    co_await tx.commit();
    co_await t.bear(id);
    co_await check_whole(t, id, "acme");
}

BIRTHS_TEST(Births, waits_for_an_address_that_does_not_answer_yet) {
    t.probe.status = 503;
    auto id = co_await t.insert("acme");
    CHECK(co_await t.pass(id));
    CHECK(co_await t.status(id) == "provisioning");
    CHECK(
        co_await t.value(fmt::format(
            "SELECT error FROM provisioning_step WHERE organization_id = {} AND name = 'address'",
            id.value
        )) == "the site answers 503"
    );
    t.probe.status = 200;
    co_await t.bear(id);
    CHECK(co_await t.status(id) == "active");
}

BIRTHS_TEST(Births, say_once_what_is_away_however_often_they_look_for_it) {
    std::string said;
    log::Writer writer(
        [&](std::string_view lines) { said += lines; }, [&] { return t.clock.now(); }
    );
    auto times_said = [&](std::string_view what) {
        writer.flush();
        int times = 0;
        for (auto at = said.find(what); at != said.npos; at = said.find(what, at + 1)) ++times;
        return times;
    };
    t.world->log = log::Logger(writer);
    t.driver.away = "the cluster is away";
    auto id = co_await t.insert("acme");
    for (int look = 0; look < 3; ++look) CHECK(co_await t.pass(id));
    CHECK(times_said("the cluster is away") == 1);
    t.driver.away = "the cluster refuses us";
    for (int look = 0; look < 3; ++look) CHECK(co_await t.pass(id));
    CHECK(times_said("the cluster refuses us") == 1);
    t.driver.away.clear();
    co_await t.bear(id);
    CHECK(co_await t.status(id) == "active");
    t.world->log = {};
}

BIRTHS_TEST(Births, fails_after_the_last_attempt_and_goes_on_when_told_to) {
    auto id = co_await t.insert("acme");
    auto foreign = database_name(t.slug("acme"));
    co_await t.births_sql(fmt::format("CREATE DATABASE \"{}\" STRATEGY wal_log", foreign));
    co_await t.bear(id);
    CHECK(co_await t.status(id) == "failed");
    auto view = co_await t.desk->view(id);
    REQUIRE(view);
    CHECK(view->view.status == Stage::failed);
    CHECK(view->view.steps[0].state == StepState::failed);
    CHECK(
        view->view.steps[0].error == fmt::format("database {} belongs to luster_births", foreign)
    );
    CHECK(view->view.steps[1].state == StepState::waiting);

    co_await t.births_sql(fmt::format("DROP DATABASE \"{}\"", foreign));
    auto tx = co_await t.control_db->begin();
    CHECK(co_await t.desk->try_again(tx, id, t.clock.now()));
    co_await tx.commit();
    co_await t.bear(id);
    co_await check_whole(t, id, "acme");
    auto again = co_await t.control_db->begin();
    CHECK(!co_await t.desk->try_again(again, id, t.clock.now()));
}

BIRTHS_TEST(Births, a_server_that_is_not_configured_fails_only_its_own) {
    auto lost = co_await t.insert("lost");
    co_await t.control_sql(
        fmt::format("UPDATE organization SET server = 'elsewhere' WHERE id = {}", lost.value)
    );
    auto id = co_await t.born("acme");
    co_await t.bear(lost);
    CHECK(co_await t.status(lost) == "failed");
    CHECK(co_await t.status(id) == "active");
}

BIRTHS_TEST(Births, two_at_once_get_two_databases) {
    auto one = co_await t.insert("one"), two = co_await t.insert("two");
    co_await together(t.pass(one), t.pass(two));
    co_await check_whole(t, one, "one");
    co_await check_whole(t, two, "two");
    CHECK(co_await t.value("SELECT count(*) FROM template") == "1");
}

BIRTHS_TEST(Births, a_slug_is_given_once) {
    co_await t.insert("acme");
    try {
        co_await t.insert("acme");
        FAIL("the second one was let in");
    } catch (const pg::Error& error) {
        CHECK(error.violates("organization_slug_taken"));
    }
}

BIRTHS_TEST(Births, a_spare_in_use_or_gone_is_left_and_another_taken) {
    t.settings.spares = 3;
    co_await t.prepare_stock();
    auto rows = co_await t.control_sql(
        "SELECT id FROM spare WHERE project_type = 'website' AND demo ORDER BY id"
    );
    auto used = spare_names(std::stoll(*rows[0][0])), gone = spare_names(std::stoll(*rows[1][0]));
    co_await t.births_sql(fmt::format("ALTER DATABASE {} ALLOW_CONNECTIONS true", used.database));
    auto session = co_await pg::Births(t.servers, "main").session_in(used.database);
    co_await t.births_sql(fmt::format("DROP DATABASE {}", gone.database));
    auto id = co_await t.born("acme");
    session.close();
    co_await check_whole(t, id, "acme");
    CHECK(co_await t.value("SELECT count(*) FROM spare WHERE state = 'retired'") == "2");
    co_await t.prepare_stock();
    CHECK(co_await t.value("SELECT count(*) FROM spare WHERE state = 'retired'") == "0");
    CHECK(co_await t.value("SELECT count(*) FROM spare WHERE state = 'ready'") == "12");
}

BIRTHS_TEST(Births, a_spare_whose_drop_was_cut_off_is_never_given_away) {
    t.settings.spares = 2;
    co_await t.prepare_stock();
    auto rows = co_await t.control_sql(
        "SELECT id FROM spare WHERE project_type = 'website' AND demo ORDER BY id LIMIT 1"
    );
    auto invalid = spare_names(std::stoll(*rows[0][0]));
    auto superuser = co_await pg::Session::connect(t.servers, {"main", "postgres", "postgres", {}});
    co_await superuser.execute(fmt::format(
        "UPDATE pg_database SET datconnlimit = -2 WHERE datname = '{}'", invalid.database
    ));
    superuser.close();
    auto id = co_await t.born("acme");
    co_await check_whole(t, id, "acme");
    co_await t.prepare_stock();
    auto left = co_await t.births_sql(
        fmt::format("SELECT FROM pg_database WHERE datname = '{}'", invalid.database)
    );
    CHECK(left.empty());
}

}  // namespace luster::provisioning
