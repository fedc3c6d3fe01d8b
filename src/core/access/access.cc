#include "core/access/access.h"

#include <algorithm>

namespace luster {
namespace {

bool reaches_down(Role role) {
    return role == Role::agency_admin || role == Role::superadmin;
}

}  // namespace

std::optional<Role> role_at(const Actor& actor, const Tree& tree, OrgId organization) {
    const auto* node = tree.find(organization);
    if (!node || node->status == OrgStatus::deleted) return std::nullopt;
    if (actor.superadmin) return Role::superadmin;
    std::optional<Role> strongest;
    for (const auto* at = node; at; at = at->parent ? tree.find(*at->parent) : nullptr) {
        for (const auto& membership : actor.memberships) {
            if (membership.organization != at->id) continue;
            if (at != node && !reaches_down(membership.role)) continue;
            strongest = std::max(strongest.value_or(Role::viewer), membership.role);
        }
    }
    return strongest;
}

bool grants(Role role, Right right) {
    switch (right) {
        case Right::read_content:
            return true;
        case Right::edit_content:
            return role >= Role::editor;
        case Right::administer:
            return role >= Role::client_admin;
        case Right::create_children:
            return role >= Role::agency_admin;
        case Right::run_platform:
            return role == Role::superadmin;
    }
    return false;
}

Result<Role> Permits::decide(
    const Actor& actor, const Tree& tree, OrgId organization, Right right
) {
    auto role = role_at(actor, tree, organization);
    if (!role) return refuse(not_found("organization"));
    if (!grants(*role, right)) return refuse(forbidden());
    return *role;
}

}  // namespace luster
