#include "platform/provisioning/watch.h"

#include <utility>

namespace luster::provisioning {

Watch::Seat::Seat(Row& row, OrgId organization) : row_(row) {
    auto sitter = std::make_shared<Sitter>();
    sitter->organization = organization;
    place_ = row_.insert(row_.end(), std::move(sitter));
}

Watch::Seat::~Seat() {
    row_.erase(place_);
}

Task<bool> Watch::Seat::wait(std::chrono::milliseconds limit) {
    auto sitter = *place_;
    if (!sitter->moved) co_await sitter->event.wait_for(limit);
    co_return std::exchange(sitter->moved, false);
}

Task<std::unique_ptr<Watch::Seat>> Watch::sit(OrgId organization) {
    auto loop = loops_.index_of(co_await boost::asio::this_coro::executor);
    co_return std::make_unique<Seat>(rows_[loop], organization);
}

void Watch::moved(OrgId organization) {
    for (std::size_t loop = 0; loop < loops_.size(); ++loop) {
        spawn(loops_.executor(loop), "provisioning.moved", call(loop, organization));
    }
}

void Watch::all_moved() {
    for (std::size_t loop = 0; loop < loops_.size(); ++loop) {
        spawn(loops_.executor(loop), "provisioning.moved", call(loop, std::nullopt));
    }
}

Task<void> Watch::call(std::size_t loop, std::optional<OrgId> organization) {
    for (auto& sitter : rows_[loop]) {
        if (organization && sitter->organization != *organization) continue;
        sitter->moved = true;
        sitter->event.notify_all();
    }
    co_return;
}

}  // namespace luster::provisioning
