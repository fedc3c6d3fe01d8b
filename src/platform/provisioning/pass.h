// Provisioning as a reconciler's work: one pass over one organization.
#pragma once

#include "core/reconcile/reconciler.h"
#include "platform/provisioning/steps.h"

#include <atomic>
#include <functional>

namespace luster::provisioning {

class Provisioning final : public reconcile::Work {
public:
    // `moved` hears of every organization whose recorded state has changed.
    Provisioning(World& world, Stock& stock, std::function<void(OrgId)> moved, Lists lists = {})
        : world_(world), stock_(stock), moved_(std::move(moved)), lists_(lists) {}

    std::string_view name() const override { return "provisioning"; }
    Task<std::vector<reconcile::Due>> due(Time until) override;
    Task<std::optional<Duration>> pass(OrgId organization, std::function<bool()> may_go_on)
        override;

    // How passes ended since the start. Read from any loop.
    struct Counts {
        std::atomic<std::uint64_t> done = 0, blocked = 0, failed = 0;
    };
    const Counts& counts() const { return counts_; }

private:
    Task<std::optional<Duration>> finish(Org& org);
    Task<std::optional<Duration>> put_off(Org& org, const reconcile::Outcome& outcome, bool known);

    World& world_;
    Stock& stock_;
    std::function<void(OrgId)> moved_;
    Lists lists_;
    Counts counts_;
};

}  // namespace luster::provisioning
