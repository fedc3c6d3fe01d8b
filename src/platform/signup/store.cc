#include "platform/signup/store.h"

namespace luster::signup::store {
namespace {

const pg::ControlQuery<void(OrgId, UserId, pg::Json, std::string, std::string, Time)> insert_signup{
    "signup.insert", R"sql(
    INSERT INTO signup (organization_id, user_id, utm, address, user_agent, created_at)
    VALUES ($1, $2, $3, $4, $5, $6))sql"
};

const pg::ControlQuery<std::string(OrgId)> select_name{
    "signup.organization_name", "SELECT name FROM organization WHERE id = $1"
};

const pg::ControlQuery<OrgId(UserId)> select_organization{
    "signup.organization_of", "SELECT organization_id FROM signup WHERE user_id = $1"
};

// What a browser calls itself is bytes; the table takes text.
std::string printable(std::string text) {
    for (char& c : text) {
        if (c < 0x20 || c == 0x7f) c = '?';
    }
    return text;
}

}  // namespace

Task<void> insert(pg::ControlTx& tx, Origin origin, Time now) {
    co_await tx.run(
        insert_signup,
        origin.organization,
        origin.user,
        pg::Json{origin.utm},
        printable(origin.address),
        printable(origin.user_agent),
        now
    );
}

Task<std::optional<OrgId>> organization_of(pg::ControlTx& tx, UserId user) {
    return tx.maybe_one(select_organization, user);
}

Task<std::optional<std::string>> organization_name(pg::ControlDb& control, OrgId organization) {
    return control.maybe_one(select_name, organization);
}

}  // namespace luster::signup::store
