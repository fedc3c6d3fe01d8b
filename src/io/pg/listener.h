// LISTEN on one database, for ever: connects again with back-off. A notification is a hint; the
// truth is in the tables, so after `back` everything is read afresh.
#pragma once

#include "io/loop/event.h"
#include "io/pg/control.h"
#include "io/pg/server.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace luster::pg {

class Connection;
class Error;

class Listener {
public:
    struct Hears {
        std::function<void(std::string_view channel, std::string_view payload)> notified{};
        std::function<void()> lost{};
        std::function<void()> back{};  // at the first connection, too
        // A server that is there doesn't let us in: once for each reason in a row.
        std::function<void(std::string_view fault)> refused{};
    };
    Listener(
        const Servers& servers, Address address, std::vector<std::string> channels, Hears hears
    );
    ~Listener();

    Task<void> run();  // until stop(); on one loop, and this object outlives it
    void stop();
    bool connected() const { return connected_; }

private:
    Task<void> listen_once();
    void tell(const Error& error);

    const Servers& servers_;
    Address address_;
    std::vector<std::string> channels_;
    Hears hears_;
    std::shared_ptr<Connection> connection_;
    std::string told_;  // why we were not let in
    bool connected_ = false;
    bool stopped_ = false;
    Event stopping_;
};

// The other end. NOTIFY takes a lock of the whole server across the commit's flush, so it is sent
// after the work, once for all that came together, and without waiting for the disk.
class Notifier {
public:
    Notifier(ControlDb& control, Executor executor);
    ~Notifier();
    // Payloads are lists: items of one turn are joined by a space, below 8,000 bytes. An item holds
    // no space. Lost when the database is away. From any loop.
    void tell(std::string channel, std::string item);
    // When nothing that was told waits any more: for a process that ends then.
    Task<void> sent();

private:
    struct State;
    std::shared_ptr<State> state_;
    Executor executor_;
};

}  // namespace luster::pg
