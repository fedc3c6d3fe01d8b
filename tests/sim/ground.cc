#include "ground.h"

#include "io/pg/births.h"

#include <fmt/format.h>

#include <thread>

namespace luster::sim {
namespace {

using pg::identifier;
using pg::literal;

constexpr std::string_view bare = "sim_bare", seeded = "sim_seeded";

crypto::Keyring one_key() {
    std::array<std::uint8_t, 32> key{};
    key.fill(7);
    return crypto::Keyring::parse(crypto::Keyring::make_line("sim", key).reveal());
}

provisioning::Settings quick_settings() {
    provisioning::Settings settings;
    settings.spares = 1;
    return settings;
}

pg::Address superuser(std::string database) {
    return {"main", std::move(database), "postgres", {}};
}

}  // namespace

Ground::Ground(std::map<std::string, std::string, std::less<>> server)
    : servers(std::move(server)),
      keys(one_key()),
      tenant_schema(migrate::read({"schema/tenant"})),
      settings(quick_settings()) {
    maintenance("ALTER SYSTEM SET autovacuum = off");  // it takes locks when it likes
    maintenance("SELECT pg_reload_conf()");
    make_control_template();
}

void Ground::aside(std::function<Task<void>()> body) const {
    Aside aside;
    std::exception_ptr fault;
    bool over = false;
    boost::asio::co_spawn(loop_.get_executor(), body(), [&](std::exception_ptr thrown) {
        fault = thrown;
        over = true;
    });
    loop_.restart();
    while (!over) loop_.run_one();
    if (fault) std::rethrow_exception(fault);
}

Rows Ground::sql(std::string database, std::string text) const {
    Rows rows;
    aside([&]() -> Task<void> {
        auto session = co_await pg::Session::connect(servers, superuser(database));
        rows = co_await session.rows(text);
        session.close();
    });
    return rows;
}

// Asked often, so on a session that stays.
Rows Ground::maintenance(std::string text) const {
    Rows rows;
    aside([&]() -> Task<void> {
        if (!session_)
            session_.emplace(co_await pg::Session::connect(servers, superuser("postgres")));
        rows = co_await session_->rows(text);
    });
    return rows;
}

Rows Ground::control(std::string text) const {
    return sql(std::string(control_database), std::move(text));
}

std::string Ground::refusal(pg::Address address) const {
    std::string state;
    aside([&]() -> Task<void> {
        try {
            auto session = co_await pg::Session::connect(servers, address);
            co_await session.rows("SELECT 1");
            session.close();
        } catch (const pg::Error& error) {
            state = error.sqlstate();
        }
    });
    return state;
}

pg::Address Ground::address(OrgId organization, bool theme) const {
    auto kind = theme ? "theme" : "owner";
    auto rows = control(fmt::format(
        "SELECT database, {0}_role, {0}_password FROM tenant_address WHERE organization_id = {1}",
        kind,
        organization.value
    ));
    crypto::Place place{
        "tenant_address",
        theme ? "theme_password" : "owner_password",
        std::to_string(organization.value)
    };
    auto& row = rows.at(0);
    return {"main", row[0].value(), row[1].value(), keys.open(place, row[2].value())};
}

void Ground::make_control_template() const {
    maintenance(fmt::format("CREATE DATABASE {} OWNER luster STRATEGY wal_log", bare));
    aside([&]() -> Task<void> {
        auto session = co_await pg::Session::connect(servers, superuser(std::string(bare)));
        co_await session.execute("SET client_min_messages = error; SET ROLE luster");
        co_await migrate::apply(session, migrate::read({"schema/control"}), clock);
        co_await session.execute(
            "INSERT INTO organization (id, slug, name, kind, path, project_type, demo, language,"
            " status, created_at, updated_at) VALUES (1, 'platform', 'Luster', 'platform', '1',"
            " 'website', false, 'en', 'active', '2026-11-01', '2026-11-01');"
            "ALTER SEQUENCE organization_id_seq RESTART WITH 2"
        );
        session.close();
    });
}

void Ground::begin_run(bool with_templates) {
    maintenance(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", identifier(control_database))
    );
    drop_databases("^(tenant|spare|tmpl)_");
    auto roles = maintenance("SELECT rolname FROM pg_roles WHERE rolname ~ '^(org|spare)_'");
    std::string drop;
    for (auto& row : roles) drop += fmt::format("DROP ROLE {};", identifier(row[0].value()));
    if (!drop.empty()) maintenance(drop);
    maintenance(fmt::format(
        "CREATE DATABASE {} TEMPLATE {} OWNER luster STRATEGY wal_log",
        control_database,
        with_templates ? seeded : bare
    ));
    buckets.emplace(clock);
    mailbox.emplace();
    heard.clear();
}

void Ground::drop_databases(std::string pattern) const {
    auto found = maintenance(
        fmt::format("SELECT datname FROM pg_database WHERE datname ~ {}", literal(pattern))
    );
    for (auto& row : found) {
        if (kept_.contains(row[0].value())) continue;
        maintenance(fmt::format("DROP DATABASE {} WITH (FORCE)", identifier(row[0].value())));
    }
}

void Ground::keep_templates() {
    for (auto& row : control("SELECT database FROM template")) kept_.insert(row[0].value());
    control("DELETE FROM spare");
    maintenance(fmt::format(
        "CREATE DATABASE {} TEMPLATE {} OWNER luster STRATEGY wal_log", seeded, control_database
    ));
}

// The kernel closes what a dead process had open; here somebody may still hold on to a connection.
void Ground::wait_for_silence() const {
    constexpr int looks_max = 100;
    for (int looks = 0;; ++looks) {
        auto rows = maintenance(fmt::format(
            "SELECT pid{} FROM pg_stat_activity"
            " WHERE application_name = 'luster' AND usename <> 'postgres'",
            looks > looks_max ? ", pg_terminate_backend(pid)" : ""
        ));
        if (rows.empty()) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

bool Ground::all_blocked(std::size_t calls) const {
    auto rows = maintenance(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'luster'"
        " AND state = 'active' AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()"
    );
    return std::stoul(rows[0][0].value()) >= calls;  // lint: allowed, PostgreSQL wrote it
}

}  // namespace luster::sim
