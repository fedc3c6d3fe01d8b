#include "core/jobs/worker.h"

#include "testing/postgres.h"

#include <map>

using namespace luster;
using namespace luster::testing;
using namespace std::chrono_literals;

namespace {

struct Greeting {
    std::string to;
};
BOOST_DESCRIBE_STRUCT(Greeting, (), (to))
inline constexpr jobs::Name<Greeting> greet{"test.greet"};

// Greets, and does what the test says.
struct Greeter {
    std::vector<std::string> greeted;
    std::function<jobs::Outcome(const jobs::Scope&)> outcome = [](const jobs::Scope&) {
        return jobs::done();
    };

    Task<jobs::Outcome> run(jobs::Scope& scope, Greeting greeting) {
        greeted.push_back(greeting.to);
        co_return outcome(scope);
    }
};

// Goes as the test pushes it.
struct PushedClock final : Clock {
    Time time = SystemClock().now();
    Time now() const override { return time; }
    Task<void> sleep_until(Time) override { co_return; }
};

struct Bench {
    explicit Bench(PostgresCase& t, pg::ControlDb& control, jobs::Options options = {})
        : t(t),
          control(control),
          worker(
              t.loops.executor(0),
              control,
              clock,
              t.random,
              {},
              {jobs::job(greet, &greeter, &Greeter::run, options)},
              {.clock_difference_max = std::chrono::days(1)}
          ) {}

    Task<void> add(
        std::optional<OrgId> organization, std::string key, std::optional<Time> at = {}
    ) {
        auto tx = co_await control.begin();
        jobs::Place place{new_id<JobTag>(clock.now(), t.random), organization, key, at};
        co_await jobs::add(tx, greet, place, Greeting{key}, clock.now());
        co_await tx.commit();
    }
    Task<std::string> cell(std::string sql) {
        auto rows = co_await t.control_sql(sql);
        co_return rows.empty() ? "no row" : rows.at(0).at(0).value_or("NULL");
    }

    PostgresCase& t;
    pg::ControlDb& control;
    PushedClock clock;
    Greeter greeter;
    jobs::Worker worker;
};

}  // namespace

PG_TEST(Jobs, are_done_once_and_gone) {
    Bench bench(t, *co_await t.control());
    co_await bench.add(OrgId{7}, "ann");
    CHECK(co_await bench.worker.run_due() == 1);
    CHECK(co_await bench.worker.run_due() == 0);
    CHECK(bench.greeter.greeted == std::vector<std::string>{"ann"});
    CHECK(co_await bench.cell("SELECT count(*)::text FROM job") == "0");
}

PG_TEST(Jobs, of_a_transaction_that_was_not_committed_are_never_done) {
    Bench bench(t, *co_await t.control());
    {
        auto tx = co_await bench.control.begin();
        jobs::Place place{new_id<JobTag>(bench.clock.now(), t.random), {}, "lost", {}};
        co_await jobs::add(tx, greet, place, Greeting{"lost"}, bench.clock.now());
    }
    CHECK(co_await bench.worker.run_due() == 0);
}

PG_TEST(Jobs, wait_for_their_time) {
    Bench bench(t, *co_await t.control());
    co_await bench.add({}, "later", bench.clock.now() + 1h);
    CHECK(co_await bench.worker.run_due() == 0);
    CHECK(co_await jobs::next_due(bench.control, {"test.greet"}) == bench.clock.now() + 1h);
    bench.clock.time = bench.clock.time + 1h;
    CHECK(co_await bench.worker.run_due() == 1);
}

PG_TEST(Jobs, take_turns_by_organization) {
    Bench bench(t, *co_await t.control());
    for (int i = 0; i < 5; ++i) co_await bench.add(OrgId{1}, "busy" + std::to_string(i));
    co_await bench.add(OrgId{2}, "quiet");
    co_await bench.add({}, "nobody's");
    CHECK(co_await bench.worker.run_due() == 3);
    std::ranges::sort(bench.greeter.greeted);
    CHECK(bench.greeter.greeted == std::vector<std::string>{"busy0", "nobody's", "quiet"});

    // Of two, the one that waited longer is served first, however long the other's line is.
    bench.clock.time = bench.clock.time + 1s;
    auto leased = co_await jobs::lease(
        bench.control, {"test.greet"}, 1, bench.clock.now(), bench.clock.now() + 1min, Uuid{}
    );
    CHECK(leased.at(0).organization == OrgId{1});
    bench.clock.time = bench.clock.time + 1s;
    co_await bench.add(OrgId{2}, "quiet again");
    leased = co_await jobs::lease(
        bench.control, {"test.greet"}, 1, bench.clock.now(), bench.clock.now() + 1min, Uuid{}
    );
    CHECK(leased.at(0).organization == OrgId{2});
}

PG_TEST(Jobs, of_one_key_are_one) {
    Bench bench(t, *co_await t.control());
    co_await bench.add(OrgId{7}, "ann");
    co_await bench.add(OrgId{7}, "ann");
    co_await bench.add(OrgId{8}, "ann");
    CHECK(co_await bench.worker.run_due() == 2);
    CHECK(co_await bench.worker.run_due() == 0);
}

PG_TEST(Jobs, of_unknown_kinds_are_left_to_those_who_know_them) {
    Bench bench(t, *co_await t.control());
    co_await t.control_sql(
        "INSERT INTO job (id, kind, key, payload, run_at, created_at) VALUES"
        " ('00000000-0000-7000-8000-000000000001', 'next.release', 'x', '{}', '2020-01-01', "
        "'2020-01-01')"
    );
    CHECK(co_await bench.worker.run_due() == 0);
    CHECK(co_await bench.cell("SELECT attempt::text FROM job") == "0");
}

