#include "core/api/endpoint.h"

#include <fmt/format.h>

namespace luster::api {

// A birth and a removal close its connections, and nobody is to write between their steps.
Result<void> Call::is_open() const {
    switch (organization_node().status) {
        case OrgStatus::provisioning:
        case OrgStatus::failed:
            return refuse(conflict({"problem_being_set_up", {}}));
        case OrgStatus::deleting:
        case OrgStatus::deleted:
            return refuse(conflict({"problem_being_removed", {}}));
        case OrgStatus::active:
        case OrgStatus::suspended:
            break;
    }
    return {};
}

// What the audit log will say of a change in an organization's database: the route and the address.
void Call::enter_act(TenantTx& tx) const {
    if (!endpoint) return;
    tx.enter(
        fmt::format("{} {}", http::method_name(request.method), endpoint->path),
        std::string(request.path),
        std::string(request.client)
    );
}

}  // namespace luster::api
