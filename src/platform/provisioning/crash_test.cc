// A process that dies before or after any effect of a birth or a removal, and one that comes after
// it. Each point is found by a run that only listens; so a new effect is tested from the day on
// which it names itself.
#include "io/faults.h"
#include "platform/provisioning/testing/births_case.h"

#include <fmt/format.h>

#include <set>

namespace luster::provisioning {
namespace {

std::set<std::string> heard;
std::string kill_point;
faults::When kill_when;

void listen(std::string_view point, faults::When) {
    heard.emplace(point);
}

void kill(std::string_view point, faults::When when) {
    if (point != kill_point || when != kill_when) return;
    faults::hook = nullptr;
    throw faults::Killed();
}

struct Hook {
    explicit Hook(faults::Hook hook) { faults::hook = hook; }
    ~Hook() { faults::hook = nullptr; }
};

// The pass of a process that is killed at the point; false when it never came there.
Task<bool> killed_pass(BirthsCase& t, OrgId id) {
    bool killed = false;
    try {
        Hook hook(kill);
        co_await t.pass(id);
    } catch (const faults::Killed&) {
        killed = true;
    }
    t.new_process();
    co_return killed;
}

std::string_view word(faults::When when) {
    return when == faults::When::before ? "before" : "after";
}

Task<void> check_born(BirthsCase& t, OrgId id) {
    CHECK(co_await t.status(id) == "active");
    CHECK((co_await t.leftovers(id)).size() == 3);
    CHECK(co_await t.refusal(co_await t.address(id)) == "");
    CHECK(co_await t.refusal(co_await t.address(id, true)) == "");
    CHECK(co_await t.buckets->exists(s3::media_bucket(id)));
    CHECK(t.driver.running.contains(id));
}

// Nothing is on the server that the control database doesn't know, and nothing twice.
Task<void> check_no_orphans(BirthsCase& t, std::int64_t from) {
    co_await t.prepare_stock();
    auto to = std::stoll(co_await t.value("SELECT last_value FROM spare_id_seq"));
    CHECK(co_await t.value("SELECT count(*) FROM spare WHERE state <> 'ready'") == "0");
    auto spares = co_await t.births_sql(fmt::format(
        "SELECT rolname FROM pg_roles WHERE rolname ~ '^spare_[0-9]+_owner$'"
        "  AND split_part(rolname, '_', 2)::bigint BETWEEN {} AND {}",
        from,
        to
    ));
    CHECK(std::to_string(spares.size()) == co_await t.value("SELECT count(*) FROM spare"));
}

Task<void> kill_at_every_point(BirthsCase& t, std::set<std::string> points, bool removal) {
    auto first = std::stoll(co_await t.value("SELECT last_value FROM spare_id_seq"));
    int number = 0;
    for (auto& point : points) {
        for (auto when : {faults::When::before, faults::When::after}) {
            CAPTURE(point);
            CAPTURE(word(when));
            auto name = fmt::format("{}-{}", removal ? "gone" : "born", ++number);
            auto id = removal ? co_await t.born(name) : co_await t.insert(name);
            if (removal) {
                auto tx = co_await t.control_db->begin();
                co_await want_absent(tx, id, t.clock.now());
                co_await tx.commit();
            }
            if (point.starts_with("template.")) {  // as after a release with other seeds
                co_await t.control_sql("UPDATE template SET state = 'retired'");
            }
            kill_point = point;
            kill_when = when;
            CHECK(co_await killed_pass(t, id));
            co_await t.bear(id);
            if (removal) {
                CHECK(co_await t.status(id) == "deleted");
                CHECK(co_await t.leftovers(id) == std::vector<std::string>{});
                CHECK(!co_await t.buckets->exists(s3::media_bucket(id)));
            } else {
                co_await check_born(t, id);
            }
        }
    }
    co_await check_no_orphans(t, first);
}

Task<std::set<std::string>> points_of(BirthsCase& t, OrgId id) {
    heard.clear();
    Hook hook(listen);
    co_await t.bear(id);
    co_return heard;
}

}  // namespace

BIRTHS_TEST(Crash, a_birth_from_the_template_goes_on_from_any_point) {
    auto points = co_await points_of(t, co_await t.insert("first"));
    CHECK(points.size() >= 12);
    co_await kill_at_every_point(t, points, false);
}

BIRTHS_TEST(Crash, a_birth_from_a_spare_goes_on_from_any_point) {
    t.settings.spares = 1;
    co_await t.prepare_stock();
    auto points = co_await points_of(t, co_await t.insert("first"));
    CHECK(points.size() >= 7);
    int number = 0;
    for (auto& point : points) {
        for (auto when : {faults::When::before, faults::When::after}) {
            CAPTURE(point);
            CAPTURE(word(when));
            co_await t.prepare_stock();
            auto id = co_await t.insert(fmt::format("born-{}", ++number));
            kill_point = point;
            kill_when = when;
            CHECK(co_await killed_pass(t, id));
            co_await t.bear(id);
            co_await check_born(t, id);
        }
    }
}

BIRTHS_TEST(Crash, a_removal_goes_on_from_any_point) {
    t.settings.spares = 1;
    auto id = co_await t.born("first");
    auto tx = co_await t.control_db->begin();
    co_await want_absent(tx, id, t.clock.now());
    co_await tx.commit();
    auto points = co_await points_of(t, id);
    CHECK(points.size() >= 5);
    co_await kill_at_every_point(t, points, true);
}

}  // namespace luster::provisioning
