// A condition on one loop: coroutines wait, somebody notifies. Not for use across loops.
#pragma once

#include "io/loop/task.h"

#include <boost/asio/steady_timer.hpp>

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
        boost::asio::steady_timer timer;
        bool notified = false;
    };
    std::list<Waiter*> waiters_;
};

}  // namespace luster
