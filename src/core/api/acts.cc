#include "core/api/endpoint.h"

#include <fmt/format.h>

namespace luster::api {

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
