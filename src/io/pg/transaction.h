// A transaction: a connection alone, READ COMMITTED, under a deadline. What is not committed is
// rolled back, and a connection that saw an error or a cancel is closed.
#pragma once

#include "io/pg/asks.h"

#include <functional>
#include <memory>
#include <string_view>

namespace luster::pg {

class Lease;  // a connection taken out of a database's set; gives itself back when dropped

template <Side side>
class Transaction : public Asks<side, Transaction<side>> {
public:
    explicit Transaction(std::shared_ptr<Lease> lease);
    ~Transaction();
    Transaction(Transaction&&) noexcept = default;
    Transaction& operator=(Transaction&&) noexcept;

    Task<Answer> ask(Bound bound);
    Task<void> commit();
    Task<void> rollback();
    // SQL text without parameters, several statements allowed: migrations and seeds, not features.
    Task<void> execute(std::string sql);
    bool open() const { return lease_ != nullptr; }

private:
    std::shared_ptr<Lease> lease_;
};

extern template class Transaction<Side::control>;
extern template class Transaction<Side::tenant>;

using ControlTx = Transaction<Side::control>;
using TenantTx = Transaction<Side::tenant>;

}  // namespace luster::pg
