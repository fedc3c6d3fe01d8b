// Asio's timer with our concrete executor and a clock that a simulated run can take into its hands.
#pragma once

#include "io/loop/task.h"

#include <boost/asio/basic_waitable_timer.hpp>

#include <atomic>
#include <chrono>

namespace luster {

// The steady clock of every timer. Held, it stands still and is moved by whoever holds it: minutes
// of waiting pass in a moment.
struct TimerClock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<TimerClock>;
    static constexpr bool is_steady = true;

    static time_point now() noexcept {
        if (auto hold = held.load(std::memory_order_relaxed)) [[unlikely]]
            return hold->now;
        return time_point(std::chrono::steady_clock::now().time_since_epoch());
    }

    struct Hold {
        time_point now;
        time_point next;  // the earliest timer that the loop has asked for
    };
    static inline std::atomic<Hold*> held = nullptr;
};

struct TimerWait {
    // How long a loop sleeps until its earliest timer. Nobody waits for time that stands still.
    static TimerClock::duration to_wait_duration(const TimerClock::duration& left) {
        if (auto hold = TimerClock::held.load(std::memory_order_relaxed)) [[unlikely]] {
            hold->next = hold->now + std::min<TimerClock::duration>(left, std::chrono::hours(24));
        }
        return left;
    }
    static TimerClock::duration to_wait_duration(const TimerClock::time_point& time) {
        return to_wait_duration(time - TimerClock::now());
    }
};

using Timer = boost::asio::basic_waitable_timer<TimerClock, TimerWait, Executor>;

}  // namespace luster
