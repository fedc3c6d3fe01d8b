// The worker's side: brings organizations to what is wanted and keeps the stock of templates and
// spares. All of it lives on one loop.
#pragma once

#include "core/reconcile/reconciler.h"
#include "platform/provisioning/pass.h"
#include "platform/provisioning/provisioning.h"

namespace luster::provisioning {

class Provisioner {
public:
    // `lock` is the process's one lock connection, on the loop of `executor`.
    Provisioner(
        World& world,
        Desk& desk,
        pg::Lock& lock,
        Executor executor,
        reconcile::Limits limits = {},
        Lists lists = {}
    );

    void start();
    void wake(OrgId organization) { reconciler_.wake(organization); }
    // The control database is there again.
    void back() {
        reconciler_.wake_all();
        stock_.look_again();
    }
    // Passes end before their next step; returns when the last one has. On the loop of `executor`.
    Task<void> stop();
    Stock& stock() { return stock_; }
    const Provisioning::Counts& counts() const { return work_.counts(); }

private:
    World& world_;
    Desk& desk_;
    Executor executor_;
    Stock stock_;
    Provisioning work_;
    reconcile::Reconciler reconciler_;
};

}  // namespace luster::provisioning
