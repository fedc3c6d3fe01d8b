// Tests that are coroutines. CHECK and REQUIRE work around co_await.
//
//     CORO_TEST(Event, wakes_who_waited_longest) { co_await …; CHECK(…); }
#pragma once

#include "io/clock/clock.h"
#include "io/loop/loops.h"

#include <doctest/doctest.h>

#include <chrono>
#include <exception>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>

namespace luster::testing {

// What every test has: one loop, a clock, chance.
struct Case {
    Loops loops{1};
    SystemClock clock;
    SystemRandom random;

    Task<void> set_up() { co_return; }
    Task<void> tear_down() { co_return; }
};

// Waits up to eight seconds for what happens beside the test.
inline Task<bool> becomes(std::function<bool()> condition) {
    for (int looks = 0; looks < 800 && !condition(); ++looks) {
        co_await sleep(std::chrono::milliseconds(10));
    }
    co_return condition();
}

// Waits until no spawned coroutine of these names runs: what they use may be let go then.
inline Task<void> ended(std::initializer_list<std::string_view> names) {
    for (auto name : names) {
        INFO("the spawned " << std::string(name));
        CHECK(co_await becomes([&] {
            for (auto& [running, count] : spawned()) {
                if (running == name && count > 0) return false;
            }
            return true;
        }));
    }
}

namespace detail {

template <class AnyCase>
Task<void> around(AnyCase& t, Task<void> (*body)(AnyCase&)) {
    std::exception_ptr fault;
    try {
        co_await t.set_up();
        co_await body(t);
    } catch (...) {  // doctest's own, too: it goes on its way after the tidying up
        fault = std::current_exception();
    }
    co_await t.tear_down();
    if (fault) std::rethrow_exception(fault);
}

}  // namespace detail

// A test that takes so long hangs; the slowest takes a quarter of it on a machine at other work.
constexpr std::chrono::minutes hangs_after{4};

template <class AnyCase>
void run_coroutine(const char* file, int line, Task<void> (*body)(AnyCase&)) {
    auto t = std::make_unique<AnyCase>();
    bool finished = false;
    std::exception_ptr fault;
    auto& loop = t->loops.context(0);
    boost::asio::co_spawn(
        t->loops.executor(0),
        detail::around<AnyCase>(*t, body),
        [&](std::exception_ptr thrown) {
            fault = thrown;
            finished = true;
            loop.stop();
        }
    );
    loop.run_for(hangs_after);
    if (!finished) {
        ADD_FAIL_CHECK_AT(file, line, "timed out after " << hangs_after.count() << " minutes");
        (void)t.release();  // what is suspended still refers to it
        return;
    }
    loop.restart();
    loop.run_for(std::chrono::milliseconds(1));  // what was only to be let go
    if (!fault) return;
    try {
        std::rethrow_exception(fault);
    } catch (const std::exception& thrown) {
        ADD_FAIL_CHECK_AT(file, line, "exception: " << std::string(thrown.what()));
    }
}

}  // namespace luster::testing

#define LUSTER_CORO_TEST(AnyCase, suite, name)                                       \
    static luster::Task<void> suite##_##name(AnyCase& t);                            \
    TEST_CASE(#suite ": " #name) {                                                   \
        luster::testing::run_coroutine<AnyCase>(__FILE__, __LINE__, suite##_##name); \
    }                                                                                \
    static luster::Task<void> suite##_##name([[maybe_unused]] AnyCase& t)

#define CORO_TEST(suite, name) LUSTER_CORO_TEST(luster::testing::Case, suite, name)
