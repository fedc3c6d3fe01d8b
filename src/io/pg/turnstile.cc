#include "io/pg/turnstile.h"

#include "io/loop/loops.h"
#include "io/pg/error.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>

namespace luster::pg {

namespace asio = boost::asio;

struct Turnstile::Waiter {
    explicit Waiter(Executor executor) : timer(executor) {}
    Timer timer;
    bool given = false;
};

// A coroutine's stand in the line: it leaves the line, or passes on what it was given, however it
// ends.
struct Turnstile::Stand {
    Stand(Turnstile& turnstile, std::shared_ptr<Waiter> waiter)
        : turnstile(turnstile), waiter(std::move(waiter)) {}
    ~Stand() {
        if (!waiter) return;
        std::unique_lock lock(turnstile.mutex_);
        if (!waiter->given) {
            std::erase(turnstile.line_, waiter);
            return;
        }
        lock.unlock();
        turnstile.leave();
    }
    Stand(const Stand&) = delete;

    Turnstile& turnstile;
    std::shared_ptr<Waiter> waiter;
};

Place& Place::operator=(Place&& other) noexcept {
    if (this != &other) {
        leave();
        turnstile_ = std::move(other.turnstile_);
    }
    return *this;
}

void Place::leave() {
    if (turnstile_) std::exchange(turnstile_, nullptr)->leave();
}

Turnstile::Turnstile(std::size_t places, std::size_t waiting_max)
    : places_(places), free_(places), waiting_max_(waiting_max) {}

Task<Place> Turnstile::enter(std::chrono::milliseconds limit) {
    auto self = shared_from_this();
    auto waiter = std::make_shared<Waiter>(co_await asio::this_coro::executor);
    {
        std::lock_guard lock(mutex_);
        if (free_ > 0 && line_.empty()) {
            --free_;
            co_return Place(self);
        }
        if (line_.size() >= waiting_max_) {
            ++refused_;
            throw Busy("too many wait for a connection");
        }
        line_.push_back(waiter);
    }
    Stand stand(*this, waiter);
    if (shortage_) shortage_();
    waiter->timer.expires_after(limit);
    boost::system::error_code error;
    co_await waiter->timer.async_wait(asio::redirect_error(asio::use_awaitable_t<Executor>(), error)
    );
    {
        std::lock_guard lock(mutex_);
        if (waiter->given) {
            stand.waiter = nullptr;
            co_return Place(self);
        }
    }
    if (error) throw boost::system::system_error(error);  // the coroutine was cancelled
    ++refused_;
    throw Busy("no connection became free in time");
}

void Turnstile::leave() {
    std::lock_guard lock(mutex_);
    if (line_.empty()) {
        ++free_;
        return;
    }
    auto waiter = std::move(line_.front());
    line_.pop_front();
    waiter->given = true;
    // On the waiter's own loop, where it has certainly gone to sleep by then.
    asio::post(waiter->timer.get_executor(), [waiter] { waiter->timer.cancel(); });
}

std::size_t Turnstile::waiting() const {
    std::lock_guard lock(mutex_);
    return line_.size();
}

std::size_t Turnstile::taken() const {
    std::lock_guard lock(mutex_);
    return places_ - free_;
}

}  // namespace luster::pg
