#include "core/reconcile/reconciler.h"

#include "core/reconcile/steps.h"
#include "io/loop/together.h"
#include "io/s3/error.h"
#include "testing/postgres.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <map>

namespace luster::reconcile {
namespace {

using namespace std::chrono_literals;

// Organizations that are due until their pass was done as often as it takes.
struct Chores final : Work {
    std::string_view name() const override { return "chores"; }

    Task<std::vector<Due>> due(Time until) override {
        ++looks;
        if (away) throw Fault("the database is away");
        std::vector<Due> found;
        for (auto& [organization, left] : wanted) {
            if (left > 0) found.push_back({organization, now});
        }
        co_return found;
    }

    Task<std::optional<Duration>> pass(OrgId organization, std::function<bool()> may_go_on)
        override {
        ++passes[organization];
        ++inside;
        most_inside = std::max(most_inside, inside);
        co_await sleep(takes);
        --inside;
        went_on = may_go_on();
        if (away) throw Fault("the database is away");
        if (--wanted[organization] > 0) co_return Duration(0);
        co_return std::nullopt;
    }

    std::map<OrgId, int> wanted, passes;
    Time now;
    std::chrono::milliseconds takes{1};
    int looks = 0, inside = 0, most_inside = 0;
    bool away = false, went_on = true;
};

class ReconcilerCase : public testing::PostgresCase {
public:
    pg::Lock lock{servers, {"main", "postgres", "luster_births", {}}};
    Chores chores;

