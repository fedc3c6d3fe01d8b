#include "platform/provisioning/testing/births_case.h"

#include "io/pg/births.h"

#include <fmt/format.h>

#include <atomic>
#include <unistd.h>

namespace luster::provisioning {
namespace {

const pg::TenantQuery<void()> insert_theme{"provisioning_test.theme", R"sql(
    INSERT INTO theme (name) SELECT 'folio' WHERE NOT EXISTS (SELECT FROM theme))sql"};
const pg::TenantQuery<void(std::string_view)> set_name{"provisioning_test.name", R"sql(
    INSERT INTO setting (key, value) VALUES ('name', $1)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value)sql"};

constexpr std::string_view small_schema = R"sql(-- phase: expand
-- lock: short
CREATE TABLE theme (name text PRIMARY KEY);
CREATE TABLE setting (key text PRIMARY KEY, value text NOT NULL);
CREATE TABLE page (id bigint PRIMARY KEY, title text NOT NULL);
CREATE SCHEMA site;
GRANT USAGE ON SCHEMA site TO luster_theme;
CREATE FUNCTION quiet() RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE VIEW site.theme AS SELECT name FROM theme;
GRANT SELECT ON site.theme TO luster_theme;
)sql";

std::string one_key() {
    std::array<std::uint8_t, 32> key{};
    key.fill(7);
    return std::string(crypto::Keyring::make_line("test", key).reveal());
}

}  // namespace

Task<void> TestSeeder::fill(pg::Session& session, const SeedKind& kind, Time) {
    co_await session.execute("INSERT INTO theme VALUES ('folio')");
    if (kind.demo) co_await session.execute("INSERT INTO page VALUES (1, 'Home'), (2, 'About')");
}

Task<void> TestSeeder::assign_theme(pg::TenantTx& tx, const Newborn&) {
    co_await tx.run(insert_theme);
}

Task<void> TestSeeder::bring_content(pg::TenantTx& tx, const Newborn& newborn) {
    co_await tx.run(set_name, newborn.name);
}

Task<void> TestSeeder::bring_files(
    s3::Buckets& buckets, const std::string& bucket, const Newborn& newborn
) {
    if (!newborn.kind.demo) co_return;
    auto put =
        co_await buckets.put(bucket, "2026/11/hero.webp", "image/webp", s3::pieces_of("picture"));
    CHECK(put);
}

Task<int> TestProbe::status_of(std::string url) {
    asked.push_back(std::move(url));
    co_return status;
}

Task<reconcile::Outcome> TestDriver::deploy(runtimes::Site site) {
    if (!away.empty()) co_return reconcile::blocked(away);
    running[site.organization] = site.slug;
    co_return reconcile::done();
}

Task<runtimes::State> TestDriver::observe(runtimes::Site site) {
    co_return running.contains(site.organization) ? runtimes::State::running
                                                  : runtimes::State::absent;
}

Task<reconcile::Outcome> TestDriver::remove(runtimes::Site site) {
    running.erase(site.organization);
    co_return reconcile::done();
}

Task<void> BirthsCase::set_up() {
    static std::atomic<int> number = 0;
    first_ = static_cast<std::int64_t>(getpid()) * 1000 + ++number * 50;
    control_db = co_await control();
    co_await control_sql(fmt::format(
        "ALTER SEQUENCE organization_id_seq RESTART WITH {0}; ALTER SEQUENCE spare_id_seq RESTART "
        "WITH {0};"
        "INSERT INTO organization (id, slug, name, kind, path, project_type, demo, language, "
        "status, created_at, updated_at)"
        " VALUES (1, 'platform', 'Luster', 'platform', '1', 'website', false, 'en', 'active', "
        "'2026-01-01', '2026-01-01')",
        first_
    ));
    schema = {migrate::parse("20260101_0000_small", std::string(small_schema))};
    seeder.version = fmt::format("seeds of {}", first_);
    settings.spares = 0;
    settings.quiet_ms = std::chrono::milliseconds(0);
    settings.back_off_ms_min = std::chrono::milliseconds(1);
    buckets = std::make_unique<s3::MemoryBuckets>(clock);
    keys = std::make_unique<crypto::Keyring>(crypto::Keyring::parse(one_key()));
    notifier = std::make_unique<pg::Notifier>(*control_db, loops.executor(0));
    desk = std::make_unique<Desk>(loops, *control_db, *notifier, settings.sites_url);
    new_process();
}

void BirthsCase::new_process() {
    work.reset();
    stock.reset();
    lock.reset();
    world.reset();
    doors = std::make_unique<Doors>(servers);
    world = std::make_unique<World>(World{
        .clock = clock,
        .random = random,
        .log = {},
        .control = *control_db,
        .servers = servers,
        .doors = *doors,
        .pool = pool(),
        .keys = *keys,
        .schema = schema,
        .seeder = seeder,
        .stores = {{"main", buckets.get()}},
        .driver = driver,
        .probe = probe,
        .organization_changed = [this](OrgId organization) -> Task<void> {
            changed.push_back(organization);
            co_return;
        },
        .settings = settings,
    });
    lock =
        std::make_unique<pg::Lock>(servers, pg::Address{"main", "postgres", "luster_births", {}});
    stock = std::make_unique<Stock>(*world, *lock, [] { return true; });
    work = std::make_unique<Provisioning>(*world, *stock, [](OrgId) {});
}

