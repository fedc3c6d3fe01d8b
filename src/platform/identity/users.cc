#include "platform/identity/users.h"

namespace luster::identity {
namespace {

const pg::ControlQuery<void(
    UserId,
    std::string,
    std::string,
    std::string,
    Language,
    std::string,
    std::optional<Time>,
    bool,
    Time
)>
    insert_row{"identity.insert_user", R"sql(
    INSERT INTO app_user (id, email, email_folded, name, language, password_hash, verified_at, superadmin,
                          created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))sql"};

const pg::ControlQuery<User(UserId)> select_user{"identity.find_user", R"sql(
    SELECT id, email, email_folded, name, language, password_hash, verified_at, superadmin, tour_seen
      FROM app_user WHERE id = $1)sql"};

const pg::ControlQuery<User(UserId)> select_for_update{"identity.lock_user", R"sql(
    SELECT id, email, email_folded, name, language, password_hash, verified_at, superadmin, tour_seen
      FROM app_user WHERE id = $1 FOR UPDATE)sql"};

const pg::ControlQuery<User(std::string)> select_by_email{"identity.find_by_email", R"sql(
    SELECT id, email, email_folded, name, language, password_hash, verified_at, superadmin, tour_seen
      FROM app_user WHERE email_folded = $1
     ORDER BY (verified_at IS NULL), created_at DESC LIMIT 1)sql"};

const pg::ControlQuery<User(std::string)> select_verified{"identity.verified_by_email", R"sql(
    SELECT id, email, email_folded, name, language, password_hash, verified_at, superadmin, tour_seen
      FROM app_user WHERE email_folded = $1 AND verified_at IS NOT NULL)sql"};

const pg::ControlQuery<void(UserId, std::string)> update_password{
    "identity.set_password", "UPDATE app_user SET password_hash = $2 WHERE id = $1"
};

const pg::ControlQuery<void(UserId, Time)> update_verified{"identity.set_verified", R"sql(
    UPDATE app_user SET verified_at = coalesce(verified_at, $2) WHERE id = $1)sql"};

const pg::ControlQuery<
    void(UserId, std::optional<std::string>, std::optional<Language>, std::optional<bool>)>
    update_profile{"identity.edit_profile", R"sql(
    UPDATE app_user SET name = coalesce($2, name), language = coalesce($3, language),
                        tour_seen = coalesce($4, tour_seen)
     WHERE id = $1)sql"};

const pg::ControlQuery<void(UserId)> delete_row{
    "identity.delete_user", "DELETE FROM app_user WHERE id = $1"
};

const pg::ControlQuery<void(UserId, OrgId, Role, Time)> upsert_membership{
    "identity.set_membership", R"sql(
    INSERT INTO membership (user_id, organization_id, role, created_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (user_id, organization_id) DO UPDATE SET role = excluded.role)sql"
};

const pg::ControlQuery<void(UserId, UserId)> copy_memberships{"identity.copy_memberships", R"sql(
    INSERT INTO membership (user_id, organization_id, role, created_at)
    SELECT $2, organization_id, role, created_at FROM membership WHERE user_id = $1
    ON CONFLICT (user_id, organization_id) DO NOTHING)sql"};

const pg::ControlQuery<void(UserId)> delete_memberships{
    "identity.delete_memberships", "DELETE FROM membership WHERE user_id = $1"
};

const pg::ControlQuery<UserId(UserId)> select_admin{"identity.is_admin_somewhere", R"sql(
    SELECT id FROM app_user
     WHERE id = $1 AND (superadmin OR EXISTS (SELECT FROM membership
                                               WHERE user_id = $1 AND role = 'agency_admin')))sql"};

}  // namespace

Task<void> insert_user(pg::ControlTx& tx, User user, Time now) {
    co_await tx.run(
        insert_row,
        user.id,
        user.email,
        user.email_folded,
        user.name,
        user.language,
        user.password_hash,
        user.verified_at,
        user.superadmin,
        now
    );
}

Task<std::optional<User>> find_user(pg::ControlDb& control, UserId id) {
    return control.maybe_one(select_user, id);
}

Task<std::optional<User>> lock_user(pg::ControlTx& tx, UserId id) {
    return tx.maybe_one(select_for_update, id);
}

Task<std::optional<User>> find_by_email(pg::ControlDb& control, std::string email_folded) {
    return control.maybe_one(select_by_email, email_folded);
}

Task<std::optional<User>> verified_by_email(pg::ControlDb& control, std::string email_folded) {
    return control.maybe_one(select_verified, email_folded);
}

bool owns_address_of(const std::optional<User>& owner, const User& provisional) {
    return owner && owner->verified_at && owner->email_folded == provisional.email_folded;
}

Task<void> set_password(pg::ControlTx& tx, UserId id, std::string password_hash) {
    co_await tx.run(update_password, id, password_hash);
}

Task<bool> set_verified(pg::ControlTx& tx, UserId id, Time now) {
    try {
        co_await tx.run(update_verified, id, now);
        co_return true;
    } catch (const pg::Error& error) {
        if (!error.violates("app_user_verified_email")) throw;
    }
    co_return false;
}

Task<void> edit_profile(pg::ControlTx& tx, UserId id, ProfileEdit edit) {
    co_await tx.run(update_profile, id, edit.name, edit.language, edit.tour_seen);
}

Task<void> delete_user(pg::ControlTx& tx, UserId id) {
    co_await tx.run(delete_row, id);
}

Task<void> set_membership(pg::ControlTx& tx, UserId id, OrgId organization, Role role, Time now) {
    co_await tx.run(upsert_membership, id, organization, role, now);
}

Task<void> move_memberships(pg::ControlTx& tx, UserId from, UserId to) {
    co_await tx.run(copy_memberships, from, to);
    co_await tx.run(delete_memberships, from);
}

Task<bool> is_admin_somewhere(pg::ControlDb& control, UserId id) {
    auto found = co_await control.maybe_one(select_admin, id);
    co_return found.has_value();
}

}  // namespace luster::identity
