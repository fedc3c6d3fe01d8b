#include "testing/postgres.h"

#include "core/migrate/migrate.h"
#include "io/pg/births.h"
#include "io/pg/scram.h"

#include <fmt/format.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace luster::testing {
namespace {

using pg::identifier;
using pg::literal;

// Of the whole test cluster: several test processes may want one template at the same time.
constexpr std::int64_t template_lock = 4'711;

std::map<std::string, std::string, std::less<>> test_server() {
    const char* socket = std::getenv("LUSTER_TEST_PG_SOCKET");
    if (!socket || !*socket) {
        throw Fault("LUSTER_TEST_PG_SOCKET names no PostgreSQL: run the tests by ./dev test");
    }
    return {{"main", fmt::format("host={} port=5432", socket)}};
}

std::filesystem::path source_folder() {
    return LUSTER_SOURCE_DIR;
}

std::vector<migrate::Migration> migrations(std::string_view side) {
    return migrate::read({source_folder() / "schema" / side});
}

std::string template_name(std::string_view side) {
    return fmt::format("test_{}_{}", side, migrate::digest(migrations(side)).substr(0, 16));
}

Task<bool> database_exists(pg::Session& session, std::string_view name) {
    auto rows = co_await session.rows(
        fmt::format("SELECT FROM pg_database WHERE datname = {}", literal(name))
    );
    co_return !rows.empty();
}

// Its objects belong to `role`: the platform's login, or the role that copies are taken over from.
Task<void> fill_template(
    pg::Births& births, std::string database, std::string_view side, std::string role
) {
    auto session = co_await births.session_in(database);
    co_await session.execute(fmt::format(
        "SET client_min_messages = error; GRANT CREATE ON DATABASE {0} TO {1};"
        // The owner of a database has its schema `public` only through this role.
        "SET ROLE pg_database_owner; GRANT ALL ON SCHEMA public TO {1}; SET ROLE {1}",
        identifier(database),
        identifier(role)
    ));
    SystemClock clock;
    co_await migrate::apply(session, migrations(side), clock);
    session.close();
}

// Made under another name first, so that one which is there is complete.
Task<std::string> template_of(pg::Births& births, std::string_view side, std::string role) {
    auto name = template_name(side);
    auto session = co_await births.session_in("postgres");
    co_await session.execute(fmt::format("SELECT pg_advisory_lock({})", template_lock));
    if (!co_await database_exists(session, name)) {
        auto draft = name + "_draft";
        co_await session.execute(fmt::format("DROP DATABASE IF EXISTS {}", identifier(draft)));
        co_await session.execute(
            fmt::format("CREATE DATABASE {} TEMPLATE template0 STRATEGY wal_log", identifier(draft))
        );
        co_await fill_template(births, draft, side, std::move(role));
        co_await session.execute(
            fmt::format("ALTER DATABASE {} RENAME TO {}", identifier(draft), identifier(name))
        );
    }
    session.close();
    co_return name;
}

// As in production: what is copied is given away, and nobody but its two roles may enter.
Task<void> hand_over(pg::Births& births, std::string database, std::string owner) {
    auto session = co_await births.session_in(database);
    co_await session.execute(fmt::format(
        // Who gets a function must be able to make one there.
        "BEGIN; SET LOCAL ROLE pg_database_owner; GRANT CREATE ON SCHEMA public TO {0}; RESET ROLE;"
        "GRANT {0} TO tmpl_owner; SET LOCAL ROLE tmpl_owner;"
        "REASSIGN OWNED BY tmpl_owner TO {0}; RESET ROLE; REVOKE {0} FROM tmpl_owner; COMMIT",
        identifier(owner)
    ));
    session.close();
    co_await births.execute(
        fmt::format("ALTER DATABASE {} OWNER TO {}", identifier(database), identifier(owner))
    );
}

}  // namespace

PostgresCase::PostgresCase() : servers(test_server()) {}
PostgresCase::~PostgresCase() = default;

std::string PostgresCase::unique_name(std::string_view kind) {
    static std::atomic<int> number = 0;
    return fmt::format("test_{}_{}_{}", kind, getpid(), ++number);
}