Task<void> BirthsCase::tear_down() {
    work.reset();
    stock.reset();
    lock.reset();
    if (control_db) co_await drop_everything();
    world.reset();
    doors.reset();
    desk.reset();
    notifier.reset();
    co_await PostgresCase::tear_down();
}

Task<void> BirthsCase::drop_everything() {
    co_await pool().close();
    std::vector<std::string> databases, roles;
    for (auto& row : co_await control_sql("SELECT database FROM template"))
        databases.push_back(*row[0]);
    for (auto& row : co_await control_sql("SELECT id FROM spare")) {
        auto names = spare_names(std::stoll(*row[0]));
        databases.push_back(names.database);
        roles.insert(roles.end(), {names.owner, names.theme});
    }
    for (auto& row : co_await control_sql("SELECT id, slug FROM organization WHERE id > 1")) {
        OrgId id{std::stoll(*row[0])};
        co_await drop_database(
            *world->doors.borrow("main"), {database_name(*row[1]), owner_role(id), theme_role(id)}
        );
        roles.insert(roles.end(), {owner_role(id), theme_role(id)});
    }
    // Without FORCE: that is refused while autovacuum is at work there, which a plain drop ends by
    // itself.
    for (auto& name : databases) {
        co_await births_sql(fmt::format("DROP DATABASE IF EXISTS {}", pg::identifier(name)));
    }
    for (auto& name : roles) {
        co_await births_sql(fmt::format("DROP ROLE IF EXISTS {}", pg::identifier(name)));
    }
}

std::string BirthsCase::slug(std::string_view name) const {
    return fmt::format("{}-{}", name, first_);
}

Task<OrgId> BirthsCase::insert(std::string name, SeedKind kind) {
    auto rows = co_await control_sql(fmt::format(
        "WITH new AS (SELECT nextval('organization_id_seq') AS id)"
        "INSERT INTO organization (id, slug, name, kind, parent_id, path, project_type, demo, "
        "language, created_at, updated_at)"
        " SELECT id, {}, {}, 'organization', 1, '1.' || id, {}, {}, 'en', '2026-01-01', "
        "'2026-01-01' FROM new RETURNING id",
        pg::literal(slug(name)),
        pg::literal(name),
        pg::literal(kind.project_type),
        kind.demo
    ));
    OrgId id{std::stoll(rows.at(0).at(0).value())};
    auto tx = co_await control_db->begin();
    co_await want_present(tx, id, clock.now());
    co_await tx.commit();
    co_return id;
}

Task<std::optional<Duration>> BirthsCase::pass(OrgId organization) {
    return work->pass(organization, [] { return true; });
}

Task<void> BirthsCase::bear(OrgId organization) {
    for (int passes = 0; passes < 40; ++passes) {
        auto next = co_await pass(organization);
        if (!next) co_return;
        co_await sleep(std::chrono::ceil<std::chrono::milliseconds>(*next));
    }
    FAIL("no rest after forty passes");
}

Task<OrgId> BirthsCase::born(std::string name, SeedKind kind) {
    auto id = co_await insert(std::move(name), kind);
    co_await bear(id);
    co_return id;
}

Task<void> BirthsCase::remove(OrgId organization) {
    auto tx = co_await control_db->begin();
    co_await want_absent(tx, organization, clock.now());
    co_await tx.commit();
    co_await bear(organization);
}

Task<void> BirthsCase::prepare_stock() {
    while (co_await stock->tend_once("main")) continue;
}

Task<std::string> BirthsCase::value(std::string sql) {
    auto rows = co_await control_sql(std::move(sql));
    REQUIRE(rows.size() == 1);
    co_return rows[0][0].value_or("NULL");
}

Task<std::string> BirthsCase::status(OrgId organization) {
    return value(fmt::format("SELECT status FROM organization WHERE id = {}", organization.value));
}

Task<std::vector<std::string>> BirthsCase::leftovers(OrgId organization) {
    auto database = co_await value(fmt::format(
        "SELECT replace('tenant_' || slug, '-', '_') FROM organization WHERE id = {}",
        organization.value
    ));
    auto rows = co_await births_sql(fmt::format(
        "SELECT datname FROM pg_database WHERE datname = {} UNION ALL"
        " SELECT rolname FROM pg_roles WHERE rolname IN ({}, {})",
        pg::literal(database),
        pg::literal(owner_role(organization)),
        pg::literal(theme_role(organization))
    ));
    std::vector<std::string> names;
    for (auto& row : rows) names.push_back(row[0].value());
    co_return names;
}

Task<pg::Address> BirthsCase::address(OrgId organization, bool theme) {
    auto column = theme ? "theme_password" : "owner_password";
    auto sealed = co_await value(fmt::format(
        "SELECT {} FROM tenant_address WHERE organization_id = {}", column, organization.value
    ));
    auto database = co_await value(fmt::format(
        "SELECT database FROM tenant_address WHERE organization_id = {}", organization.value
    ));
    auto password =
        keys->open({"tenant_address", column, std::to_string(organization.value)}, sealed);
    co_return pg::Address{
        "main", database, theme ? theme_role(organization) : owner_role(organization), password
    };
}

Task<std::string> BirthsCase::refusal(pg::Address address) {
    try {
        auto session = co_await pg::Session::connect(servers, address);
        co_await session.rows("SELECT 1");
        co_return "";
    } catch (const pg::Error& error) {
        co_return error.sqlstate();
    }
}

}  // namespace luster::provisioning
