#include "platform/provisioning/templates.h"

#include "io/faults.h"
#include "platform/provisioning/stock.h"

#include <fmt/format.h>

#include <chrono>

namespace luster::provisioning {
namespace {

using pg::identifier;
using pg::literal;

constexpr int connections_max = 20;  // of each role

Task<bool> has_role(pg::Births& births, std::string_view role) {
    auto rows =
        co_await births.rows(fmt::format("SELECT FROM pg_roles WHERE rolname = {}", literal(role)));
    co_return !rows.empty();
}

Task<void> fill_template(World& world, pg::Session& session, const SeedKind& kind) {
    // The schema `public` belongs to whoever owns the database, through a role of PostgreSQL's.
    co_await session.execute(fmt::format(
        "SET client_min_messages = error; SET ROLE pg_database_owner; GRANT ALL ON SCHEMA public "
        "TO {0}; SET ROLE {0}",
        identifier(template_objects)
    ));
    co_await migrate::apply(session, world.schema, world.clock);
    co_await session.execute("BEGIN");
    co_await world.seeder.fill(session, kind, world.clock.now());
    co_await session.execute("COMMIT");
    co_await session.execute("RESET ROLE");
    co_await session.execute("VACUUM (FREEZE, ANALYZE)");
}

// A process that died may have left a session of its own there. Not WITH (FORCE): it fails when an
// autovacuum is at work, whom a plain DROP ends by itself.
Task<void> prepare_drop(pg::Session& session, const std::string& database) {
    session.limit_statements_to(std::chrono::hours(1));
    co_await session.execute("SET client_min_messages = error");
    co_await session.execute(fmt::format(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = {} AND usename = session_user AND pid <> pg_backend_pid()",
        pg::literal(database)
    ));
}

}  // namespace

std::string template_digest(const World& world) {
    auto digest = crypto::sha256(migrate::digest(world.schema) + world.seeder.digest());
    return crypto::hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

Task<void> prepare_server(pg::Births& births) {
    for (auto role : {theme_group, template_objects}) {
        if (co_await has_role(births, role)) continue;
        co_await births.execute(fmt::format("CREATE ROLE {} NOLOGIN", identifier(role)));
    }
    co_await births.execute(fmt::format(
        "SET LOCAL client_min_messages = error; GRANT {} TO CURRENT_USER",
        identifier(template_objects)
    ));
}

Task<std::vector<std::string>> open_databases(pg::Births& births) {
    auto rows = co_await births.rows(
        "SELECT datname FROM pg_database CROSS JOIN LATERAL"
        " aclexplode(COALESCE(datacl, acldefault('d', datdba))) AS right_"
        " WHERE right_.grantee = 0 AND right_.privilege_type = 'CONNECT' AND datallowconn ORDER BY "
        "datname"
    );
    std::vector<std::string> names;
    for (auto& row : rows) names.push_back(row.at(0).value());
    co_return names;
}

// From `template1`, where a cluster's keeper may have taken rights away that no tenant needs.
Task<void> make_template_database(
    World& world, pg::Births& births, const SeedKind& kind, const std::string& database
) {
    auto name = identifier(database);
    co_await faults::around(
        "template.create",
        births.execute(fmt::format(
            "CREATE DATABASE {} TEMPLATE template1 STRATEGY wal_log ALLOW_CONNECTIONS false", name
        ))
    );
    co_await births.execute(fmt::format(
        "REVOKE ALL ON DATABASE {0} FROM PUBLIC; GRANT CREATE, TEMPORARY ON DATABASE {0} TO {1};"
        "ALTER DATABASE {0} ALLOW_CONNECTIONS true",
        name,
        identifier(template_objects)
    ));
    auto session = co_await births.session_in(database);
    co_await faults::around("template.fill", fill_template(world, session, kind));
    session.close();
    co_await births.execute(fmt::format("ALTER DATABASE {} ALLOW_CONNECTIONS false", name));
}

Task<void> drop_template_database(pg::Births& births, const std::string& database) {
    auto session = co_await births.session_in("postgres");
    co_await prepare_drop(session, database);
    auto drop = fmt::format("DROP DATABASE IF EXISTS {}", identifier(database));
    co_await faults::around("template.drop", session.execute(std::move(drop)));
}

// Nobody can enter the copy before PUBLIC's rights are gone. Only a member may give objects away,
// and only one that may create in the database can get its schemas: hence the loan of the role for
// one transaction.
Task<void> make_spare_database(
    pg::Births& births, const SpareNames& spare, const std::string& source
) {
    auto name = identifier(spare.database), owner = identifier(spare.owner),
         theme = identifier(spare.theme);
    auto objects = identifier(template_objects);
    co_await faults::around(
        "spare.roles",
        births.execute(fmt::format(
            "CREATE ROLE {owner} LOGIN CONNECTION LIMIT {limit};"
            "CREATE ROLE {theme} LOGIN CONNECTION LIMIT {limit} IN ROLE {group};"
            "GRANT {owner}, {theme} TO CURRENT_USER",
            fmt::arg("owner", owner),
            fmt::arg("theme", theme),
            fmt::arg("group", identifier(theme_group)),
            fmt::arg("limit", connections_max)
        ))
    );
    co_await faults::around(
        "spare.copy",
        births.execute(fmt::format(
            "CREATE DATABASE {} TEMPLATE {} STRATEGY wal_log ALLOW_CONNECTIONS false",
            name,
            identifier(source)
        ))
    );
    co_await births.execute(fmt::format(
        "REVOKE ALL ON DATABASE {name} FROM PUBLIC; GRANT CONNECT, CREATE ON DATABASE {name} TO "
        "{owner};"
        "GRANT CONNECT ON DATABASE {name} TO {theme}; ALTER DATABASE {name} ALLOW_CONNECTIONS true",
        fmt::arg("name", name),
        fmt::arg("owner", owner),
        fmt::arg("theme", theme)
    ));
    auto session = co_await births.session_in(spare.database);
    co_await faults::around(
        "spare.reassign",
        session.execute(fmt::format(
            // A function's new owner must be allowed to make one there: lent for this moment.
            "SET LOCAL ROLE pg_database_owner; GRANT CREATE ON SCHEMA public TO {owner}; RESET "
            "ROLE;"
            "GRANT {owner} TO {objects}; SET LOCAL ROLE {objects}; REASSIGN OWNED BY {objects} TO "
            "{owner};"
            "SET LOCAL ROLE pg_database_owner; REVOKE ALL ON SCHEMA public FROM {objects}, {owner};"
            "RESET ROLE; REVOKE {owner} FROM {objects}",
            fmt::arg("owner", owner),
            fmt::arg("objects", objects)
        ))
    );
    session.close();
    co_await births.execute(fmt::format("ALTER DATABASE {} ALLOW_CONNECTIONS false", name));
}

Task<void> drop_spare_database(pg::Births& births, const SpareNames& spare) {
    auto session = co_await births.session_in("postgres");
    co_await prepare_drop(session, spare.database);
    auto drop = fmt::format("DROP DATABASE IF EXISTS {}", identifier(spare.database));
    co_await faults::around("spare.drop", session.execute(std::move(drop)));
    co_await session.execute(
        fmt::format("DROP ROLE IF EXISTS {}, {}", identifier(spare.owner), identifier(spare.theme))
    );
}

}  // namespace luster::provisioning
