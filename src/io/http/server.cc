#include "io/http/connection.h"
#include "io/http/metrics.h"
#include "io/http/status.h"
#include "io/loop/timer.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <csignal>
#include <random>

namespace luster::http {
namespace {

using boost::asio::ip::tcp;
using Acceptor = boost::asio::basic_socket_acceptor<tcp, Executor>;
using ReusePort = boost::asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

constexpr auto as_value = boost::asio::as_tuple(boost::asio::use_awaitable_t<Executor>());
constexpr int backlog = 1'024;
constexpr std::chrono::milliseconds accept_pause{100};  // when the process has no descriptors left
constexpr std::chrono::milliseconds drain_look{10};

// One for each address and loop: the kernel spreads connections over them.
struct Door {
    Acceptor acceptor;
    Lane& lane;
    bool secure;
};

std::string cannot_listen(const tcp::endpoint& endpoint, const boost::system::error_code& error) {
    return "can't listen on " + endpoint.address().to_string() + " port " +
           std::to_string(endpoint.port()) + ": " + error.message();
}

// Our own doors share a port (SO_REUSEPORT), and so would a process that somebody forgot to end: it
// would go on taking some of the connections. Whoever asks alone is told.
void refuse_shared(Executor executor, const tcp::endpoint& endpoint) {
    if (endpoint.port() == 0) return;
    boost::system::error_code error;
    Acceptor alone(executor);
    alone.open(endpoint.protocol());
    alone.set_option(Acceptor::reuse_address(true));
    alone.bind(endpoint, error);
    if (error) throw Fault(cannot_listen(endpoint, error));
}

tcp::endpoint endpoint_of(const Listen& listen) {
    boost::system::error_code error;
    auto address = boost::asio::ip::make_address(listen.address, error);
    if (error) throw Fault("not an address to listen on: " + listen.address);
    return {address, listen.port};
}

Acceptor open_acceptor(Executor executor, const tcp::endpoint& endpoint) {
    boost::system::error_code error;
    Acceptor acceptor(executor);
    acceptor.open(endpoint.protocol());
    acceptor.set_option(Acceptor::reuse_address(true));
    acceptor.set_option(ReusePort(true));
    acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(backlog, error);
    if (error) throw Fault(cannot_listen(endpoint, error));
    return acceptor;
}

void take_connection(const std::shared_ptr<Shared>& shared, Door& door, Socket socket) {
    bool full = shared->connections.fetch_add(1) >= shared->config.limits.connections_max;
    Seat seat(shared->connections);
    if (full) {
        door.lane.counters.connections_refused.add();
        // Without TLS the peer may learn why; whether it does is not worth waiting for.
        if (door.secure) return;
        ::send(
            socket.native_handle(),
            too_many_bytes.data(),
            too_many_bytes.size(),
            MSG_NOSIGNAL | MSG_DONTWAIT
        );
        return;
    }
    auto serving =
        serve_connection(shared, door.lane, std::move(socket), door.secure, std::move(seat));
    spawn(door.lane.executor, "http connection", std::move(serving));
}

Task<void> accept_connections(std::shared_ptr<Shared> shared, std::shared_ptr<Door> door) {
    while (door->acceptor.is_open()) {
        auto [error, socket] = co_await door->acceptor.async_accept(as_value);
        if (error == boost::asio::error::operation_aborted) co_return;
        if (error)
            co_await sleep(accept_pause);
        else
            take_connection(shared, *door, std::move(socket));
    }
}

// Who is refused at the door leaves no line in the access log.
class Refusals {
public:
    explicit Refusals(const Lane& lane) : lane_(lane) {}

