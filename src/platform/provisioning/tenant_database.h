// An organization's database and its two roles on a PostgreSQL server: the statements of a birth
// and of a removal. All run as `luster_births`, whose rights over them come from being a member of
// both roles.
#pragma once

#include "base/secret.h"
#include "io/pg/births.h"
#include "platform/provisioning/names.h"

#include <optional>
#include <string>

namespace luster::provisioning {

struct TenantNames {
    std::string database, owner, theme;
};

struct Found {
    std::optional<std::string> owner;  // of the database; empty: there is none
    bool valid = true;                 // false: a DROP was cut off, nobody can connect any more
    bool owner_role = false;
    bool theme_role = false;
};
Task<Found> look(pg::Births& births, const TenantNames& names);

enum class Renaming { done, spare_gone, spare_in_use };
// Gives a spare its name, its owner and its passwords, in one transaction.
Task<Renaming> rename_spare(
    pg::Births& births,
    const SpareNames& spare,
    const TenantNames& names,
    const Secret& owner_password,
    const Secret& theme_password
);

// Puts roles, passwords and rights right where the database is there but not from this very moment.
Task<void> set_roles(
    pg::Births& births,
    const TenantNames& names,
    const Found& found,
    const Secret& owner_password,
    const Secret& theme_password
);

// Does nothing where it is gone. Waits for PostgreSQL's checkpoint: seconds, or tens of them.
Task<void> drop_database(pg::Births& births, const TenantNames& names);
Task<void> drop_roles(pg::Births& births, const TenantNames& names);

}  // namespace luster::provisioning
