#include "platform/provisioning/admin.h"

#include "io/loop/together.h"
#include "platform/provisioning/testing/births_case.h"

namespace luster::provisioning {
namespace {

audit::Act act_of(BirthsCase& t) {
    return {new_id<EventTag>(t.clock.now(), t.random), "root (command line)", "admin orgs remove"};
}

}  // namespace

BIRTHS_TEST(OrgsAdmin, lists_and_shows_what_is_there) {
    auto id = co_await t.born("acme");
    auto lines = co_await admin::list(*t.control_db, "ACM", false);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].slug == t.slug("acme"));
    CHECK(lines[0].status == OrgStatus::active);
    auto details = co_await admin::show(*t.control_db, *t.desk, id.text());
    REQUIRE(details);
    CHECK(details->database == database_name(t.slug("acme")));
    CHECK(details->owner_role == owner_role(id));
    CHECK(details->schema_digest == migrate::digest(t.schema));
    CHECK(!details->due_at);
    CHECK(details->steps.size() == 8);
    CHECK(!co_await admin::show(*t.control_db, *t.desk, "nobody"));
}

BIRTHS_TEST(OrgsAdmin, there_is_one_platform) {
    auto platform = co_await admin::ensure_platform(*t.control_db, "Luster", "en", t.clock.now());
    CHECK(platform == OrgId{1});
    CHECK(
        co_await admin::ensure_platform(*t.control_db, "Luster", "en", t.clock.now()) == platform
    );
    auto refused =
        co_await admin::remove_now(*t.control_db, *t.desk, "platform", act_of(t), t.clock.now());
    REQUIRE(!refused);
    CHECK(refused.error().message.key == "provisioning_is_platform");
}

BIRTHS_TEST(OrgsAdmin, removes_leaves_before_what_is_above_them) {
    auto agency = co_await t.born("agency"), client = co_await t.insert("client");
    auto name = std::to_string(client.value), above = std::to_string(agency.value);
    co_await t.control_sql(
        "UPDATE organization SET parent_id = " + above + ", path = '1." + above + "." + name +
        "' WHERE id = " + name
    );
    co_await t.bear(client);
    auto refused =
        co_await admin::remove_now(*t.control_db, *t.desk, agency.text(), act_of(t), t.clock.now());
    REQUIRE(!refused);
    CHECK(refused.error().message.key == "provisioning_has_children");
    CHECK(
        co_await admin::remove_now(*t.control_db, *t.desk, client.text(), act_of(t), t.clock.now())
    );
    co_await t.bear(client);
    CHECK(co_await admin::wait_for_rest(*t.desk, *t.control_db, client, {}, [](const View&) {}));
    CHECK(
        co_await admin::remove_now(*t.control_db, *t.desk, agency.text(), act_of(t), t.clock.now())
    );
    co_await t.bear(agency);
    CHECK(co_await t.status(agency) == "deleted");
    CHECK(
        co_await t.value(
            "SELECT string_agg(user_name || ' ' || action, ', ') FROM audit_entry "
            "WHERE organization_id = " +
            std::to_string(agency.value)
        ) == "root (command line) admin orgs remove"
    );
    CHECK(
        !co_await admin::provision(*t.control_db, *t.desk, agency.text(), act_of(t), t.clock.now())
    );
}

// A birth below it holds its row, so a removal at the same time waits and sees the child.
BIRTHS_TEST(OrgsAdmin, does_not_remove_one_below_which_another_is_being_made) {
    auto agency = co_await t.born("agency"), client = co_await t.insert("client");
    auto above = std::to_string(agency.value), below = std::to_string(client.value);
    auto remove = [&]() -> Task<Result<admin::Removal>> {
        co_await sleep(std::chrono::milliseconds(100));
        co_return co_await admin::remove_now(
            *t.control_db, *t.desk, agency.text(), act_of(t), t.clock.now()
        );
    };
    auto [made, refused] = co_await together(
        t.control_sql(
            "SELECT FROM organization WHERE id = " + above +
            " FOR SHARE; UPDATE organization SET parent_id = " + above + ", path = '1." + above +
            "." + below + "' WHERE id = " + below + "; SELECT pg_sleep(0.4)"
        ),
        remove()
    );
    REQUIRE(!refused);
    CHECK(refused.error().message.key == "provisioning_has_children");
    CHECK(co_await t.status(agency) == "active");
}

BIRTHS_TEST(OrgsAdmin, says_that_one_is_removed_already) {
    auto id = co_await t.born("acme");
    auto remove = [&] {
        return admin::remove_now(*t.control_db, *t.desk, id.text(), act_of(t), t.clock.now());
    };
    auto first = co_await remove();
    co_await t.bear(id);
    auto second = co_await remove();
    REQUIRE(first);
    CHECK(!first->over);
    REQUIRE(second);
    CHECK(second->over);
}

BIRTHS_TEST(Watch, wakes_who_waits_for_an_organization) {
    auto id = co_await t.insert("acme"), other = co_await t.insert("other");
    auto seat = co_await t.desk->watch().sit(id);
    t.desk->notified(Desk::moved_channel, std::to_string(other.value));
    CHECK(!co_await seat->wait(std::chrono::milliseconds(30)));
    t.desk->notified(
        Desk::moved_channel,
        "nonsense " + std::to_string(other.value) + " " + std::to_string(id.value)
    );
    CHECK(co_await seat->wait(std::chrono::milliseconds(1000)));
    CHECK(!co_await seat->wait(std::chrono::milliseconds(10)));
    t.desk->back();
    CHECK(co_await seat->wait(std::chrono::milliseconds(1000)));
}

// The whole of it running by itself, as in the server.
BIRTHS_TEST(Provisioner, brings_everybody_to_life_and_keeps_the_stock) {
    t.settings.spares = 1;
    pg::Lock lock(t.servers, {"main", "postgres", "luster_births", {}});
    Provisioner provisioner(*t.world, *t.desk, lock, t.loops.executor(0));
    provisioner.start();
    std::vector<OrgId> born;
    for (int i = 0; i < 6; ++i) {
        born.push_back(co_await t.insert("site-" + std::to_string(i)));
        t.desk->wake(born.back());
    }
    for (auto id : born) {
        auto rest = admin::wait_for_rest(
            *t.desk, *t.control_db, id, std::chrono::seconds(20), [](const View&) {}
        );
        CHECK(co_await std::move(rest));
    }
    for (int i = 0;
         i < 200 && co_await t.value("SELECT count(*) FROM spare WHERE state = 'ready'") != "4";
         ++i) {
        co_await sleep(std::chrono::milliseconds(50));
    }
    CHECK(co_await t.value("SELECT count(*) FROM spare WHERE state = 'ready'") == "4");
    co_await provisioner.stop();
    t.desk->wakes({});
    co_await testing::ended(
        {"provisioning", "provisioning.stock", "reconcile.pass", "reconcile.wake"}
    );
}

}  // namespace luster::provisioning
