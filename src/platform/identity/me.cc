#include "platform/identity/me.h"

namespace luster::identity {

Me me_of(
    const User& user,
    const Actor& actor,
    const Tree& tree,
    std::string csrf_token,
    const api::Places& places,
    const Branding& branding
) {
    Me me{
        {user.id,
         user.name,
         user.email,
         user.verified_at.has_value(),
         user.language,
         user.tour_seen,
         std::nullopt},
        std::move(csrf_token),
        branding,
        orgs::memberships_of(actor, tree, places),
        std::nullopt
    };
    if (user.superadmin) me.user.role = PlatformRole::superadmin;
    if (!me.organizations.empty()) me.organization = me.organizations.front().slug;
    return me;
}

}  // namespace luster::identity
