#include "platform/orgs/orgs.h"

#include "platform/provisioning/provisioning.h"

#include <fmt/format.h>

#include <algorithm>

namespace luster::orgs {
namespace {

constexpr char sentences_en[] = {
#embed "messages/en.json"
};
constexpr char sentences_de[] = {
#embed "messages/de.json"
};

constexpr std::size_t memberships_max = 50;
constexpr int numbered_max = 20;

// The id is drawn first, since the path ends with it.
const pg::ControlQuery<OrgId()> next_id{
    "orgs.next_id", "SELECT nextval(pg_get_serial_sequence('organization', 'id'))"
};

// The lock is against a removal: whoever comes second sees what the first has done.
const pg::ControlQuery<Parent(OrgId)> hold_parent{"orgs.hold_parent", R"sql(
    SELECT kind, status FROM organization WHERE id = $1 FOR SHARE)sql"};

// Without a parent: below the platform.
const pg::ControlQuery<OrgId(
    OrgId,
    std::string,
    std::string,
    OrgKind,
    std::optional<OrgId>,
    ProjectType,
    bool,
    std::string,
    std::optional<UserId>,
    std::optional<Time>,
    Time
)>
    insert_organization{"orgs.create", R"sql(
    INSERT INTO organization (id, slug, name, kind, parent_id, path, project_type, demo, language,
                              time_zone, currency, region, server, store, owner_user, verified_at,
                              created_at, updated_at)
    SELECT $1::bigint, $2, $3, $4, parent.id, parent.path || '.' || ($1::bigint)::text, $6, $7, $8,
           parent.time_zone, parent.currency, parent.region, parent.server, parent.store, $9, $10,
           $11, $11
      FROM organization parent
     WHERE CASE WHEN $5::bigint IS NULL THEN parent.kind = 'platform' ELSE parent.id = $5 END
    RETURNING id)sql"};

const pg::ControlQuery<std::string(std::vector<std::string>)> existing_slugs{
    "orgs.existing_slugs", R"sql(
    SELECT slug FROM organization
     WHERE slug = ANY ($1) AND (status <> 'deleted' OR verified_at IS NOT NULL))sql"
};

const pg::ControlQuery<OrgId(UserId, Time)> verify_organizations{"orgs.mark_verified", R"sql(
    UPDATE organization SET verified_at = $2, updated_at = $2
     WHERE owner_user = $1 AND verified_at IS NULL RETURNING id)sql"};

const pg::ControlQuery<OrgId(UserId, UserId, Time)> hand_over{"orgs.change_owner", R"sql(
    UPDATE organization SET owner_user = $2, verified_at = coalesce(verified_at, $3), updated_at = $3
     WHERE owner_user = $1 RETURNING id)sql"};

std::vector<std::string> numbered(const std::string& slug) {
    std::vector<std::string> candidates{slug};
    for (int i = 2; i <= numbered_max; ++i) candidates.push_back(text::numbered_slug(slug, i));
    return candidates;
}

}  // namespace

std::optional<Summary> summary_of(
    const Actor& actor, const Tree& tree, OrgId organization, const api::Places& places
) {
    const auto* node = tree.find(organization);
    auto role = role_at(actor, tree, organization);
    if (!node || !role || node->status == OrgStatus::deleted) return std::nullopt;
    Summary summary{
        node->id,
        node->slug,
        node->name,
        node->kind,
        node->status,
        *role,
        places.site(node->slug),
        std::nullopt
    };
    if (node->parent && role_at(actor, tree, *node->parent)) {
        if (const auto* parent = tree.find(*node->parent)) {
            summary.parent = ParentSummary{parent->id, parent->name};
        }
    }
    return summary;
}

std::vector<Summary> memberships_of(
    const Actor& actor, const Tree& tree, const api::Places& places
) {
    std::vector<OrgId> held;
    for (const auto& membership : actor.memberships) held.push_back(membership.organization);
    if (held.empty() && actor.superadmin) {
        for (const auto& [id, node] : tree.nodes()) {
            if (!node.parent) held.push_back(id);
        }
    }
    std::vector<Summary> summaries;
    for (auto organization : held) {
        if (summaries.size() >= memberships_max) break;
        if (auto summary = summary_of(actor, tree, organization, places)) {
            summaries.push_back(std::move(*summary));
        }
    }
    std::ranges::sort(summaries, {}, [](const Summary& summary) { return summary.id; });
    return summaries;
}

Result<void> check_parent(Parent parent) {
    if (parent.kind == OrgKind::organization) return refuse(conflict({"orgs_not_an_agency", {}}));
    if (parent.status == OrgStatus::deleting || parent.status == OrgStatus::deleted)
        return refuse(conflict({"orgs_parent_is_going", {}}));
    return {};
}

Task<Result<OrgId>> create(pg::ControlTx& tx, NewOrganization organization, Time now) {
    if (organization.parent)
        CO_TRY(check_parent(co_await tx.one(hold_parent, *organization.parent)));
    auto id = co_await tx.one(next_id);
    std::optional<Time> verified_at;
    if (organization.verified) verified_at = now;
    co_await tx.one(
        insert_organization,
        id,
        organization.slug,
        organization.name,
        organization.kind,
        organization.parent,
        organization.project_type,
        organization.demo,
        organization.language,
        organization.owner,
        verified_at,
        now
    );
    co_await provisioning::want_present(tx, id, now);
    co_return id;
}

bool is_slug_taken(const pg::Error& error) {
    return error.violates("organization_slug_taken");
}

Task<bool> slug_exists(pg::ControlDb& control, std::string slug) {
    auto found = co_await control.all(existing_slugs, std::vector<std::string>{slug});
    co_return !found.empty();
}

Task<std::string> free_slug(pg::ControlDb& control, std::string wanted) {
    auto candidates = numbered(wanted);
    auto taken = co_await control.all(existing_slugs, candidates);
    for (const auto& candidate : candidates) {
        if (std::ranges::find(taken, candidate) == taken.end() && !text::slug_flaw(candidate)) {
            co_return candidate;
        }
    }
    co_return text::numbered_slug(wanted, static_cast<int>(taken.size()) * 7919);
}

Task<std::vector<OrgId>> mark_verified(pg::ControlTx& tx, UserId owner, Time now) {
    return tx.all(verify_organizations, owner, now);
}

Task<std::vector<OrgId>> change_owner(pg::ControlTx& tx, UserId from, UserId to, Time now) {
    return tx.all(hand_over, from, to, now);
}

Problem slug_problem(std::string pointer, text::SlugFlaw flaw) {
    switch (flaw) {
        case text::SlugFlaw::reserved:
            return invalid_field(std::move(pointer), {"field_slug_reserved", {}});
        case text::SlugFlaw::lookalike:
            return invalid_field(std::move(pointer), {"field_slug_lookalike", {}});
        case text::SlugFlaw::invalid:
            break;
    }
    return invalid_field(std::move(pointer), {"field_slug_invalid", {}});
}

Problem slug_taken(std::string pointer) {
    return invalid_field(std::move(pointer), {"field_slug_taken", {}});
}

messages::Source sentences() {
    return {"orgs", {sentences_en, sizeof sentences_en}, {sentences_de, sizeof sentences_de}};
}

}  // namespace luster::orgs
