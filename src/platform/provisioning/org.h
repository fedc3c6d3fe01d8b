// An organization as provisioning sees it during one pass.
#pragma once

#include "base/secret.h"
#include "platform/provisioning/names.h"
#include "platform/provisioning/progress.h"

#include <memory>
#include <optional>
#include <string>

namespace luster::provisioning {

// The row that a pass begins with: what is wanted, and what was already decided for it.
struct OrgRow {
    OrgId id;
    std::string slug;
    std::string name;
    std::string project_type;
    bool demo = false;
    std::string language;
    std::string time_zone;
    std::string server;
    std::string store;
    std::string status;
    std::string wanted;
    std::int32_t attempt = 0;
    std::optional<Time> due_at;
    std::optional<std::string> owner_password;  // sealed
    std::optional<std::string> theme_password;
    std::optional<std::int64_t> spare;
    std::optional<std::string> spare_state;
    std::optional<std::string> schema_digest;
};
BOOST_DESCRIBE_STRUCT(
    OrgRow,
    (),
    (id,
     slug,
     name,
     project_type,
     demo,
     language,
     time_zone,
     server,
     store,
     status,
     wanted,
     attempt,
     due_at,
     owner_password,
     theme_password,
     spare,
     spare_state,
     schema_digest)
)

struct Org {
    OrgRow row;
    Steps steps;
    std::optional<Secret> owner_password{};
    std::optional<Secret> theme_password{};
    // This pass gave the database its name: it has come from a current template a moment ago, so
    // nothing in it needs a second look.
    bool just_born = false;
    bool schema_recorded = false;  // the fleet's copy is to be written with the end of the pass

    OrgId id() const { return row.id; }
    SeedKind kind() const { return {row.project_type, row.demo}; }
    std::string database() const { return database_name(row.slug); }
    std::string bucket() const { return s3::media_bucket(row.id); }
    pg::Address owner() const {
        return {row.server, database(), owner_role(row.id), *owner_password};
    }
    pg::Address theme() const {
        return {row.server, database(), theme_role(row.id), *theme_password};
    }
};

}  // namespace luster::provisioning
