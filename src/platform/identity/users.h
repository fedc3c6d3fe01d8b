// The rows of people. An address is unique among verified users only, so one address may have
// several rows: at most one of them is verified.
#pragma once

#include "base/language.h"
#include "core/access/access.h"
#include "io/pg/pg.h"

#include <optional>
#include <string>

namespace luster::identity {

struct User {
    UserId id;
    std::string email{};
    std::string email_folded{};
    std::string name{};
    Language language = Language::en;
    std::string password_hash{};
    std::optional<Time> verified_at{};
    bool superadmin = false;
    bool tour_seen = false;
};
BOOST_DESCRIBE_STRUCT(
    User,
    (),
    (id, email, email_folded, name, language, password_hash, verified_at, superadmin, tour_seen)
)

Task<void> insert_user(pg::ControlTx& tx, User user, Time now);
Task<std::optional<User>> find_user(pg::ControlDb& control, UserId id);
Task<std::optional<User>> lock_user(pg::ControlTx& tx, UserId id);
// The verified user of an address, else the newest unverified one.
Task<std::optional<User>> find_by_email(pg::ControlDb& control, std::string email_folded);
Task<std::optional<User>> verified_by_email(pg::ControlDb& control, std::string email_folded);

// Who has proved to own the address that another only claims.
bool owns_address_of(const std::optional<User>& owner, const User& provisional);

Task<void> set_password(pg::ControlTx& tx, UserId id, std::string password_hash);
// False when another user has verified the same address first; the transaction is of no use then.
Task<bool> set_verified(pg::ControlTx& tx, UserId id, Time now);
struct ProfileEdit {
    std::optional<std::string> name;
    std::optional<Language> language;
    std::optional<bool> tour_seen;
};
Task<void> edit_profile(pg::ControlTx& tx, UserId id, ProfileEdit edit);
Task<void> delete_user(pg::ControlTx& tx, UserId id);

// A role at a place; an earlier one there is replaced.
Task<void> set_membership(pg::ControlTx& tx, UserId id, OrgId organization, Role role, Time now);
// Roles move from one user to another; where that one has a role already, theirs stays.
Task<void> move_memberships(pg::ControlTx& tx, UserId from, UserId to);
// The strongest needed length of a password: admins need a longer one.
Task<bool> is_admin_somewhere(pg::ControlDb& control, UserId id);

}  // namespace luster::identity
