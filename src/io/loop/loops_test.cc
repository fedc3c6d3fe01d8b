#include "io/loop/loops.h"

#include "io/loop/event.h"
#include "io/loop/together.h"
#include "io/loop/work_pool.h"
#include "testing/coroutine.h"

#include <atomic>
#include <thread>

using namespace luster;
using luster::testing::becomes;
using namespace std::chrono_literals;

namespace {

Task<int> later(int value, std::chrono::milliseconds time) {
    co_await sleep(time);
    co_return value;
}

Task<int> broken() {
    co_await next_turn();
    throw Fault("broken");
}

}  // namespace

CORO_TEST(Loops, run_tasks_together) {
    auto [one, two, three] = co_await together(later(1, 3ms), later(2, 1ms), later(3, 2ms));
    CHECK(one == 1);
    CHECK(two == 2);
    CHECK(three == 3);
}

CORO_TEST(Loops, run_all_of_many_to_their_ends_and_throw_the_first_fault) {
    std::vector<int> ended;
    auto run = [&](int number, std::chrono::milliseconds time, bool faulty) -> Task<void> {
        co_await sleep(time);
        ended.push_back(number);
        if (faulty) throw Fault("broken");
    };
    co_await all_of({});
    std::vector<Task<void>> tasks;
    tasks.push_back(run(1, 6ms, false));
    tasks.push_back(run(2, 1ms, true));
    CHECK_THROWS_AS(co_await all_of(std::move(tasks)), Fault);
    CHECK(ended == std::vector{2, 1});
}

CORO_TEST(Event, wakes_who_waited_longest_first) {
    Event event;
    std::vector<int> order;
    auto wait = [&](int number) -> Task<void> {
        if (co_await event.wait_for(1s)) order.push_back(number);
    };
    for (int i = 1; i <= 3; ++i) spawn(t.loops.executor(0), "test", wait(i));
    co_await next_turn();
    CHECK(event.waiting() == 3);
    event.notify_one();
    co_await sleep(2ms);
    CHECK(order == std::vector{1});
    event.notify_all();
    co_await sleep(2ms);
    CHECK(order == std::vector{1, 2, 3});
    CHECK(!co_await event.wait_for(2ms));
    CHECK(event.waiting() == 0);
}

TEST_CASE("Event: one may be gone before the loop on which somebody still waits for it") {
    boost::asio::io_context loop(1);
    auto event = std::make_unique<Event>();
    auto wait = [](Event& event) -> Task<void> { co_await event.wait(); };
    boost::asio::co_spawn(loop.get_executor(), wait(*event), [](std::exception_ptr) {});
    loop.poll();
    CHECK(event->waiting() == 1);
    event.reset();
}

CORO_TEST(WorkPool, brings_values_and_faults_back_to_the_loop) {
    WorkPool pool(1, 2);
    auto here = std::this_thread::get_id();
    auto there = co_await pool.run([] { return std::this_thread::get_id(); });
    CHECK(here != there);
    CHECK(std::this_thread::get_id() == here);
    CHECK_THROWS_AS(co_await pool.run([]() -> int { throw Fault("no"); }), Fault);
    CHECK(pool.queued() == 0);
}

TEST_CASE("Event: one may be gone before the loop on which somebody still waits for it") {
    boost::asio::io_context loop(1);
    auto event = std::make_unique<Event>();
    auto wait = [](Event& event) -> Task<void> { co_await event.wait(); };
    boost::asio::co_spawn(loop.get_executor(), wait(*event), [](std::exception_ptr) {});
    loop.poll();
    CHECK(event->waiting() == 1);
    event.reset();
}

CORO_TEST(WorkPool, refuses_more_than_it_may_queue) {
    WorkPool pool(1, 2);
    std::atomic<bool> released = false;
    auto slow = [&]() -> Task<void> { co_await pool.run([&] { released.wait(false); }); };
    spawn(t.loops.executor(0), "test", slow());
    spawn(t.loops.executor(0), "test", slow());
    co_await next_turn();
    CHECK_THROWS_AS(co_await pool.run([] { return 1; }), Fault);
    released = true;
    released.notify_all();
    CHECK(co_await becomes([&] { return pool.queued() == 0; }));
}

CORO_TEST(Spawn, counts_and_reports_faults) {
    static std::string reported;
    report_faults_to([](std::string_view task, std::string_view fault) {
        reported = std::string(task) + ": " + std::string(fault);
    });
    auto body = []() -> Task<void> { co_await broken(); };
    spawn(t.loops.executor(0), "test.broken", body());
    co_await sleep(5ms);
    CHECK(reported == "test.broken: broken");
    for (auto& [name, count] : spawned()) {
        if (name == "test.broken") CHECK(count == 0);
    }
}

TEST_CASE("a task crosses to another loop and back, with its value or its exception") {
    Loops loops(2);
    std::vector<std::size_t> where;
    bool caught = false;
    auto place = [&]() -> Task<std::size_t> {
        co_return loops.index_of(co_await boost::asio::this_coro::executor);
    };
    auto body = [&]() -> Task<void> {
        where.push_back(co_await place());
        where.push_back(co_await on(loops.executor(1), place()));
        where.push_back(co_await place());
        try {
            co_await on(loops.executor(1), broken());
        } catch (const Fault&) {
            caught = true;
        }
        where.push_back(co_await place());
        loops.stop();
    };
    spawn(loops.executor(0), "test", body());
    loops.run();
    CHECK(where == std::vector<std::size_t>{0, 1, 0, 0});
    CHECK(caught);
}

CORO_TEST(SimulatedClock, wakes_sleepers_in_the_order_of_their_times) {
    SimulatedClock clock(Time{0});
    std::vector<int> order;
    auto wait = [&](int number, Time until) -> Task<void> {
        co_await clock.sleep_until(until);
        order.push_back(number);
    };
    spawn(t.loops.executor(0), "test", wait(2, Time{2000}));
    spawn(t.loops.executor(0), "test", wait(1, Time{1000}));
    co_await next_turn();
    CHECK(clock.move_to_next());
    co_await next_turn();
    CHECK(order == std::vector{1});
    CHECK(clock.now() == Time{1000});
    clock.move_by(Duration(5000));
    co_await next_turn();
    CHECK(order == std::vector{1, 2});
    CHECK(!clock.move_to_next());
}
