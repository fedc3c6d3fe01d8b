// The databases whose connections live on one loop; not for features. Everything here belongs to
// that loop alone, but for the turnstile of the process and the counters.
#pragma once

#include "io/loop/loops.h"
#include "io/pg/connection.h"
#include "io/pg/pool.h"
#include "io/pg/turnstile.h"

#include <list>
#include <unordered_map>

namespace luster::pg {

class Database;
class SharedReader;

using AddressPtr = std::shared_ptr<const Address>;

// What all loops of one pool share.
struct Common {
    Common(const Servers& servers, PoolLimits limits)
        : servers(servers),
          limits(limits),
          turnstile(std::make_shared<Turnstile>(limits.connections_max, limits.waiting_max)) {}

    const Servers& servers;
    PoolLimits limits;
    std::shared_ptr<Turnstile> turnstile;
    std::atomic<std::size_t> connections = 0;
    std::atomic<std::size_t> idle = 0;
    std::atomic<std::uint64_t> opened = 0;
    std::atomic<std::uint64_t> closed = 0;
};

// An open connection with its place in the budget of the process.
struct Held {
    Held(
        std::shared_ptr<Common> common,
        Place place,
        std::shared_ptr<Connection> connection,
        std::weak_ptr<Database> database
    );
    ~Held();
    Held(const Held&) = delete;

    std::shared_ptr<Common> common;
    Place place;
    std::shared_ptr<Connection> connection;
    std::weak_ptr<Database> database;
    TimerClock::time_point idle_since;
};

class Home : public std::enable_shared_from_this<Home> {
public:
    Home(Executor executor, std::shared_ptr<Common> common);

    // These run on this loop.
    std::shared_ptr<Database> database(std::int64_t key);
    void forget(std::int64_t key);
    void close();
    void abandon();  // drops what is open and whoever waits; nobody is told
    bool closed() const { return closed_; }
    // Idle connections, the longest idle first. One that is needed elsewhere is closed at once.
    void idle(std::shared_ptr<Held> held);
    bool take(const std::shared_ptr<Held>& held);
    void close_longest_idle();

    // From any thread: when this loop's longest idle connection became so; max where there is none.
    std::int64_t longest_idle() const { return longest_idle_; }
    const Executor& executor() const { return executor_; }
    const std::shared_ptr<Common>& common() { return common_; }

private:
    void note();
    void sweep_later();

    Executor executor_;
    std::shared_ptr<Common> common_;
    std::unordered_map<std::int64_t, std::shared_ptr<Database>> databases_;  // by organization
    std::list<std::shared_ptr<Held>> idle_;
    std::atomic<std::int64_t> longest_idle_;
    Timer sweeper_;
    bool sweeping_ = false;
    bool closed_ = false;
};

// All connections to one database.
class Database : public std::enable_shared_from_this<Database> {
public:
    explicit Database(std::shared_ptr<Home> home);

    Task<Answer> read(const AddressPtr& address, Bound bound);
    Task<std::shared_ptr<Lease>> lease(AddressPtr address);
    void close();
    void abandon();

    // A new connection, when there is a place for it.
    Task<std::shared_ptr<Held>> open(AddressPtr address, ConnectionOptions options);
    void give_back(std::shared_ptr<Held> held);       // from a transaction, ready for the next
    void dropped(const std::shared_ptr<Held>& held);  // it was idle and is closed
    Home& home() { return *home_; }

private:
    std::shared_ptr<Held> take_free();

    std::shared_ptr<Home> home_;
    std::shared_ptr<Turnstile> transactions_;
    std::vector<std::pair<AddressPtr, std::shared_ptr<SharedReader>>> readers_;
    std::vector<std::shared_ptr<Held>> free_;  // for transactions; the last one used is the warmest
    std::vector<std::weak_ptr<Held>> leased_;
    bool closed_ = false;
};

// Of all loops' idle connections the one that has been so for longest.
void close_longest_idle(std::span<const std::shared_ptr<Home>> homes);
PoolStats stats_of(const Common& common);

}  // namespace luster::pg
