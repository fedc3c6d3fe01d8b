// What outlives a process: PostgreSQL, the files, the mails, the clock.
#pragma once

#include "base/crypto_keyring.h"
#include "core/migrate/migrate.h"
#include "io/pg/session.h"
#include "io/s3/memory.h"
#include "platform/provisioning/world.h"
#include "scheduler.h"
#include "twins.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace luster::sim {

using Rows = std::vector<pg::TextRow>;

// A cluster of its own, prepared once: control databases to copy, and templates of tenants.
class Ground {
public:
    static constexpr std::string_view control_database = "sim_control";

    explicit Ground(std::map<std::string, std::string, std::less<>> server);

    // Runs a coroutine to its end, beside everything that is simulated.
    void aside(std::function<Task<void>()> body) const;
    // As the cluster's superuser: in the control database of the run, in another one.
    Rows control(std::string sql) const;
    Rows sql(std::string database, std::string sql) const;
    Rows maintenance(std::string sql) const;         // in the database postgres
    std::string refusal(pg::Address address) const;  // SQLSTATE; empty where one may enter
    pg::Address address(OrgId organization, bool theme = false) const;

    // The cluster as it was; a control database without rows, with templates that are ready or
    // without.
    void begin_run(bool with_templates);
    void keep_templates();  // those of the present run are what later ones begin with
    // Until PostgreSQL has seen the end of every session.
    void wait_for_silence() const;
    bool all_blocked(std::size_t calls) const;
    // Databases of templates that are no run's own.
    const std::set<std::string>& kept() const { return kept_; }

    pg::Servers servers;
    crypto::Keyring keys;
    std::vector<migrate::Migration> tenant_schema;
    provisioning::Settings settings;
    PlainSeeder seeder;
    SimulatedTime clock;
    std::optional<s3::MemoryBuckets> buckets;
    std::optional<smtp::SimulatedSmtp> mailbox;
    std::multiset<std::string> heard;  // events that a listener has taken

private:
    void make_control_template() const;
    void drop_databases(std::string pattern) const;

    mutable boost::asio::io_context loop_{1};
    mutable std::optional<pg::Session> session_;
    std::set<std::string> kept_;  // databases of templates that later runs begin with
};

}  // namespace luster::sim
