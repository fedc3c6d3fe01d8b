#include "platform/fleet/fleet.h"

namespace luster::fleet {
namespace {

constexpr Duration pause_after_fault = std::chrono::seconds(5);

const pg::ControlQuery<std::string(OrgId)> select_digest{
    "fleet.digest", "SELECT digest FROM tenant_schema WHERE organization_id = $1"
};
const pg::ControlQuery<OrgId(std::string)> select_behind{"fleet.behind", R"sql(
    SELECT a.organization_id FROM tenant_address a
      JOIN organization o ON o.id = a.organization_id AND o.status IN ('active', 'suspended')
      LEFT JOIN tenant_schema t ON t.organization_id = a.organization_id
     WHERE t.digest IS DISTINCT FROM $1 ORDER BY a.organization_id)sql"};
const pg::ControlQuery<void(OrgId, std::string, Time)> upsert_digest{"fleet.record", R"sql(
    INSERT INTO tenant_schema (organization_id, digest, migrated_at) VALUES ($1, $2, $3)
    ON CONFLICT (organization_id) DO UPDATE
       SET digest = excluded.digest, migrated_at = excluded.migrated_at)sql"};

}  // namespace

Fleet::Fleet(
    Loops& loops,
    pg::ControlDb& control,
    const pg::Servers& servers,
    Clock& clock,
    Addresses& addresses,
    std::vector<migrate::Migration> schema,
    log::Logger log
)
    : loops_(loops),
      control_(control),
      servers_(servers),
      clock_(clock),
      addresses_(addresses),
      schema_(std::move(schema)),
      digest_(migrate::digest(schema_)),
      log_(std::move(log)) {}

Task<TenantAddress> Fleet::address_of(OrgId organization) {
    if (!is_current(organization)) co_await on(loops_.executor(0), bring_up(organization));
    co_return co_await addresses_.address_of(organization);
}

bool Fleet::is_current(OrgId organization) const {
    std::lock_guard lock(mutex_);
    return current_.contains(organization);
}

// Whoever comes meanwhile waits for the one attempt; after a fault, for a moment, gets the same.
Task<void> Fleet::bring_up(OrgId organization) {
    auto found = attempts_.find(organization);
    bool old = found != attempts_.end() && found->second->ended &&
               clock_.now() - found->second->at >= pause_after_fault;
    if (found == attempts_.end() || old) {
        auto made = std::make_shared<Attempt>();
        attempts_[organization] = made;
        co_await attempt(organization, made);
    } else {
        auto under_way = found->second;
        while (!under_way->ended) co_await under_way->over.wait();
        if (!under_way->fault.empty()) throw Fault(under_way->fault);
    }
}

Task<void> Fleet::attempt(OrgId organization, std::shared_ptr<Attempt> attempt) {
    try {
        auto recorded = co_await control_.maybe_one(select_digest, organization);
        if (recorded != digest_) co_await migrate(organization);
        std::lock_guard lock(mutex_);
        current_.insert(organization);
    } catch (const std::exception& fault) {
        attempt->fault = fault.what();
    }
    attempt->ended = true;
    attempt->at = clock_.now();
    attempt->over.notify_all();
    if (!attempt->fault.empty()) throw Fault(attempt->fault);
    attempts_.erase(organization);
}

Task<std::vector<OrgId>> Fleet::behind() {
    return control_.all(select_behind, digest_);
}

Task<std::vector<std::string>> Fleet::migrate(OrgId organization) {
    auto address = co_await addresses_.address_of(organization);
    auto session = co_await pg::Session::connect(servers_, *address.owner);
    auto applied = co_await migrate::apply(session, schema_, clock_);
    auto recorded = co_await control_.maybe_one(select_digest, organization);
    // Nothing to apply and another digest: a newer release was here, and its record stays.
    if (!applied.empty() || !recorded) {
        auto tx = co_await control_.begin();
        co_await tx.run(upsert_digest, organization, digest_, clock_.now());
        co_await tx.commit();
        log_.info(
            "a database is migrated",
            {{"organization", organization}, {"migrations", applied.size()}}
        );
    }
    co_return applied;
}

}  // namespace luster::fleet
