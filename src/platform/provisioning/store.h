// What provisioning keeps in the control database.
#pragma once

#include "platform/provisioning/org.h"
#include "platform/provisioning/world.h"

namespace luster::provisioning {
struct Lists;
}

namespace luster::provisioning::store {

struct DueRow {
    OrgId organization_id;
    Time due_at;
};
BOOST_DESCRIBE_STRUCT(DueRow, (), (organization_id, due_at))
Task<std::vector<DueRow>> due(pg::ControlDb& control, Time until);

// Nothing where the organization does not exist or nothing is wanted of it.
Task<std::optional<Org>> load(World& world, OrgId organization, const Lists& lists);

// Before anything is made: the address with its sealed passwords (those of an earlier pass stay),
// and, when asked for, a ready spare if there is one.
Task<void> reserve(World& world, Org& org, bool with_spare);

Task<void> write_steps(World& world, Org& org);
// All there, or all gone. False when something else is wanted meanwhile.
Task<bool> finish_birth(World& world, Org& org);
Task<bool> finish_removal(World& world, Org& org);
// Later, and perhaps never again: `due_at` empty is the last failure.
Task<void> put_off(World& world, Org& org, std::optional<Time> due_at, int attempt);

Task<void> record_schema(World& world, OrgId organization, const std::string& digest);

// Spares and templates.
Task<std::int64_t> begin_spare(
    World& world, const std::string& server, const SeedKind& kind, std::optional<OrgId> organization
);
Task<void> spare_made(World& world, std::int64_t spare);
Task<void> retire_spare(World& world, std::int64_t spare);

Task<std::int64_t> count_ready(World& world, const std::string& server, const SeedKind& kind);
// By the one who keeps the server's stock: marks what this release can't use and what a crash left
// half made. A template may be built by anyone: `made_before` spares what others build now.
Task<void> retire_stale(World& world, const std::string& server, Time made_before);
Task<std::optional<std::int64_t>> retired_spare(World& world, const std::string& server);
Task<void> forget_spare(World& world, std::int64_t spare);

Task<std::optional<std::string>> ready_template(
    World& world, const std::string& server, const SeedKind& kind
);
Task<void> begin_template(
    World& world, const std::string& server, const SeedKind& kind, const std::string& database
);
Task<void> template_made(World& world, const std::string& server, const std::string& database);
Task<void> retire_template(World& world, const std::string& server, const std::string& database);
Task<std::optional<std::string>> retired_template(World& world, const std::string& server);
Task<void> forget_template(World& world, const std::string& server, const std::string& database);

}  // namespace luster::provisioning::store