    void tell(TimerClock::time_point now) {
        auto refused = lane_.counters.connections_refused.value();
        const auto& warn = lane_.shared.config.trouble_log;
        if (refused == told_ || now < next_ || !warn) return;
        const auto& limits = lane_.shared.config.limits;
        warn(fmt::format(
            "connections refused: {}; {} may be open, {} of them from one address",
            refused - told_,
            limits.connections_max,
            limits.connections_per_address_max
        ));
        told_ = refused;
        next_ = now + std::chrono::minutes(1);
    }

private:
    const Lane& lane_;
    std::uint64_t told_ = 0;
    TimerClock::time_point next_{};
};

// The coarse clock of a lane. Ends with the server, so that the loops can run dry.
Task<void> tick(std::shared_ptr<Shared>, Lane& lane, std::shared_ptr<Timer> timer) {
    Refusals refusals(lane);
    auto next = TimerClock::now();
    for (;;) {
        next = std::max(next + std::chrono::seconds(1), TimerClock::now());
        timer->expires_at(next);
        auto [error] = co_await timer->async_wait(as_value);
        if (error) co_return;
        lane.tick();
        refusals.tell(next);
    }
}

template <class Do>
void for_each_connection(Lane& lane, Do act) {
    for (auto* connection = lane.connections; connection;) {
        auto* next = connection->next_in_lane();
        act(*connection);
        connection = next;
    }
}

}  // namespace

class Server::State {
public:
    State(Loops& loops, Config config, Handler& handler)
        : shared(std::make_shared<Shared>(std::move(config), handler)) {
        std::random_device random;
        for (std::size_t i = 0; i < loops.size(); ++i) {
            auto seed = (static_cast<std::uint64_t>(random()) << 32) | random();
            shared->lanes.push_back(std::make_unique<Lane>(loops.executor(i), *shared, seed));
            timers.push_back(std::make_shared<Timer>(loops.executor(i)));
        }
        for (auto& listen : shared->config.listen) open_doors(listen);
    }

    void open_doors(const Listen& listen) {
        if (listen.tls && !shared->certificates)
            throw Fault("a listener wants TLS, but no certificates are given");
        auto endpoint = endpoint_of(listen);
        refuse_shared(shared->lanes.front()->executor, endpoint);
        for (auto& lane : shared->lanes) {
            auto acceptor = open_acceptor(lane->executor, endpoint);
            endpoint.port(acceptor.local_endpoint().port());
            doors.push_back(std::make_shared<Door>(std::move(acceptor), *lane, listen.tls));
        }
        ports.push_back(endpoint.port());
    }

    // From each lane's own loop.
    Task<void> close_lane(std::size_t index) {
        auto& lane = *shared->lanes[index];
        lane.draining = true;
        for (auto& door : doors) {
            boost::system::error_code ignored;
            if (&door->lane == &lane) door->acceptor.close(ignored);
        }
        for_each_connection(lane, [](Connection& connection) { connection.begin_drain(); });
        co_return;
    }
    Task<void> end_lane(std::size_t index) {
        for_each_connection(*shared->lanes[index], [](Connection& connection) {
            connection.close();
        });
        timers[index]->cancel();
        co_return;
    }

    std::shared_ptr<Shared> shared;
    std::vector<std::shared_ptr<Door>> doors;
    std::vector<std::shared_ptr<Timer>> timers;
    std::vector<std::uint16_t> ports;
};

Server::Server(Loops& loops, Config config, Handler& handler)
    : state_(std::make_unique<State>(loops, std::move(config), handler)) {
    // OpenSSL writes without MSG_NOSIGNAL.
    std::signal(SIGPIPE, SIG_IGN);
}

Server::~Server() {
    state_->shared->stop_log();
}

void Server::start() {
    auto& shared = state_->shared;
    shared->start_log();
    for (std::size_t i = 0; i < shared->lanes.size(); ++i) {
        spawn(
            shared->lanes[i]->executor,
            "http clock",
            tick(shared, *shared->lanes[i], state_->timers[i])
        );
    }
    for (auto& door : state_->doors) {
        spawn(door->lane.executor, "http accept", accept_connections(shared, door));
    }
}

std::uint16_t Server::port(std::size_t listen_index) const {
    return state_->ports.at(listen_index);
}
bool Server::draining() const {
    return state_->shared->draining;
}
std::size_t Server::connections() const {
    return state_->shared->connections;
}
void Server::write_metrics(std::string& out) const {
    append_metrics(*state_->shared, out);
}

Task<void> Server::drain(std::chrono::milliseconds deadline) {
    auto& shared = *state_->shared;
    shared.draining = true;
    auto end = std::chrono::steady_clock::now() + deadline;
    for (std::size_t i = 0; i < shared.lanes.size(); ++i) {
        co_await on(shared.lanes[i]->executor, state_->close_lane(i));
    }
    while (shared.connections > 0 && std::chrono::steady_clock::now() < end)
        co_await sleep(drain_look);
    for (std::size_t i = 0; i < shared.lanes.size(); ++i) {
        co_await on(shared.lanes[i]->executor, state_->end_lane(i));
    }
    // Closed connections still have to notice; a handler that hangs is not waited for.
    for (int looks = 0; shared.connections > 0 && looks < 20; ++looks) co_await sleep(drain_look);
    shared.stop_log();
}

}  // namespace luster::http
