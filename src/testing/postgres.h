// Tests on a real PostgreSQL, the one whose socket's folder LUSTER_TEST_PG_SOCKET names. Each test
// has databases of its own, copied from a template with all migrations applied.
//
//     PG_TEST(Pool, …) { auto acme = co_await t.make_tenant(); … }
#pragma once

#include "io/pg/control.h"
#include "io/pg/pool.h"
#include "io/pg/session.h"
#include "testing/coroutine.h"

#include <memory>
#include <string>
#include <vector>

namespace luster::testing {

struct TestTenant {
    OrgId organization;
    std::string database;
    std::shared_ptr<const pg::Address> owner;
    std::shared_ptr<const pg::Address> theme;
};

class PostgresCase : public Case {
public:
    PostgresCase();
    ~PostgresCase();
    Task<void> set_up() { co_return; }
    Task<void> tear_down();

    // An organization's database as provisioning leaves it: own roles, closed to others, no rows.
    Task<TestTenant> make_tenant();
    // The control database with its schema and no rows. The first call makes it.
    Task<pg::ControlDb*> control();
    // The first call decides the limits.
    // A statement may be slow where a machine is at other work, too: no test but that of the limit
    // itself is about it.
    pg::Pool& pool(pg::PoolLimits limits = {.statement_ms_max = std::chrono::seconds(4)});
    // SQL text as the owner: for a test's own preparations.
    Task<std::vector<pg::TextRow>> sql(TestTenant tenant, std::string text);
    Task<std::vector<pg::TextRow>> control_sql(std::string text);
    // As `luster_births`, in the maintenance database.
    Task<std::vector<pg::TextRow>> births_sql(std::string text);

    pg::Servers servers;

private:
    std::string unique_name(std::string_view kind);

    std::unique_ptr<pg::Pool> pool_;
    std::unique_ptr<pg::ControlDb> control_;
    std::string control_database_;
    std::vector<std::pair<std::string, std::string>> databases_;  // and their owners
    std::vector<std::string> roles_;
    std::int64_t next_organization_ = 7;
};

}  // namespace luster::testing

#define PG_TEST(suite, name) LUSTER_CORO_TEST(luster::testing::PostgresCase, suite, name)
