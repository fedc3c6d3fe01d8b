#include "io/pg/control.h"

#include "io/pg/home.h"

namespace luster::pg {
namespace {

constexpr std::int64_t the_one = 0;

Task<void> close_at(std::shared_ptr<Home> home) {
    home->close();
    co_return;
}

}  // namespace

ControlDb::ControlDb(Loops& loops, const Servers& servers, Address address, PoolLimits limits)
    : loops_(loops),
      address_(std::make_shared<const Address>(std::move(address))),
      common_(std::make_shared<Common>(servers, limits)) {
    for (std::size_t i = 0; i < loops.size(); ++i) {
        homes_.push_back(std::make_shared<Home>(loops.executor(i), common_));
    }
    common_->turnstile->on_shortage([homes = homes_] { close_longest_idle(homes); });
}

ControlDb::~ControlDb() {
    common_->turnstile->on_shortage({});
    abandon();
}

void ControlDb::abandon() {
    for (const auto& home : homes_) home->abandon();
}

Task<Answer> ControlDb::ask(Bound bound) {
    const auto& home = homes_[loops_.index_of(co_await boost::asio::this_coro::executor)];
    co_return co_await home->database(the_one)->read(address_, std::move(bound));
}

Task<ControlTx> ControlDb::begin() {
    const auto& home = homes_[loops_.index_of(co_await boost::asio::this_coro::executor)];
    co_return ControlTx(co_await home->database(the_one)->lease(address_));
}

Task<void> ControlDb::close() {
    for (const auto& home : homes_) co_await on(home->executor(), close_at(home));
}

PoolStats ControlDb::stats() const {
    return stats_of(*common_);
}

}  // namespace luster::pg
