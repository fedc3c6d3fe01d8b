// The tree of organizations and the addresses of their databases, in memory: rights and connections
// are looked up at every request. A change made through this process is in it before it is
// answered; others are heard of by NOTIFY, and after a lost connection everything is read afresh.
#pragma once

#include "base/crypto_keyring.h"
#include "core/access/authenticator.h"
#include "core/tenancy/tenants.h"
#include "io/loop/event.h"
#include "io/loop/loops.h"
#include "io/pg/listener.h"
#include "io/pg/pg.h"

#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace luster {

class Directory final : public Organizations, public Addresses {
public:
    static constexpr std::string_view channel = "organization";

    Directory(
        Loops& loops, pg::ControlDb& control, pg::Notifier& notifier, const crypto::Keyring& keys
    );

    Task<void> load();  // at the start
    // Who is told, on the first loop, of each organization whose status or verification is another
    // now.
    void when_changed(std::function<void(OrgId)> told) { told_ = std::move(told); }

    std::shared_ptr<const Tree> tree() const override;
    Task<TenantAddress> address_of(OrgId organization) override;

    // After a commit that made or changed an organization or its address: known here when this
    // returns, and told to the other processes.
    Task<void> changed(OrgId organization);
    // What the process's Listener hears, and that it may have missed something.
    void notified(std::string_view payload);
    void back();

private:
    struct Turn;
    Task<void> refresh(std::vector<OrgId> organizations);
    Task<void> read(std::vector<OrgId> organizations);
    Task<void> read_all();
    void swap_tree();
    void tell_changes(const std::unordered_map<OrgId, OrgNode>& before) const;

    Loops& loops_;
    pg::ControlDb& control_;
    pg::Notifier& notifier_;
    const crypto::Keyring& keys_;

    // On the first loop only: reads follow one another, so an older answer never overwrites a newer
    // one.
    std::unordered_map<OrgId, OrgNode> nodes_;
    bool reading_ = false;
    Event read_;
    std::function<void(OrgId)> told_;

    mutable std::mutex mutex_;  // held for a look or a swap, never across a wait
    std::shared_ptr<const Tree> tree_ = std::make_shared<const Tree>();
    std::unordered_map<OrgId, TenantAddress> addresses_;
};

}  // namespace luster
