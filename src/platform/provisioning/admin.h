// What `luster admin orgs …` does, as plain functions. An organization is named by its slug or as
// `org_7`.
#pragma once

#include "base/result.h"
#include "core/access/tree.h"
#include "core/audit/audit.h"
#include "platform/provisioning/provisioning.h"

#include <boost/describe.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace luster::provisioning::admin {

// The root of the tree, with a site of its own like every other node. Does nothing where it is.
Task<OrgId> ensure_platform(
    pg::ControlDb& control, std::string name, std::string language, Time now
);

struct Line {
    OrgId id;
    std::string slug;
    std::string name;
    OrgKind kind = OrgKind::organization;
    OrgStatus status = OrgStatus::provisioning;
    std::string path;
    std::string server;
    Time created_at;
};
BOOST_DESCRIBE_STRUCT(Line, (), (id, slug, name, kind, status, path, server, created_at))
// Those whose slug or name holds the words, in the order of the tree; removed ones only when asked
// for.
Task<std::vector<Line>> list(pg::ControlDb& control, std::string words, bool removed);

struct Details {
    Line organization;
    std::optional<std::string> database;
    std::optional<std::string> owner_role;
    std::optional<std::string> theme_role;
    std::optional<std::string> schema_digest;
    std::optional<std::string> wanted;  // "present" or "absent"; none: nothing to do, ever
    std::optional<Time> due_at;         // none: at rest
    std::optional<std::int32_t> attempt;
    std::string site_url;
    std::vector<StepRow> steps;
    // What keeps its owner out of its database ("missing", where it was dropped by hand).
    std::optional<std::string> database_fault;
};
BOOST_DESCRIBE_STRUCT(
    Details,
    (),
    (organization,
     database,
     owner_role,
     theme_role,
     schema_digest,
     wanted,
     due_at,
     attempt,
     site_url,
     steps,
     database_fault)
)
Task<Result<Details>> show(pg::ControlDb& control, Desk& desk, std::string organization);
Task<std::optional<std::string>> database_fault(
    const pg::Servers& servers, const pg::Address& owner
);

// Walks all steps again and repairs what is missing; also of one that is active.
Task<Result<OrgId>> provision(
    pg::ControlDb& control, Desk& desk, std::string organization, audit::Act act, Time now
);
// After the last attempt has failed.
Task<Result<OrgId>> retry(
    pg::ControlDb& control, Desk& desk, std::string organization, audit::Act act, Time now
);
struct Removal {
    OrgId organization;
    bool over = false;  // it was gone before
};
// Ends it, with all that it owns, without the time to think it over.
Task<Result<Removal>> remove_now(
    pg::ControlDb& control, Desk& desk, std::string organization, audit::Act act, Time now
);

// Until nothing is left to do or `limit` has passed; says whether the end is a good one: active, or
// gone. `told` hears of each change.
Task<bool> wait_for_rest(
    Desk& desk,
    pg::ControlDb& control,
    OrgId organization,
    std::chrono::milliseconds limit,
    std::function<void(const View&)> told
);

}  // namespace luster::provisioning::admin
