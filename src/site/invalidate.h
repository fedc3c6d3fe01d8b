// After a change that visitors see was committed: this process's sites move to the new generation
// before the change is answered, other replicas hear the number through the control database, and a
// site's pod hears in its own database that there is a new one.
#pragma once

#include "core/outbox/outbox.h"
#include "io/pg/listener.h"
#include "site/runtime.h"

#include <string_view>
#include <vector>

namespace luster::site {

class Invalidation {
public:
    static constexpr std::string_view channel = "generation";
    // In the organization's database. Says nothing but 'look': whoever has the theme role can say
    // it, too.
    static constexpr std::string_view pod_channel = "site";

    Invalidation(Tenants& tenants, Runtime& runtime, pg::Notifier& notifier)
        : tenants_(tenants), runtime_(runtime), notifier_(notifier) {}

    std::vector<outbox::Listener> listeners();
    // What the process's Listener hears: "7:12 9:3", organization and generation.
    void notified(std::string_view payload);

private:
    Task<void> changed(OrgId organization);
    Task<void> tell_pod(OrgId organization);

    Tenants& tenants_;
    Runtime& runtime_;
    pg::Notifier& notifier_;
};

}  // namespace luster::site
