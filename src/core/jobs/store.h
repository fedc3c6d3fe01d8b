// The rows of background work, and how they are leased, renewed and finished.
#pragma once

#include "core/jobs/jobs.h"

#include <vector>

namespace luster::jobs {

struct Leased {
    JobId id;
    std::optional<OrgId> organization;
    std::string kind;
    pg::Json payload;
    std::int32_t attempt;
    Uuid lease;
};
BOOST_DESCRIBE_STRUCT(Leased, (), (id, organization, kind, payload, attempt, lease))

// At most `count` jobs that are due, one of an organization, those first that were served longest
// ago.
Task<std::vector<Leased>> lease(
    pg::ControlDb& control,
    const std::vector<std::string>& kinds,
    std::size_t count,
    Time now,
    Time lease_end,
    Uuid lease
);

// All three tell whether the lease still held.
Task<bool> renew(pg::ControlDb& control, JobId id, Uuid lease, Time lease_end);
Task<bool> finish(pg::ControlDb& control, JobId id, Uuid lease);
Task<bool> put_back(
    pg::ControlDb& control, JobId id, Uuid lease, Time run_at, int attempt, std::string why
);
Task<bool> give_up(pg::ControlDb& control, JobId id, Uuid lease, Time now, std::string why);

// When the next job of these kinds is due.
Task<std::optional<Time>> next_due(pg::ControlDb& control, const std::vector<std::string>& kinds);
// The database's own clock: leases compare clocks.
Task<Time> database_time(pg::ControlDb& control);

}  // namespace luster::jobs
