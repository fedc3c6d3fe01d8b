#include "platform/provisioning/tenant_database.h"

#include "io/faults.h"
#include "io/pg/scram.h"

#include <fmt/format.h>

#include <chrono>

namespace luster::provisioning {
namespace {

using pg::identifier;
using pg::literal;

constexpr int connections_max = 20;  // of each role

std::string verifier(const Secret& password) {
    return literal(pg::scram_verifier(password));
}

}  // namespace

Task<Found> look(pg::Births& births, const TenantNames& names) {
    auto rows = co_await births.rows(fmt::format(
        "SELECT (SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = {0}),"
        " COALESCE((SELECT datconnlimit <> -2 FROM pg_database WHERE datname = {0}), true),"
        " EXISTS (SELECT FROM pg_roles WHERE rolname = {1}), EXISTS (SELECT FROM pg_roles WHERE "
        "rolname = {2})",
        literal(names.database),
        literal(names.owner),
        literal(names.theme)
    ));
    auto& row = rows.at(0);
    co_return Found{row.at(0), row.at(1) == "t", row.at(2) == "t", row.at(3) == "t"};
}

// Owners and rights are kept by number, so nothing inside the database is touched. A session open
// in the spare would hold the rename up for five seconds; the timeout ends that, and the next spare
// is taken.
Task<Renaming> rename_spare(
    pg::Births& births,
    const SpareNames& spare,
    const TenantNames& names,
    const Secret& owner_password,
    const Secret& theme_password
) {
    auto sql = fmt::format(
        "SET LOCAL statement_timeout = '300ms';"
        "ALTER ROLE {spare_owner} RENAME TO {owner}; ALTER ROLE {spare_theme} RENAME TO {theme};"
        "ALTER ROLE {owner} PASSWORD {owner_password}; ALTER ROLE {theme} PASSWORD "
        "{theme_password};"
        "ALTER DATABASE {spare} RENAME TO {database}; ALTER DATABASE {database} ALLOW_CONNECTIONS "
        "true;"
        "ALTER DATABASE {database} OWNER TO {owner}",
        fmt::arg("spare_owner", identifier(spare.owner)),
        fmt::arg("spare_theme", identifier(spare.theme)),
        fmt::arg("spare", identifier(spare.database)),
        fmt::arg("owner", identifier(names.owner)),
        fmt::arg("theme", identifier(names.theme)),
        fmt::arg("database", identifier(names.database)),
        fmt::arg("owner_password", verifier(owner_password)),
        fmt::arg("theme_password", verifier(theme_password))
    );
    try {
        co_await faults::around("database.rename", births.execute(std::move(sql)));
    } catch (const pg::Error& error) {
        auto& state = error.sqlstate();
        // 55000: a DROP was cut off in it, and nobody could ever enter it.
        if (state == "42704" || state == "3D000" || state == "55000")
            co_return Renaming::spare_gone;
        if (state == "57014" || state == "55006") co_return Renaming::spare_in_use;
        throw;
    }
    co_return Renaming::done;
}

Task<void> set_roles(
    pg::Births& births,
    const TenantNames& names,
    const Found& found,
    const Secret& owner_password,
    const Secret& theme_password
) {
    auto owner = identifier(names.owner), theme = identifier(names.theme),
         database = identifier(names.database);
    std::string sql = "SET LOCAL client_min_messages = error;";
    if (!found.theme_role) sql += fmt::format("CREATE ROLE {};", theme);
    sql += fmt::format(
        "ALTER ROLE {owner} LOGIN CONNECTION LIMIT {limit} PASSWORD {owner_password};"
        "ALTER ROLE {theme} LOGIN CONNECTION LIMIT {limit} PASSWORD {theme_password};"
        "GRANT {group} TO {theme}; GRANT {owner}, {theme} TO CURRENT_USER;"
        "SET LOCAL ROLE {owner}; REVOKE ALL ON DATABASE {database} FROM PUBLIC;"
        "GRANT CONNECT ON DATABASE {database} TO {theme}; ALTER DATABASE {database} "
        "ALLOW_CONNECTIONS true;"
        "RESET ROLE",
        fmt::arg("owner", owner),
        fmt::arg("theme", theme),
        fmt::arg("database", database),
        fmt::arg("group", identifier(theme_group)),
        fmt::arg("limit", connections_max),
        fmt::arg("owner_password", verifier(owner_password)),
        fmt::arg("theme_password", verifier(theme_password))
    );
    co_await faults::around("roles.set", births.execute(std::move(sql)));
}

// Only a session that acts as the role may send its others away: `luster_births` inherits none.
Task<void> send_away(pg::Session& session, const std::string& role) {
    co_await session.execute(fmt::format(
        "SET ROLE {}; SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE usename = {} AND pid <> pg_backend_pid()",
        identifier(role),
        literal(role)
    ));
}

// Nobody may come in any more, then who is in is sent away. Not WITH (FORCE): it fails when an
// autovacuum is at work there, whom a plain DROP ends by itself.
Task<void> drop_database(pg::Births& births, const TenantNames& names) {
    auto found = co_await look(births, names);
    if (!found.owner) co_return;
    if (*found.owner != names.owner) {
        throw Fault(fmt::format("database {} belongs to {}", names.database, *found.owner));
    }
    auto session = co_await births.session_in("postgres");
    session.limit_statements_to(std::chrono::hours(1));
    if (found.valid) {
        co_await session.execute(fmt::format(
            "SET ROLE {}; ALTER DATABASE {} ALLOW_CONNECTIONS false",
            identifier(names.owner),
            identifier(names.database)
        ));
    }
    if (found.theme_role) co_await send_away(session, names.theme);
    co_await send_away(session, names.owner);
    auto drop = fmt::format("DROP DATABASE {}", identifier(names.database));
    co_await faults::around("database.drop", session.execute(std::move(drop)));
}

Task<void> drop_roles(pg::Births& births, const TenantNames& names) {
    auto sql = fmt::format(
        "SET LOCAL client_min_messages = error; DROP ROLE IF EXISTS {}, {}",
        identifier(names.owner),
        identifier(names.theme)
    );
    co_await faults::around("roles.drop", births.execute(std::move(sql)));
}

}  // namespace luster::provisioning
