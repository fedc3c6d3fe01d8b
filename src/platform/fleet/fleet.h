// The fleet's databases at this release's schema: code never meets an older one. A database that is
// behind is migrated at its first touch by this process, or ahead of it by `luster migrate
// --tenants`. The control database keeps a copy of what each database says of itself.
#pragma once

#include "base/log.h"
#include "core/migrate/migrate.h"
#include "core/tenancy/tenants.h"
#include "io/loop/event.h"
#include "io/pg/pg.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>
#include <vector>

namespace luster::fleet {

// Stands before the addresses: who gets one finds a schema that this release knows.
class Fleet final : public Addresses {
public:
    Fleet(
        Loops& loops,
        pg::ControlDb& control,
        const pg::Servers& servers,
        Clock& clock,
        Addresses& addresses,
        std::vector<migrate::Migration> schema,
        log::Logger log
    );

    // A Fault where the database can't be migrated; asked again after a pause, it is tried again.
    Task<TenantAddress> address_of(OrgId organization) override;

    // What is behind, by number: one query. The half-born are their birth's.
    Task<std::vector<OrgId>> behind();
    // Says what it applied.
    Task<std::vector<std::string>> migrate(OrgId organization);

private:
    struct Attempt {
        Event over;
        std::string fault;
        bool ended = false;
        Time at;
    };
    bool is_current(OrgId organization) const;
    Task<void> bring_up(OrgId organization);
    Task<void> attempt(OrgId organization, std::shared_ptr<Attempt> attempt);

    Loops& loops_;
    pg::ControlDb& control_;
    const pg::Servers& servers_;
    Clock& clock_;
    Addresses& addresses_;
    std::vector<migrate::Migration> schema_;
    std::string digest_;
    log::Logger log_;

    std::map<OrgId, std::shared_ptr<Attempt>> attempts_;  // on the first loop only
    mutable std::mutex mutex_;                            // held for a look
    std::unordered_set<OrgId> current_;
};

}  // namespace luster::fleet
