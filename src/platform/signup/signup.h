// Registration: a person, their organization and the wish for its provisioning, in one transaction.
//
// A taken address gets the very same answer as a free one: a new, unverified user with its
// organization. Which mail goes out is decided afterwards, by a job. Whoever is never verified is
// removed after two weeks.
#pragma once

#include "core/api/endpoint.h"
#include "platform/identity/identity.h"

namespace luster::signup {

struct Utm {
    std::optional<Text<0, 200>> source;
    std::optional<Text<0, 200>> medium;
    std::optional<Text<0, 200>> campaign;
    std::optional<Text<0, 200>> term;
    std::optional<Text<0, 200>> content;
};
BOOST_DESCRIBE_STRUCT(Utm, (), (source, medium, campaign, term, content))

struct NewSite {
    Text<1, 100> name;
    Text<1, 100> slug;  // judged as a slug, with its own sentences
    orgs::ProjectType project_type;
    bool demo;
    Language language;
};
BOOST_DESCRIBE_STRUCT(NewSite, (), (name, slug, project_type, demo, language))

struct SignUpRequest {
    Text<1, 100> name;
    identity::Email email;
    identity::Password password;
    NewSite organization;
    std::optional<Utm> utm;
};
BOOST_DESCRIBE_STRUCT(SignUpRequest, (), (name, email, password, organization, utm))

struct CheckSlug {
    Text<1, 100> slug;
};
BOOST_DESCRIBE_STRUCT(CheckSlug, (), (slug))

// The token of the mail 'you already have an account'.
struct Disown {
    Text<1, 100> token;
};
BOOST_DESCRIBE_STRUCT(Disown, (), (token))

enum class SlugReason { taken, reserved, invalid, lookalike };
BOOST_DESCRIBE_ENUM(SlugReason, taken, reserved, invalid, lookalike)

struct SlugView {
    std::string slug;
    bool free;
    std::optional<SlugReason> reason;
    std::optional<std::string> suggestion;
    std::string address;  // host of the site
};
BOOST_DESCRIBE_STRUCT(SlugView, (), (slug, free, reason, suggestion, address))

// After a sign-up: which mail, and what happens when nobody answers it.
struct SignedUp {
    UserId user;
    OrgId organization;
};
BOOST_DESCRIBE_STRUCT(SignedUp, (), (user, organization))
inline constexpr jobs::Name<SignedUp> welcome_job{"signup.welcome"};
inline constexpr jobs::Name<SignedUp> expire_job{"signup.expire"};
constexpr Duration unverified_max = std::chrono::days(14);

class Signup {
public:
    explicit Signup(identity::Identity& identity) : identity_(identity) {}

    std::vector<api::Endpoint> endpoints();
    std::vector<jobs::Kind> jobs();

private:
    struct Checked {
        identity::User user;
        Secret password;
        orgs::NewOrganization organization;
        std::string utm;
    };

    Task<Result<SlugView>> check_slug(api::Call&, api::Public, CheckSlug);
    Task<Result<api::Created<identity::Me>>> sign_up(api::Call&, api::Public, SignUpRequest);

    Task<Result<api::NoContent>> disown(api::Call&, api::SignedIn, Disown);

    Task<Result<Checked>> check(api::Call& call, SignUpRequest request);
    Task<Result<OrgId>> write(pg::ControlTx& tx, api::Call& call, Checked checked);
    Task<Result<api::Created<identity::Me>>> once_more(
        api::Call& call, std::string_view answer, Secret password
    );

    Task<jobs::Outcome> welcome(jobs::Scope& scope, SignedUp signed_up);
    Task<jobs::Outcome> expire(jobs::Scope& scope, SignedUp signed_up);
    Task<void> undo(pg::ControlTx tx, SignedUp signed_up, Time now);

    identity::Identity& identity_;
};

messages::Source sentences();

}  // namespace luster::signup
