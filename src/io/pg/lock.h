// Advisory locks on the process's one lock connection: a killed process frees its organizations at
// once. Who loses the connection has lost every lock, and is told.
#pragma once

#include "io/loop/event.h"
#include "io/pg/server.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <set>

namespace luster::pg {

class Connection;

class Lock {
public:
    Lock(const Servers& servers, Address address);  // one loop only
    ~Lock();

    Task<bool> try_lock(std::int64_t key);  // false: somebody has it; a fault: no connection
    Task<void> unlock(std::int64_t key);
    bool holds(std::int64_t key) const { return held_.contains(key); }
    // Called once for each loss, after which nothing is held; passes must stop.
    void on_lost(std::function<void()> lost) { lost_ = std::move(lost); }

private:
    Task<void> ready();
    Task<bool> ask(std::string sql);
    void lose();
    Task<void> watch(
        std::shared_ptr<const std::uint64_t> life, std::shared_ptr<Connection> connection
    );
    struct Turn;

    const Servers& servers_;
    Address address_;
    std::shared_ptr<Connection> connection_;
    std::set<std::int64_t> held_;
    std::function<void()> lost_;
    bool busy_ = false;
    bool watching_ = false;
    // Raised with every connection's end, and at ours: a watcher sees that it is late.
    std::shared_ptr<std::uint64_t> life_ = std::make_shared<std::uint64_t>(0);
    Event free_;
};

}  // namespace luster::pg
