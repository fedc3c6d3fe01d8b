// Organizations over HTTP.
#pragma once

#include "core/api/endpoint.h"
#include "core/jobs/worker.h"
#include "platform/orgs/orgs.h"
#include "platform/orgs/store.h"

namespace luster::orgs {

struct ListOrganizations {
    std::optional<Text<0, 100>> search;
    std::optional<api::PageSize> limit;
    std::optional<Text<1, 600>> cursor;
};
BOOST_DESCRIBE_STRUCT(ListOrganizations, (), (search, limit, cursor))

struct ShowOrganization {};
BOOST_DESCRIBE_STRUCT(ShowOrganization, (), ())

struct EditOrganization {
    std::optional<Text<1, 100>> name;
    std::optional<Text<1, 64>> time_zone;
    api::IfMatch if_match;
};
BOOST_DESCRIBE_STRUCT(EditOrganization, (), (name, time_zone, if_match))

enum class ChildKind { organization, agency };
BOOST_DESCRIBE_ENUM(ChildKind, organization, agency)

struct CreateChild {
    Text<1, 100> name;
    Text<1, 100> slug;  // judged as a slug, with its own sentences
    std::optional<ChildKind> kind;
    ProjectType project_type;
    bool demo;
    Language language;
};
BOOST_DESCRIBE_STRUCT(CreateChild, (), (name, slug, kind, project_type, demo, language))

struct May {
    bool edit;
    bool administer;
    bool create_children;
};
BOOST_DESCRIBE_STRUCT(May, (), (edit, administer, create_children))

struct OrganizationView {
    OrgId id;
    std::string slug;
    std::string name;
    OrgKind kind;
    OrgStatus status;
    Role role;
    std::string site_url;
    std::optional<ParentSummary> parent;
    ProjectType project_type;
    std::string language;
    std::vector<std::string> languages;
    std::string time_zone;
    std::string currency;
    Time created_at;
    bool verified;
    May may;
};
BOOST_DESCRIBE_STRUCT(
    OrganizationView,
    (),
    (id,
     slug,
     name,
     kind,
     status,
     role,
     site_url,
     parent,
     project_type,
     language,
     languages,
     time_zone,
     currency,
     created_at,
     verified,
     may)
)

class Organizations {
public:
    Organizations(pg::ControlDb& control, jobs::Bell& bell, Hooks hooks)
        : control_(control), bell_(bell), hooks_(std::move(hooks)) {}

    std::vector<api::Endpoint> endpoints();
    std::vector<jobs::Kind> jobs();

private:
    Task<Result<api::Listing<Summary>>> list(api::Call&, api::SignedIn, ListOrganizations);
    Task<Result<api::Tagged<OrganizationView>>> show(
        api::Call&, Permit<Right::read_content>, ShowOrganization
    );
    Task<Result<api::Tagged<OrganizationView>>> edit(
        api::Call&, Permit<Right::administer>, EditOrganization
    );
    Task<Result<api::Created<OrganizationView>>> create_child(
        api::Call&, Permit<Right::create_children>, CreateChild
    );

    OrganizationView view_of(const api::Call& call, const Tree& tree, const Row& row) const;
    // The site takes over what its organization is called now, whichever edit that came from.
    Task<jobs::Outcome> dress_site(jobs::Scope& scope, api::Empty);

    pg::ControlDb& control_;
    jobs::Bell& bell_;
    Hooks hooks_;
};

}  // namespace luster::orgs
