#include "io/pg/pool.h"

#include "io/pg/home.h"

namespace luster::pg {

namespace {

Task<Answer> read_at(
    std::shared_ptr<Home> home, std::int64_t key, AddressPtr address, Bound bound
) {
    co_return co_await home->database(key)->read(address, std::move(bound));
}

Task<std::shared_ptr<Lease>> lease_at(
    std::shared_ptr<Home> home, std::int64_t key, AddressPtr address
) {
    co_return co_await home->database(key)->lease(std::move(address));
}

Task<void> forget_at(std::shared_ptr<Home> home, std::int64_t key) {
    home->forget(key);
    co_return;
}

Task<void> close_at(std::shared_ptr<Home> home) {
    home->close();
    co_return;
}

}  // namespace

Pool::Pool(Loops& loops, const Servers& servers, PoolLimits limits)
    : loops_(loops), common_(std::make_shared<Common>(servers, limits)) {
    for (std::size_t i = 0; i < loops.size(); ++i) {
        homes_.push_back(std::make_shared<Home>(loops.executor(i), common_));
    }
    common_->turnstile->on_shortage([homes = homes_] { close_longest_idle(homes); });
}

// The homes know the turnstile, and its callback the homes; they know their databases, and those
// them.
Pool::~Pool() {
    common_->turnstile->on_shortage({});
    abandon();
}

void Pool::abandon() {
    for (const auto& home : homes_) home->abandon();
}

TenantReads Pool::reads(OrgId organization, AddressPtr owner) {
    return TenantReads(*this, organization, std::move(owner));
}

SiteReads Pool::site(OrgId organization, AddressPtr theme) {
    return SiteReads(*this, organization, std::move(theme));
}

const std::shared_ptr<Home>& Pool::home_of(OrgId organization) const {
    return homes_[loops_.home(static_cast<std::uint64_t>(organization.value))];
}

Task<Answer> Pool::ask(OrgId organization, AddressPtr address, Bound bound) {
    const auto& home = home_of(organization);
    // Mostly the organization is at home on the loop that asks.
    if (home->executor().running_in_this_thread())
        return home->database(organization.value)->read(address, std::move(bound));
    return on(
        home->executor(), read_at(home, organization.value, std::move(address), std::move(bound))
    );
}

Task<TenantTx> Pool::begin(OrgId organization, AddressPtr owner) {
    const auto& home = home_of(organization);
    co_return TenantTx(
        co_await on(home->executor(), lease_at(home, organization.value, std::move(owner)))
    );
}

Task<void> Pool::forget(OrgId organization) {
    const auto& home = home_of(organization);
    co_await on(home->executor(), forget_at(home, organization.value));
}

Task<void> Pool::close() {
    for (const auto& home : homes_) co_await on(home->executor(), close_at(home));
}

PoolStats Pool::stats() const {
    return stats_of(*common_);
}

template <Side side>
Task<Answer> Reads<side>::ask(Bound bound) {
    return pool_->ask(organization_, address_, std::move(bound));
}

template class Reads<Side::tenant>;
template class Reads<Side::site>;

}  // namespace luster::pg
