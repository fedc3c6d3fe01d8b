// The audit log, in the control database: who did what, where. A control transaction that changes
// anything enters it before its commit; a change in a tenant's database arrives by an event.
#pragma once

#include "base/ids.h"
#include "base/time.h"
#include "io/pg/pg.h"

#include <optional>
#include <string>

namespace luster::audit {

struct Entry {
    std::optional<OrgId> organization{};  // where; none for what is a person's own
    std::optional<UserId> user{};         // none: the server itself
    std::string user_name{};
    std::string action{};        // "session.create", "page.publish"
    std::string target{};        // id of what was changed
    std::string details = "{}";  // JSON; never a secret
    std::string address{};       // of the client
};

// What an operator does at the command line.
struct Act {
    EventId id;
    std::string by;
    std::string action;
};
Task<void> enter(
    pg::ControlTx& tx, Act act, std::optional<OrgId> organization, std::string target, Time at
);

// Once by `id`: an event that is delivered again leaves no second entry.
Task<void> enter(pg::ControlTx& tx, EventId id, Time at, Entry entry);

}  // namespace luster::audit
