// Which descriptors of a loop can be read or written, told once (edge-triggered) by one epoll of
// the loop's own, for which Asio waits as for any descriptor. Asio's own sockets ask the kernel
// before each wait (a recv that says EAGAIN) or register anew for it: here a wait costs no system
// call, and what lies ready in a turn is handed out in one go.
#pragma once

#include "io/loop/task.h"

#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <sys/epoll.h>

namespace luster {

class Readiness;

// One descriptor under watch, by its owner on one loop. It is to die before the descriptor is
// closed.
class Watched {
public:
    Watched(Executor executor, int descriptor);
    ~Watched();
    Watched(const Watched&) = delete;

    bool readable() const { return readable_; }
    void drained() { readable_ = ended_; }  // a read took all there was; what comes later is told
    // One may wait for each, right after the system said that there is nothing, or no room. False:
    // given up.
    Task<bool> until_readable();
    Task<bool> until_writable();
    void give_up();  // whoever waits goes on in a later turn
    void stop();     // watches no more; also gives up

private:
    friend class Readiness;
    using Waiter = std::move_only_function<void(bool)>;
    Task<bool> until(Waiter& waiter);
    void told(std::uint32_t events);

    Readiness* readiness_;
    Executor executor_;
    int descriptor_;
    Watched* next_ = nullptr;
    Watched** link_ = nullptr;
    bool readable_ = true;
    bool ended_ = false;  // the other side has: nothing more will be told
    Waiter reader_, writer_;
};

// A service of the loop, so that what waits is destroyed with the loop.
class Readiness final : public boost::asio::execution_context::service {
public:
    using key_type = Readiness;
    static boost::asio::execution_context::id id;
    explicit Readiness(boost::asio::io_context& loop);
    ~Readiness() override;

private:
    friend class Watched;
    void shutdown() override;
    void add(Watched& watched);
    void remove(Watched& watched);
    void wait_begins();
    void wait_ends();
    void arm();
    void hand_out();

    static constexpr std::size_t events_max = 256;
    std::optional<boost::asio::posix::basic_stream_descriptor<Executor>> epoll_;
    Watched* all_ = nullptr;
    std::span<epoll_event> in_hand_;  // while they are handed out
    std::size_t waiting_ = 0;
    bool armed_ = false;  // only while somebody waits: else the loop could not run dry
};

}  // namespace luster
