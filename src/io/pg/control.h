// The control database, one object for the process. Reads share a read-only connection of the
// caller's loop; transactions take one of the loop's own set.
#pragma once

#include "io/loop/loops.h"
#include "io/pg/pool.h"
#include "io/pg/server.h"
#include "io/pg/transaction.h"

namespace luster::pg {

class ControlDb : public Asks<Side::control, ControlDb> {
public:
    // `connections_max_each` of the limits: transactions at once on one loop.
    ControlDb(Loops& loops, const Servers& servers, Address address, PoolLimits limits = {});
    ~ControlDb();

    Task<Answer> ask(Bound bound);
    Task<ControlTx> begin();
    Task<void> close();
    void abandon();  // just before Loops::abandon: whoever waits for an answer never hears one
    PoolStats stats() const;

private:
    Loops& loops_;
    std::shared_ptr<const Address> address_;
    std::shared_ptr<Common> common_;
    std::vector<std::shared_ptr<Home>> homes_;
};

}  // namespace luster::pg
