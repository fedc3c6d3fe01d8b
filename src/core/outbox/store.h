// The rows of the outbox, and the marks of the control database.
#pragma once

#include "core/tenancy/transaction.h"
#include "io/pg/pg.h"

namespace luster::outbox::store {

struct EventRow {
    EventId id;
    std::string kind;
    pg::Json payload;
    Time created_at;
};
BOOST_DESCRIBE_STRUCT(EventRow, (), (id, kind, payload, created_at))

// Sets the mark to a number that no mark ever had, due at the earlier of its two times.
Task<void> announce(pg::ControlTx& tx, OrgId organization, Time due);
Task<std::optional<std::int64_t>> mark_of(pg::ControlDb& control, OrgId organization);
struct DueMark {
    OrgId organization_id;
    Time due_at;
};
BOOST_DESCRIBE_STRUCT(DueMark, (), (organization_id, due_at))
// The earliest first.
Task<std::vector<DueMark>> due_marks(pg::ControlDb& control, Time until, std::size_t limit);
// Only while the mark still has this number.
Task<void> clear_mark(pg::ControlTx& tx, OrgId organization, std::int64_t number);
Task<void> move_mark(pg::ControlTx& tx, OrgId organization, std::int64_t number, Time due);
Task<void> mark_all(pg::ControlTx& tx, Time due);

Task<std::vector<EventRow>> due_events(pg::TenantReads& reads, Time until, std::size_t limit);
Task<void> remove(TenantTx& tx, std::vector<EventId> events);

// What a drain may conclude: `quiet` when no writer is on its way; then `next_due` is the truth.
struct Rest {
    bool quiet = false;
    std::optional<Time> next_due;
};
Task<Rest> look(TenantTx& tx);

}  // namespace luster::outbox::store
