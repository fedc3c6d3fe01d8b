// Where a sign-up came from.
#pragma once

#include "io/pg/pg.h"

#include <optional>
#include <string>

namespace luster::signup::store {

struct Origin {
    OrgId organization;
    UserId user;
    std::string utm;  // JSON
    std::string address;
    std::string user_agent;
};

Task<void> insert(pg::ControlTx& tx, Origin origin, Time now);
Task<std::optional<OrgId>> organization_of(pg::ControlTx& tx, UserId user);
Task<std::optional<std::string>> organization_name(pg::ControlDb& control, OrgId organization);

}  // namespace luster::signup::store
