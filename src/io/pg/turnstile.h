// A number of places that are handed on in the order of asking. Waiters may sit on any loop.
#pragma once

#include "io/loop/timer.h"

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace luster::pg {

class Turnstile;

// One place, given back when dropped.
class Place {
public:
    Place() = default;
    explicit Place(std::shared_ptr<Turnstile> turnstile) : turnstile_(std::move(turnstile)) {}
    Place(Place&&) noexcept = default;
    Place& operator=(Place&& other) noexcept;
    ~Place() { leave(); }

private:
    void leave();
    std::shared_ptr<Turnstile> turnstile_;
};

class Turnstile : public std::enable_shared_from_this<Turnstile> {
public:
    Turnstile(std::size_t places, std::size_t waiting_max);

    // Throws Busy when the line is full or `limit` passes first.
    Task<Place> enter(std::chrono::milliseconds limit);
    std::size_t waiting() const;
    std::size_t taken() const;
    std::uint64_t refused() const { return refused_; }
    // Called on the waiter's loop whenever someone has to wait.
    void on_shortage(std::function<void()> shortage) { shortage_ = std::move(shortage); }

private:
    friend class Place;
    struct Waiter;
    struct Stand;
    void leave();

    mutable std::mutex mutex_;
    std::size_t places_;
    std::size_t free_;
    std::size_t waiting_max_;
    std::deque<std::shared_ptr<Waiter>> line_;
    std::function<void()> shortage_;
    std::atomic<std::uint64_t> refused_ = 0;
};

}  // namespace luster::pg
