#include "core/audit/audit.h"

namespace luster::audit {
namespace {

const pg::ControlQuery<void(
    EventId,
    std::optional<OrgId>,
    Time,
    std::optional<UserId>,
    std::string,
    std::string,
    std::string,
    pg::Json,
    std::string
)>
    insert_entry{"audit.enter", R"sql(
    INSERT INTO audit_entry (id, organization_id, at, user_id, user_name, action, target, details, address)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (id) DO NOTHING)sql"};

}  // namespace

Task<void> enter(pg::ControlTx& tx, EventId id, Time at, Entry entry) {
    co_await tx.run(
        insert_entry,
        id,
        entry.organization,
        at,
        entry.user,
        entry.user_name,
        entry.action,
        entry.target,
        pg::Json{entry.details},
        entry.address
    );
}

Task<void> enter(
    pg::ControlTx& tx, Act act, std::optional<OrgId> organization, std::string target, Time at
) {
    Entry entry{.organization = organization, .user_name = std::move(act.by)};
    entry.action = std::move(act.action);
    entry.target = std::move(target);
    return enter(tx, act.id, at, std::move(entry));
}

}  // namespace luster::audit
