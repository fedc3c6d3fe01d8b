#include "io/loop/readiness.h"

#include "base/result.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace luster {

namespace asio = boost::asio;

asio::execution_context::id Readiness::id;

Watched::Watched(Executor executor, int descriptor)
    : readiness_(&asio::use_service<Readiness>(executor.context())),
      executor_(executor),
      descriptor_(descriptor) {
    readiness_->add(*this);
}

Watched::~Watched() {
    stop();
}

void Watched::stop() {
    if (!readiness_) return;
    give_up();
    readiness_->remove(*this);
}

Task<bool> Watched::until_readable() {
    return until(reader_);
}
Task<bool> Watched::until_writable() {
    return until(writer_);
}

Task<bool> Watched::until(Waiter& waiter) {
    asio::use_awaitable_t<Executor> token;
    return asio::async_initiate<decltype(token), void(bool)>(
        [this, &waiter](auto handler) {
            waiter = std::move(handler);
            readiness_->wait_begins();
        },
        token
    );
}

void Watched::give_up() {
    for (auto* waiter : {&reader_, &writer_}) {
        if (!*waiter) continue;
        readiness_->wait_ends();
        asio::post(executor_, [gone = std::exchange(*waiter, nullptr)]() mutable { gone(false); });
    }
}

// What goes on may destroy this object.
void Watched::told(std::uint32_t events) {
    bool broken = (events & (EPOLLHUP | EPOLLERR)) != 0;
    ended_ |= broken || (events & EPOLLRDHUP) != 0;
    readable_ |= ended_ || (events & EPOLLIN) != 0;
    bool writable = broken || (events & EPOLLOUT) != 0;
    auto reader = readable_ ? std::exchange(reader_, nullptr) : nullptr;
    auto writer = writable ? std::exchange(writer_, nullptr) : nullptr;
    if (reader) readiness_->wait_ends();
    if (writer) readiness_->wait_ends();
    if (reader) reader(true);
    if (writer) writer(true);
}

Readiness::Readiness(asio::io_context& loop) : asio::execution_context::service(loop) {
    int descriptor = ::epoll_create1(EPOLL_CLOEXEC);
    if (descriptor < 0) throw Fault("no descriptor is left for a loop");
    epoll_.emplace(loop.get_executor(), descriptor);
}

Readiness::~Readiness() = default;

// With its loop goes what waits; a waiter owns the coroutine in which its descriptor lives.
void Readiness::shutdown() {
    while (auto* watched = all_) {
        auto reader = std::exchange(watched->reader_, nullptr);
        auto writer = std::exchange(watched->writer_, nullptr);
        remove(*watched);
        watched->readiness_ = nullptr;
    }
    epoll_.reset();
}

void Readiness::add(Watched& watched) {
    watched.next_ = all_;
    watched.link_ = &all_;
    if (all_) all_->link_ = &watched.next_;
    all_ = &watched;
    epoll_event event{
        EPOLLIN | EPOLLOUT | EPOLLRDHUP | static_cast<std::uint32_t>(EPOLLET), {.ptr = &watched}
    };
    if (::epoll_ctl(epoll_->native_handle(), EPOLL_CTL_ADD, watched.descriptor_, &event) != 0)
        watched.ended_ = true;  // the kernel watches no more of them: a deadline will end it
}

void Readiness::remove(Watched& watched) {
    if (!watched.link_) return;
    *watched.link_ = watched.next_;
    if (watched.next_) watched.next_->link_ = watched.link_;
    watched.link_ = nullptr;
    ::epoll_ctl(epoll_->native_handle(), EPOLL_CTL_DEL, watched.descriptor_, nullptr);
    for (auto& event : in_hand_) {
        if (event.data.ptr == &watched) event.data.ptr = nullptr;
    }
}

void Readiness::wait_begins() {
    ++waiting_;
    if (!armed_ && in_hand_.empty()) arm();
}

void Readiness::wait_ends() {
    if (--waiting_ == 0 && armed_) epoll_->cancel();
}

void Readiness::arm() {
    armed_ = true;
    epoll_->async_wait(asio::posix::descriptor_base::wait_read, [this](boost::system::error_code) {
        armed_ = false;
        if (waiting_ > 0) hand_out();
    });
}

void Readiness::hand_out() {
    std::array<epoll_event, events_max> events;
    int count = ::epoll_wait(epoll_->native_handle(), events.data(), events_max, 0);
    in_hand_ = {events.data(), static_cast<std::size_t>(std::max(count, 0))};
    for (std::size_t i = 0; i < in_hand_.size(); ++i) {
        if (auto* watched = static_cast<Watched*>(in_hand_[i].data.ptr))
            watched->told(in_hand_[i].events);
    }
    in_hand_ = {};
    if (waiting_ > 0) arm();
}

}  // namespace luster
