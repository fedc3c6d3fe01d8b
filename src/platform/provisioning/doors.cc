#include "platform/provisioning/doors.h"

#include "base/result.h"

#include <fmt/format.h>

namespace luster::provisioning {

Doors::Loan Doors::borrow(const std::string& server) {
    if (!servers_.has(server)) throw Fault(fmt::format("no PostgreSQL server is named {}", server));
    auto& idle = idle_[server];
    if (idle.empty()) return {*this, std::make_unique<pg::Births>(servers_, server)};
    auto births = std::move(idle.back());
    idle.pop_back();
    return {*this, std::move(births)};
}

Doors::Loan::~Loan() {
    if (births_) doors_->idle_[births_->server()].push_back(std::move(births_));
}

}  // namespace luster::provisioning
