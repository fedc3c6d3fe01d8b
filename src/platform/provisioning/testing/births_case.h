// A platform that can bring organizations to life, on a real PostgreSQL, with a small schema and a
// seeder that counts what it did. Numbers and slugs are the test's own: roles and databases belong
// to the whole cluster, and tests run side by side.
#pragma once

#include "io/s3/memory.h"
#include "platform/provisioning/provisioner.h"
#include "platform/provisioning/tenant_database.h"
#include "testing/postgres.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace luster::provisioning {

class TestSeeder final : public Seeder {
public:
    std::string digest() const override { return version; }
    Task<void> fill(pg::Session& session, const SeedKind& kind, Time now) override;
    Task<void> assign_theme(pg::TenantTx& tx, const Newborn& newborn) override;
    Task<void> bring_content(pg::TenantTx& tx, const Newborn& newborn) override;
    Task<void> bring_files(s3::Buckets& buckets, const std::string& bucket, const Newborn& newborn)
        override;

    std::string version;
};

class TestProbe final : public Probe {
public:
    Task<int> status_of(std::string url) override;
    int status = 200;
    std::vector<std::string> asked;
};

class TestDriver final : public runtimes::Driver {
public:
    Task<reconcile::Outcome> deploy(runtimes::Site site) override;
    Task<runtimes::State> observe(runtimes::Site site) override;
    Task<reconcile::Outcome> remove(runtimes::Site site) override;
    std::map<OrgId, std::string> running;
    std::string away;  // why nothing can be deployed; empty: it can
};

class BirthsCase : public testing::PostgresCase {
public:
    Task<void> set_up();
    Task<void> tear_down();

    // As after a kill: everything that a process holds in memory is new, the world is as it was.
    void new_process();
    Task<OrgId> insert(std::string slug, SeedKind kind = {"website", true});
    Task<std::optional<Duration>> pass(OrgId organization);
    Task<void> bear(OrgId organization);  // passes until at rest
    Task<OrgId> born(std::string slug, SeedKind kind = {"website", true});
    Task<void> remove(OrgId organization);
    Task<void> prepare_stock();  // templates and spares as wanted

    std::string slug(std::string_view name) const;  // the test's own
    Task<std::string> status(OrgId organization);
    Task<std::string> value(std::string control_sql);  // one cell
    Task<std::vector<std::string>> leftovers(OrgId organization
    );  // databases and roles with its names
    Task<pg::Address> address(OrgId organization, bool theme = false);
    Task<std::string> refusal(pg::Address address);  // SQLSTATE of signing in; empty when let in

    pg::ControlDb* control_db = nullptr;
    std::vector<migrate::Migration> schema;
    Settings settings;
    TestSeeder seeder;
    TestProbe probe;
    TestDriver driver;
    std::unique_ptr<s3::MemoryBuckets> buckets;
    std::unique_ptr<crypto::Keyring> keys;
    std::unique_ptr<pg::Notifier> notifier;
    std::unique_ptr<Desk> desk;
    std::vector<OrgId> changed;

    // Of the present process.
    std::unique_ptr<Doors> doors;
    std::unique_ptr<World> world;
    std::unique_ptr<pg::Lock> lock;
    std::unique_ptr<Stock> stock;
    std::unique_ptr<Provisioning> work;

private:
    Task<void> drop_everything();
    std::int64_t first_ = 0;
};

}  // namespace luster::provisioning

#define BIRTHS_TEST(suite, name) LUSTER_CORO_TEST(luster::provisioning::BirthsCase, suite, name)
