#include "platform/identity/admin.h"

#include "base/crypto.h"
#include "base/crypto_password.h"
#include "base/text_email.h"
#include "platform/identity/passwords.h"

namespace luster::identity {

Task<Result<UserId>> make_user(pg::ControlTx& tx, Random& random, NewUser user, Time now) {
    auto folded = text::fold_email(user.email);
    if (!folded) co_return refuse(invalid_field("/email", {"field_email", {}}));
    auto length_min = user.superadmin ? password_length_min_admin : password_length_min;
    CO_TRY(check_password("/password", user.password, *folded, length_min));
    auto salt = crypto::random_bytes<16>(random);
    User row{
        .id = new_id<UserTag>(now, random),
        .email = user.email,
        .email_folded = *folded,
        .name = user.name,
        .language = user.language,
        .password_hash = crypto::hash_password(user.password, salt),
    };
    if (user.verified || user.superadmin) row.verified_at = now;
    row.superadmin = user.superadmin;
    auto id = row.id;
    try {
        co_await insert_user(tx, std::move(row), now);
    } catch (const pg::Error& error) {
        if (!error.violates("app_user_verified_email")) throw;
        co_return refuse(conflict({"identity_address_taken", {}}));
    }
    co_return id;
}

Result<void> check_place(Role role, OrgKind place) {
    if (role == Role::agency_admin && place != OrgKind::agency)
        return refuse(conflict({"identity_role_of_an_agency", {}}));
    return {};
}

Task<void> set_role(pg::ControlTx& tx, UserId user, OrgId organization, Role role, Time now) {
    return set_membership(tx, user, organization, role, now);
}

}  // namespace luster::identity
