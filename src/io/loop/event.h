// A condition on one loop: coroutines wait, somebody notifies. Not for use across loops.
#pragma once

#include "io/loop/timer.h"

#include <chrono>
#include <list>

namespace luster {

class Event {
public:
    // True when notified, false when `limit` passed first. Ask again for what you waited for.
    Task<bool> wait_for(std::chrono::milliseconds limit);
    Task<void> wait();
    void notify_one();  // the one who has waited longest
    void notify_all();
    std::size_t waiting() const { return waiters_.size(); }

private:
    struct Waiter {
        Timer timer;
        bool notified = false;
    };
    Task<bool> wait_until(TimerClock::time_point limit);

    std::list<Waiter*> waiters_;  // the one who has waited longest first
};

}  // namespace luster
