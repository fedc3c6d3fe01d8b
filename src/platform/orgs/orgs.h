// Organizations: the rows of the tree. What provisioning does to them is another feature's.
//
// A slug is given once and for ever; the database decides between two who want it at the same time.
#pragma once

#include "base/messages.h"
#include "base/text_slug.h"
#include "core/access/authenticator.h"
#include "core/api/call.h"
#include "io/clock/clock.h"
#include "io/pg/pg.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace luster::orgs {

enum class ProjectType { website, ecommerce };
BOOST_DESCRIBE_ENUM(ProjectType, website, ecommerce)

// What a site shows of its organization.
struct SiteIdentity {
    std::string name;
    std::string time_zone;
};

// What app joins to a change of the tree: memory that must know it before it is answered, and
// provisioning that begins at once.
struct Hooks {
    std::function<Task<void>(OrgId)> changed;
    std::function<void(OrgId)> provision;
    std::function<Task<void>(OrgId, SiteIdentity)> dress;  // the site, after the answer
};

struct ParentSummary {
    OrgId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(ParentSummary, (), (id, name))

struct Summary {
    OrgId id;
    std::string slug;
    std::string name;
    OrgKind kind;
    OrgStatus status;
    Role role;
    std::string site_url;
    std::optional<ParentSummary> parent;
};
BOOST_DESCRIBE_STRUCT(Summary, (), (id, slug, name, kind, status, role, site_url, parent))

// As this person sees it; empty where it does not exist for them. A parent out of their reach is
// not named.
std::optional<Summary> summary_of(
    const Actor& actor, const Tree& tree, OrgId organization, const api::Places& places
);
// Those that the person is a member of, at most 50; for the platform's own people the root.
std::vector<Summary> memberships_of(
    const Actor& actor, const Tree& tree, const api::Places& places
);

// Who may be above another one: an agency, and the platform, while nobody wants it gone.
struct Parent {
    OrgKind kind;
    OrgStatus status;
};
BOOST_DESCRIBE_STRUCT(Parent, (), (kind, status))
Result<void> check_parent(Parent parent);

struct NewOrganization {
    std::string slug;
    std::string name;
    OrgKind kind = OrgKind::organization;
    std::optional<OrgId> parent;  // none: directly below the platform
    ProjectType project_type = ProjectType::website;
    bool demo = true;
    std::string language = "en";
    std::optional<UserId> owner;
    bool verified = false;  // the owner's address is
};
// The row and what provisioning is to do about it. Refused below a parent that takes no children;
// the parent stays until the transaction ends. A taken slug is a pg::Error that `is_slug_taken`
// knows; the transaction is of no use then.
Task<Result<OrgId>> create(pg::ControlTx& tx, NewOrganization organization, Time now);
bool is_slug_taken(const pg::Error& error);

Task<bool> slug_exists(pg::ControlDb& control, std::string slug);
// `wanted`, or it with a number: free at this moment.
Task<std::string> free_slug(pg::ControlDb& control, std::string wanted);

// Their owner's address is verified now: search engines may come.
Task<std::vector<OrgId>> mark_verified(pg::ControlTx& tx, UserId owner, Time now);
// A sign-up taken over by its real owner.
Task<std::vector<OrgId>> change_owner(pg::ControlTx& tx, UserId from, UserId to, Time now);

Problem slug_problem(std::string pointer, text::SlugFlaw flaw);
Problem slug_taken(std::string pointer);

messages::Source sentences();

}  // namespace luster::orgs