    std::unique_ptr<Reconciler> reconciler(pg::Lock& lock, Limits limits = {.safety_net = 10s}) {
        return std::make_unique<Reconciler>(
            chores, lock, clock, loops.executor(0), limits, log::Logger()
        );
    }
    Task<void> until(std::function<bool()> holds) {
        for (int i = 0; i < 500 && !holds(); ++i) co_await sleep(10ms);
        CHECK(holds());
    }
    bool all_done() const {
        return std::ranges::all_of(chores.wanted, [](auto& entry) { return entry.second <= 0; });
    }
};

#define RECONCILER_TEST(suite, name) LUSTER_CORO_TEST(ReconcilerCase, suite, name)

Task<void> end(Reconciler& reconciler) {
    reconciler.stop();
    co_await reconciler.stopped();
}

struct Notes final : Progress {
    bool is_done(std::string_view step) const override {
        return std::ranges::find(done, step) != done.end();
    }
    void started(std::string_view step, Time) override { text += "+" + std::string(step) + " "; }
    void ended(std::string_view step, StepState state, Time, std::string why) override {
        text += (state == StepState::done ? "-" : "!") + std::string(step) + why + " ";
        if (state == StepState::done) done.emplace_back(step);
    }
    Task<void> pause() override { co_return; }
    std::vector<std::string> done;
    std::string text;
};

}  // namespace

RECONCILER_TEST(Reconciler, brings_what_is_due_to_rest) {
    for (std::int64_t id = 1; id <= 20; ++id) t.chores.wanted[{id}] = 2;
    t.chores.takes = 5ms;
    auto reconciler = t.reconciler(t.lock);
    spawn(t.loops.executor(0), "test", reconciler->run());
    co_await t.until([&] { return t.all_done(); });
    for (auto& [organization, passes] : t.chores.passes) CHECK(passes == 2);
    CHECK(t.chores.most_inside == 4);
    co_await end(*reconciler);
}

RECONCILER_TEST(Reconciler, begins_at_once_when_woken) {
    auto reconciler = t.reconciler(t.lock);
    spawn(t.loops.executor(0), "test", reconciler->run());
    co_await t.until([&] { return t.chores.looks == 1; });
    t.chores.wanted[{7}] = 1;
    reconciler->wake({7});
    co_await t.until([&] { return t.all_done(); });
    CHECK(t.chores.looks == 1);
    CHECK(t.chores.passes[{7}] == 1);
    co_await end(*reconciler);
}

RECONCILER_TEST(Reconciler, one_pass_at_a_time_over_an_organization_in_all_processes) {
    pg::Lock other_lock(t.servers, {"main", "postgres", "luster_births", {}});
    auto one = t.reconciler(t.lock), two = t.reconciler(other_lock);
    t.chores.wanted[{7}] = 1;
    t.chores.takes = 100ms;
    spawn(t.loops.executor(0), "test", one->run());
    spawn(t.loops.executor(0), "test", two->run());
    co_await t.until([&] { return t.all_done(); });
    CHECK(t.chores.most_inside == 1);
    co_await end(*one);
    co_await end(*two);
}

RECONCILER_TEST(Reconciler, goes_on_by_itself_when_the_database_is_back) {
    t.chores.away = true;
    t.chores.wanted[{7}] = 1;
    auto reconciler = t.reconciler(t.lock);
    spawn(t.loops.executor(0), "test", reconciler->run());
    reconciler->wake({7});
    co_await t.until([&] { return t.chores.passes[{7}] >= 2; });
    t.chores.away = false;
    co_await t.until([&] { return t.all_done(); });
    co_await end(*reconciler);
}

RECONCILER_TEST(Reconciler, who_loses_the_lock_connection_stops_its_passes) {
    t.chores.wanted[{7}] = 1;
    t.chores.takes = 300ms;
    auto reconciler = t.reconciler(t.lock);
    spawn(t.loops.executor(0), "test", reconciler->run());
    co_await t.until([&] { return t.chores.inside == 1; });
    co_await t.births_sql(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> "
        "pg_backend_pid()"
        "  AND (objid::bigint = 7)"
    );
    co_await t.until([&] { return t.chores.inside == 0; });
    CHECK(!t.chores.went_on);
    co_await end(*reconciler);
}

CORO_TEST(Steps, walk_until_one_is_not_done_and_look_at_all_again) {
    struct World {
        bool ready = false;
        std::string ran;
    } world;
    using One = Step<World, int>;
    static const One steps[] = {
        {"a",
         [](World& world, int&) -> Task<Outcome> {
             world.ran += "a";
             co_return done();
         }},
        {"b",
         [](World& world, int&) -> Task<Outcome> {
             world.ran += "b";
             co_return world.ready ? done() : again(1ms, "not yet");
         }},
        {"c",
         [](World& world, int&) -> Task<Outcome> {
             world.ran += "c";
             co_return done();
         }},
    };
    int subject = 0;
    Notes notes;
    auto go_on = [] { return true; };
    std::span<const One> all(steps);
    auto first = co_await run_steps(all, world, subject, notes, t.clock, go_on);
    CHECK(first.kind == Outcome::Kind::again);
    CHECK(first.why == "not yet");
    CHECK(notes.text == "+a -a +b !bnot yet ");
    world.ready = true;
    auto second = co_await run_steps(all, world, subject, notes, t.clock, go_on);
    CHECK(second.kind == Outcome::Kind::done);
    CHECK(world.ran == "ababc");
    // What was done before is looked at again, but not told again.
    CHECK(notes.text == "+a -a +b !bnot yet +b -b +c -c ");
    auto stopped = co_await run_steps(all, world, subject, notes, t.clock, [] { return false; });
    CHECK(stopped.kind == Outcome::Kind::again);
    CHECK(world.ran == "ababc");
}

TEST_CASE("a fault is an outcome: what is away blocks, the rest fails") {
    CHECK(outcome_of(pg::Error("57P01", "shutting down")).kind == Outcome::Kind::blocked);
    CHECK(outcome_of(pg::Error("", "no server")).kind == Outcome::Kind::blocked);
    CHECK(outcome_of(pg::Busy("full")).kind == Outcome::Kind::blocked);
    CHECK(outcome_of(s3::Error("read-only")).kind == Outcome::Kind::blocked);
    auto no_space = std::make_error_code(std::errc::no_space_on_device);
    CHECK(
        outcome_of(std::filesystem::filesystem_error("", no_space)).kind == Outcome::Kind::blocked
    );
    CHECK(outcome_of(pg::Error("42501", "not you")).kind == Outcome::Kind::failed);
    CHECK(outcome_of(std::runtime_error("odd")).why == "odd");
}

}  // namespace luster::reconcile