Task<TestTenant> PostgresCase::make_tenant() {
    pg::Births births(servers, "main");
    auto source = co_await template_of(births, "tenant", "tmpl_owner");
    auto database = unique_name("tenant");
    auto owner = database + "_owner", theme = database + "_theme";
    Secret owner_password("owner of " + database), theme_password("theme of " + database);
    co_await births.execute(fmt::format(
        "CREATE ROLE {owner} LOGIN PASSWORD {owner_verifier};"
        "CREATE ROLE {theme} LOGIN PASSWORD {theme_verifier} IN ROLE luster_theme;"
        "GRANT {owner}, {theme} TO luster_births",
        fmt::arg("owner", identifier(owner)),
        fmt::arg("theme", identifier(theme)),
        fmt::arg("owner_verifier", literal(pg::scram_verifier(owner_password))),
        fmt::arg("theme_verifier", literal(pg::scram_verifier(theme_password)))
    ));
    roles_.insert(roles_.end(), {owner, theme});
    co_await births.execute(fmt::format(
        "CREATE DATABASE {} TEMPLATE {} STRATEGY wal_log", identifier(database), identifier(source)
    ));
    databases_.emplace_back(database, owner);
    co_await births.execute(fmt::format(
        "REVOKE ALL ON DATABASE {0} FROM PUBLIC; GRANT CONNECT, CREATE ON DATABASE {0} TO {1};"
        "GRANT CONNECT ON DATABASE {0} TO {2}",
        identifier(database),
        identifier(owner),
        identifier(theme)
    ));
    co_await hand_over(births, database, owner);
    auto address = [&](const std::string& role, const Secret& password) {
        return std::make_shared<const pg::Address>(pg::Address{"main", database, role, password});
    };
    co_return TestTenant{
        OrgId{next_organization_++},
        database,
        address(owner, owner_password),
        address(theme, theme_password)
    };
}

Task<pg::ControlDb*> PostgresCase::control() {
    if (!control_) {
        pg::Births births(servers, "main");
        auto source = co_await template_of(births, "control", "luster");
        control_database_ = unique_name("control");
        co_await births.execute(fmt::format(
            "CREATE DATABASE {} TEMPLATE {} OWNER luster STRATEGY wal_log",
            identifier(control_database_),
            identifier(source)
        ));
        databases_.emplace_back(control_database_, "luster");
        pg::Address address{"main", control_database_, "luster", {}};
        control_ = std::make_unique<pg::ControlDb>(loops, servers, address);
    }
    co_return control_.get();
}

pg::Pool& PostgresCase::pool(pg::PoolLimits limits) {
    if (!pool_) pool_ = std::make_unique<pg::Pool>(loops, servers, limits);
    return *pool_;
}

Task<std::vector<pg::TextRow>> PostgresCase::sql(TestTenant tenant, std::string text) {
    auto session = co_await pg::Session::connect(servers, *tenant.owner);
    auto rows = co_await session.rows(std::move(text));
    session.close();
    co_return rows;
}

Task<std::vector<pg::TextRow>> PostgresCase::control_sql(std::string text) {
    co_await control();
    pg::Address address{"main", control_database_, "luster", {}};
    auto session = co_await pg::Session::connect(servers, address);
    auto rows = co_await session.rows(std::move(text));
    session.close();
    co_return rows;
}

Task<std::vector<pg::TextRow>> PostgresCase::births_sql(std::string text) {
    pg::Births births(servers, "main");
    co_return co_await births.rows(std::move(text));
}

Task<void> PostgresCase::tear_down() {
    if (pool_) co_await pool_->close();
    if (control_) co_await control_->close();
    co_await next_turn();
    pg::Births births(servers, "main");
    for (const auto& [database, owner] : databases_) {
        auto session = co_await births.session_in("postgres");
        co_await session.execute(fmt::format("SET ROLE {}", identifier(owner)));
        // Waits for sessions that are on their way out.
        co_await session.execute(fmt::format("DROP DATABASE IF EXISTS {}", identifier(database)));
        session.close();
    }
    for (const auto& role : roles_) {
        co_await births.execute(fmt::format("DROP ROLE IF EXISTS {}", identifier(role)));
    }
}

}  // namespace luster::testing
