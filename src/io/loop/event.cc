#include "io/loop/event.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace luster {

namespace asio = boost::asio;

Task<bool> Event::wait_until(TimerClock::time_point limit) {
    Waiter waiter{Timer(co_await asio::this_coro::executor, limit)};
    // Leaves the list however the coroutine ends: notified, timed out, cancelled, destroyed.
    struct Place {
        Place(std::list<Waiter*>& list, Waiter* waiter) : list(list), waiter(waiter) {
            list.push_back(waiter);
        }
        ~Place() { list.remove(waiter); }
        std::list<Waiter*>& list;
        Waiter* waiter;
    } place(waiters_, &waiter);
    boost::system::error_code error;
    co_await waiter.timer.async_wait(asio::redirect_error(asio::use_awaitable_t<Executor>(), error)
    );
    if (error && !waiter.notified) throw boost::system::system_error(error);
    co_return waiter.notified;
}

Task<bool> Event::wait_for(std::chrono::milliseconds limit) {
    return wait_until(TimerClock::now() + limit);
}

Task<void> Event::wait() {
    co_await wait_until(TimerClock::time_point::max());
}

void Event::notify_one() {
    for (auto* waiter : waiters_) {
        if (waiter->notified) continue;
        waiter->notified = true;
        waiter->timer.cancel();
        return;
    }
}

void Event::notify_all() {
    for (auto* waiter : waiters_) {
        waiter->notified = true;
        waiter->timer.cancel();
    }
}

}  // namespace luster