PG_TEST(Jobs, that_fail_are_tried_again_later_and_stay_when_given_up) {
    Bench bench(t, *co_await t.control(), {.attempts = 2, .first_retry = 10s});
    bench.greeter.outcome = [](const jobs::Scope&) -> jobs::Outcome { throw Fault("no line"); };
    co_await bench.add(OrgId{7}, "ann");
    CHECK(co_await bench.worker.run_due() == 1);
    CHECK(co_await bench.cell("SELECT error FROM job") == "no line");
    CHECK(co_await bench.worker.run_due() == 0);  // not before its time
    bench.clock.time = bench.clock.time + 12s;
    CHECK(co_await bench.worker.run_due() == 1);
    CHECK(co_await bench.cell("SELECT error FROM job WHERE failed_at IS NOT NULL") == "no line");
    bench.clock.time = bench.clock.time + 12h;
    CHECK(co_await bench.worker.run_due() == 0);
    CHECK((co_await jobs::numbers(bench.control)).failed == 1);

    co_await bench.add(OrgId{7}, "ann");  // asked for again: it starts anew
    bench.greeter.outcome = [](const jobs::Scope& scope) {
        CHECK(scope.attempt == 1);
        return jobs::done();
    };
    CHECK(co_await bench.worker.run_due() == 1);
    CHECK(co_await bench.cell("SELECT count(*)::text FROM job") == "0");
}

PG_TEST(Jobs, that_are_hopeless_are_not_tried_again) {
    Bench bench(t, *co_await t.control());
    bench.greeter.outcome = [](const jobs::Scope&) { return jobs::hopeless("no such person"); };
    co_await bench.add({}, "ann");
    co_await bench.worker.run_due();
    CHECK(
        co_await bench.cell("SELECT error FROM job WHERE failed_at IS NOT NULL") == "no such person"
    );
}

PG_TEST(Jobs, that_are_not_ready_come_back_with_all_their_attempts) {
    Bench bench(t, *co_await t.control(), {.attempts = 1});
    bench.greeter.outcome = [](const jobs::Scope&) { return jobs::again(1h); };
    co_await bench.add({}, "ann");
    for (int i = 0; i < 3; ++i) {
        CHECK(co_await bench.worker.run_due() == 1);
        bench.clock.time = bench.clock.time + 1h;
    }
    CHECK((co_await jobs::numbers(bench.control)).failed == 0);
}

PG_TEST(Jobs, of_a_worker_that_died_are_taken_over_when_the_lease_is_out) {
    Bench bench(t, *co_await t.control());
    co_await bench.add(OrgId{7}, "ann");
    auto now = bench.clock.now();
    auto dead = new_uuid(now, t.random);
    auto leased = co_await jobs::lease(bench.control, {"test.greet"}, 8, now, now + 1min, dead);
    REQUIRE(leased.size() == 1);
    CHECK(co_await bench.worker.run_due() == 0);
    bench.clock.time = now + 61s;
    CHECK(co_await bench.worker.run_due() == 1);
    CHECK(!co_await jobs::finish(bench.control, leased[0].id, dead));
    CHECK(!co_await jobs::renew(bench.control, leased[0].id, dead, now + 5min));
}

PG_TEST(Jobs, that_kill_their_workers_end_after_the_last_attempt) {
    Bench bench(t, *co_await t.control(), {.attempts = 2});
    co_await bench.add(OrgId{7}, "poison");
    for (int i = 0; i < 2; ++i) {
        auto now = bench.clock.now();
        co_await jobs::lease(
            bench.control, {"test.greet"}, 8, now, now + 1min, new_uuid(now, t.random)
        );
        bench.clock.time = now + 61s;
    }
    CHECK(co_await bench.worker.run_due() == 1);
    CHECK(bench.greeter.greeted.empty());
    CHECK((co_await jobs::numbers(bench.control)).failed == 1);
}

PG_TEST(Jobs, are_not_taken_by_a_machine_whose_clock_is_wrong) {
    auto& control = *co_await t.control();
    PushedClock clock;
    Greeter greeter;
    jobs::Worker worker(
        t.loops.executor(0),
        control,
        clock,
        t.random,
        {},
        {jobs::job(greet, &greeter, &Greeter::run)}
    );
    clock.time = clock.time + 1h;
    CHECK(co_await worker.run_due() == 0);
}

PG_TEST(Jobs, wake_a_resting_worker) {
    auto& control = *co_await t.control();
    pg::Notifier notifier(control, t.loops.executor(0));
    Greeter greeter;
    jobs::Worker worker(
        t.loops.executor(0),
        control,
        t.clock,
        t.random,
        {},
        {jobs::job(greet, &greeter, &Greeter::run)},
        {.clock_difference_max = 1min}
    );
    jobs::Bell bell(notifier);
    bell.connect(worker);
    spawn(t.loops.executor(0), "test.worker", worker.run());
    co_await sleep(50ms);  // it rests now
    auto tx = co_await control.begin();
    for (int i = 0; i < 20; ++i) {
        jobs::Place place{
            new_id<JobTag>(t.clock.now(), t.random), OrgId{i % 3 + 1}, std::to_string(i), {}
        };
        co_await jobs::add(tx, greet, place, Greeting{"x"}, t.clock.now());
    }
    co_await tx.commit();
    bell.ring();
    CHECK(co_await becomes([&] { return greeter.greeted.size() == 20; }));
    worker.stop();
    co_await ended({"test.worker", "jobs.run", "jobs.renew", "jobs.wake"});
    CHECK((co_await jobs::numbers(control)).waiting == 0);
}
