// What the command line may do to people: it stands outside of rights, on the machine itself.
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "io/clock/clock.h"
#include "platform/identity/users.h"

namespace luster::identity {

struct NewUser {
    std::string email;
    std::string name;
    Secret password;
    Language language = Language::en;
    bool superadmin = false;  // then verified, too
    bool verified = false;
};

// Hashes the password on the spot: not for a server's loop. An address that a verified user has is
// refused for another verified one.
Task<Result<UserId>> make_user(pg::ControlTx& tx, Random& random, NewUser user, Time now);
// Where a role may be held: the one that reaches down, at an agency alone.
Result<void> check_place(Role role, OrgKind place);
Task<void> set_role(pg::ControlTx& tx, UserId user, OrgId organization, Role role, Time now);

}  // namespace luster::identity
