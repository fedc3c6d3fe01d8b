// Who may do what where. `may` is the one place that compares roles; it also decides, once, between
// "does not exist" and "not for you". What it grants is a Permit: the only key to a tenant's data.
//
// Everything flows down: a role at an agency reaches its descendants, never its ancestors or
// siblings.
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "core/access/tree.h"

#include <boost/describe.hpp>

#include <utility>
#include <vector>

namespace luster {

enum class Role { viewer, editor, client_admin, agency_admin, superadmin };
BOOST_DESCRIBE_ENUM(Role, viewer, editor, client_admin, agency_admin, superadmin)

enum class Right {
    read_content,     // see an organization and what is in it
    edit_content,     // change content, media, menus
    administer,       // settings, users, plugins, domains, billing
    create_children,  // make organizations below this one
    run_platform,     // what only the platform's own people may
};
BOOST_DESCRIBE_ENUM(Right, read_content, edit_content, administer, create_children, run_platform)

constexpr bool implies_reading(Right) {
    return true;
}
constexpr bool implies_editing(Right right) {
    return right != Right::read_content;
}

struct Membership {
    OrgId organization;
    Role role;
    friend bool operator==(const Membership&, const Membership&) = default;
};

// A person as this request knows them.
struct Actor {
    UserId user;
    std::string name;
    bool verified = false;
    bool superadmin = false;
    std::vector<Membership> memberships;
};

// The proof that someone was allowed something, somewhere. Made by `may` alone, lives for one
// request, can be moved and not copied. Other sources of scope are as narrow: see `Permits`.
template <Right R>
class Permit {
public:
    Permit(Permit&&) noexcept = default;
    Permit& operator=(Permit&&) noexcept = default;

    static constexpr Right right = R;
    OrgId organization() const { return organization_; }
    const UserId& user() const { return user_; }
    const std::string& user_name() const { return user_name_; }
    Role role() const { return role_; }

private:
    friend class Permits;
    Permit(OrgId organization, const Actor& actor, Role role)
        : organization_(organization), user_(actor.user), user_name_(actor.name), role_(role) {}

    OrgId organization_;
    UserId user_;
    std::string user_name_;
    Role role_;
};

// The strongest role that the actor has at this organization: one held there, or one that reaches
// down from above. Empty: the organization does not exist for them.
std::optional<Role> role_at(const Actor& actor, const Tree& tree, OrgId organization);

// Of a role and a right alone.
bool grants(Role role, Right right);

class Permits {
public:
    template <Right R>
    static Result<Permit<R>> may(const Actor& actor, const Tree& tree, OrgId organization) {
        auto role = decide(actor, tree, organization, R);
        if (!role) return refuse(std::move(role.error()));
        return Permit<R>(organization, actor, *role);
    }

private:
    static Result<Role> decide(
        const Actor& actor, const Tree& tree, OrgId organization, Right right
    );
};

template <Right R>
Result<Permit<R>> may(const Actor& actor, const Tree& tree, OrgId organization) {
    return Permits::may<R>(actor, tree, organization);
}

}  // namespace luster
