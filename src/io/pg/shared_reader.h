// Many readers on one pipelined, read-only connection; not for features. The rules are measured
// ones: answers before an error stand, the aborted ones are asked again in one batch, then each
// alone, and the connection is closed only when it is of no more use.
#pragma once

#include "io/pg/home.h"

#include <deque>
#include <functional>

namespace luster::pg {

class SharedReader : public std::enable_shared_from_this<SharedReader> {
public:
    static constexpr std::size_t batch_max = 64;

    SharedReader(std::weak_ptr<Database> database, Executor executor, AddressPtr address);

    static Task<Answer> ask(std::shared_ptr<SharedReader> self, Bound bound);
    void close();    // every waiter gets a fault
    void abandon();  // no waiter gets anything
    void dropped(const std::shared_ptr<Held>& held);
    const AddressPtr& address() const { return address_; }

private:
    struct Waiter;
    using WaiterPtr = std::shared_ptr<Waiter>;

    void enter(WaiterPtr waiter);
    Task<void> drive();
    Task<void> drive_connected();
    Task<void> ready();
    std::vector<WaiterPtr> next_batch();
    Task<void> run_batch(std::vector<WaiterPtr> batch, bool each_alone);
    void settle(std::vector<WaiterPtr>& batch, std::vector<Outcome>& outcomes);
    void let_go();
    void fail_all(const std::exception_ptr& fault);
    void watch();
    void expire();

    std::weak_ptr<Database> database_;
    Executor executor_;
    AddressPtr address_;
    std::shared_ptr<Held> held_;
    std::deque<WaiterPtr> queue_;  // not yet sent, or to be sent again
    std::deque<WaiterPtr>
        line_;  // in the order of their deadlines, the answered ones dropped in passing
    Timer watch_;
    bool watching_ = false;
    bool driving_ = false;
    bool closed_ = false;
};

}  // namespace luster::pg
