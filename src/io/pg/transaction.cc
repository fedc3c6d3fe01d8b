#include "io/pg/transaction.h"

#include "io/pg/lease.h"

#include <boost/asio/dispatch.hpp>

namespace luster::pg {
namespace {

void let_go(std::shared_ptr<Lease> lease) {
    if (!lease) return;
    auto executor = lease->executor();
    boost::asio::dispatch(executor, [lease = std::move(lease)] { lease->end(); });
}

std::shared_ptr<Lease> opened(const std::shared_ptr<Lease>& lease) {
    if (!lease) throw Error("", "the transaction has ended");
    return lease;
}

}  // namespace

template <Side side>
Transaction<side>::Transaction(std::shared_ptr<Lease> lease) : lease_(std::move(lease)) {}

template <Side side>
Transaction<side>::~Transaction() {
    let_go(std::move(lease_));
}

template <Side side>
Transaction<side>& Transaction<side>::operator=(Transaction&& other) noexcept {
    if (this != &other) {
        let_go(std::move(lease_));
        lease_ = std::move(other.lease_);
    }
    return *this;
}

template <Side side>
Task<Answer> Transaction<side>::ask(Bound bound) {
    auto lease = opened(lease_);
    return on(lease->executor(), lease->ask(std::move(bound)));
}

template <Side side>
Task<void> Transaction<side>::execute(std::string sql) {
    auto lease = opened(lease_);
    return on(lease->executor(), lease->execute(std::move(sql)));
}

template <Side side>
Task<void> Transaction<side>::commit() {
    auto lease = opened(lease_);
    co_await on(lease->executor(), lease->commit());
    lease_ = nullptr;
}

template <Side side>
Task<void> Transaction<side>::rollback() {
    auto lease = opened(lease_);
    co_await on(lease->executor(), lease->rollback());
    lease_ = nullptr;
}

template class Transaction<Side::control>;
template class Transaction<Side::tenant>;

}  // namespace luster::pg
