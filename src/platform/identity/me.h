// The person as the panel shows them: who they are, what they belong to, how the product is
// dressed.
#pragma once

#include "core/api/call.h"
#include "platform/identity/users.h"
#include "platform/orgs/orgs.h"

namespace luster::identity {

// Dress of the product; white label brings more of it later.
struct Branding {
    std::string app_name = "Luster";
    std::string accent = "#2f5d50";
    std::optional<std::string> logo_url;
    std::optional<std::string> support_email;
};
BOOST_DESCRIBE_STRUCT(Branding, (), (app_name, accent, logo_url, support_email))

enum class PlatformRole { superadmin };
BOOST_DESCRIBE_ENUM(PlatformRole, superadmin)

struct UserView {
    UserId id;
    std::string name;
    std::string email;
    bool verified;
    Language language;
    bool tour_seen;
    std::optional<PlatformRole> role;
};
BOOST_DESCRIBE_STRUCT(UserView, (), (id, name, email, verified, language, tour_seen, role))

struct Me {
    UserView user;
    std::string csrf_token;
    Branding branding;
    std::vector<orgs::Summary> organizations;
    std::optional<std::string> organization;  // slug of where to land
};
BOOST_DESCRIBE_STRUCT(Me, (), (user, csrf_token, branding, organizations, organization))

Me me_of(
    const User& user,
    const Actor& actor,
    const Tree& tree,
    std::string csrf_token,
    const api::Places& places,
    const Branding& branding
);

}  // namespace luster::identity
