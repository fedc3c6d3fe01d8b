// Connections to the organizations' databases, under one budget for the process.
//
// All connections of one organization live on one loop (by its number); a question from another
// loop crosses there and back. Short reads of one organization and role share a connection that
// PostgreSQL holds read-only: everything asked in one turn of the loop goes with one Sync, at most
// 64 at a time. A reader that leaves never cancels anything: its answer is read and dropped.
// Transactions have a connection alone. Who finds the budget used up has the longest idle
// connection closed; who finds all of them busy waits in line, and gets `Busy` when its deadline
// passes.
#pragma once

#include "io/loop/loops.h"
#include "io/pg/server.h"
#include "io/pg/transaction.h"

#include <chrono>
#include <cstdint>
#include <memory>

namespace luster::pg {

class Home;     // the organizations of one loop
struct Common;  // what the loops share: the budget, the limits

template <Side side>
class Reads : public Asks<side, Reads<side>> {
public:
    Reads(class Pool& pool, OrgId organization, std::shared_ptr<const Address> address)
        : pool_(&pool), organization_(organization), address_(std::move(address)) {}
    Task<Answer> ask(Bound bound);

private:
    class Pool* pool_;
    OrgId organization_;
    std::shared_ptr<const Address> address_;
};

using TenantReads = Reads<Side::tenant>;
using SiteReads = Reads<Side::site>;

struct PoolLimits {
    std::size_t connections_max = 80;      // all organizations together
    std::size_t connections_max_each = 5;  // one organization, both roles
    std::size_t waiting_max = 1000;        // in line for one of them
    std::chrono::milliseconds wait_ms_max{2000};
    std::chrono::milliseconds transaction_ms_max{30'000};
    std::chrono::milliseconds read_ms_max{5000};      // from asking to the answer
    std::chrono::milliseconds statement_ms_max{250};  // on shared connections, each query
    std::chrono::milliseconds idle_ms_max{60'000};
};

struct PoolStats {
    std::size_t connections = 0;
    std::size_t idle = 0;
    std::size_t waiting = 0;
    std::uint64_t opened = 0;
    std::uint64_t closed = 0;
    std::uint64_t refused = 0;  // `Busy`
};

class Pool {
public:
    Pool(Loops& loops, const Servers& servers, PoolLimits limits = {});
    ~Pool();

    TenantReads reads(OrgId organization, std::shared_ptr<const Address> owner);
    SiteReads site(OrgId organization, std::shared_ptr<const Address> theme);
    Task<TenantTx> begin(OrgId organization, std::shared_ptr<const Address> owner);
    // Closes the organization's connections: before its database is renamed or dropped, or when its
    // passwords have changed. Transactions in progress are closed, too.
    Task<void> forget(OrgId organization);
    Task<void> close();  // everything; afterwards every question is refused
    void abandon();      // just before Loops::abandon: whoever waits for an answer never hears one
    PoolStats stats() const;

    TenantReads reads(OrgId organization, Address owner) {
        return reads(organization, std::make_shared<const Address>(std::move(owner)));
    }
    SiteReads site(OrgId organization, Address theme) {
        return site(organization, std::make_shared<const Address>(std::move(theme)));
    }
    Task<TenantTx> begin(OrgId organization, Address owner) {
        return begin(organization, std::make_shared<const Address>(std::move(owner)));
    }

private:
    friend class Reads<Side::tenant>;
    friend class Reads<Side::site>;
    Task<Answer> ask(OrgId organization, std::shared_ptr<const Address> address, Bound bound);

    const std::shared_ptr<Home>& home_of(OrgId organization) const;

    Loops& loops_;
    std::shared_ptr<Common> common_;
    std::vector<std::shared_ptr<Home>> homes_;  // one a loop
};

}  // namespace luster::pg
