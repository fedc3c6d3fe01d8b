#include "core/outbox/store.h"

namespace luster::outbox::store {
namespace {

const pg::ControlQuery<void(OrgId, Time)> set_mark{"outbox.set_mark", R"sql(
    INSERT INTO outbox_mark (organization_id, number, due_at)
    VALUES ($1, nextval('outbox_mark_number'), $2)
        ON CONFLICT (organization_id) DO UPDATE
       SET number = EXCLUDED.number, due_at = least(outbox_mark.due_at, EXCLUDED.due_at))sql"};
const pg::ControlQuery<std::int64_t(OrgId)> read_mark{
    "outbox.read_mark", "SELECT number FROM outbox_mark WHERE organization_id = $1"
};
const pg::ControlQuery<DueMark(Time, std::int64_t)> read_due_marks{
    "outbox.due_marks", R"sql(
    SELECT organization_id, due_at FROM outbox_mark WHERE due_at <= $1 ORDER BY due_at LIMIT $2)sql"
};
const pg::ControlQuery<void(OrgId, std::int64_t)> delete_mark{
    "outbox.clear_mark", "DELETE FROM outbox_mark WHERE organization_id = $1 AND number = $2"
};
const pg::ControlQuery<void(OrgId, std::int64_t, Time)> update_mark{"outbox.move_mark", R"sql(
    UPDATE outbox_mark SET due_at = $3 WHERE organization_id = $1 AND number = $2)sql"};
const pg::ControlQuery<void(Time)> set_all_marks{
    "outbox.mark_all", R"sql(
    INSERT INTO outbox_mark (organization_id, number, due_at)
    SELECT organization_id, nextval('outbox_mark_number'), $1 FROM tenant_address
        ON CONFLICT (organization_id) DO UPDATE SET number = EXCLUDED.number, due_at = EXCLUDED.due_at)sql"
};

const pg::TenantQuery<EventRow(Time, std::int64_t)> read_due_events{
    "outbox.due_events", R"sql(
    SELECT id, kind, payload, created_at FROM outbox WHERE due_at <= $1 ORDER BY due_at LIMIT $2)sql"
};
const pg::TenantQuery<void(std::vector<EventId>)> delete_events{
    "outbox.remove", "DELETE FROM outbox WHERE id = ANY ($1)"
};
// Two statements, never one: the snapshot of one that locks and looks is older than its lock.
const pg::TenantQuery<bool()> try_quiet{"outbox.quiet", "SELECT outbox_quiet()"};
const pg::TenantQuery<std::optional<Time>()> read_next_due{
    "outbox.next_due", "SELECT min(due_at) FROM outbox"
};

}  // namespace

Task<void> announce(pg::ControlTx& tx, OrgId organization, Time due) {
    co_await tx.run(set_mark, organization, due);
}

Task<std::optional<std::int64_t>> mark_of(pg::ControlDb& control, OrgId organization) {
    return control.maybe_one(read_mark, organization);
}

Task<std::vector<DueMark>> due_marks(pg::ControlDb& control, Time until, std::size_t limit) {
    return control.all(read_due_marks, until, static_cast<std::int64_t>(limit));
}

Task<void> clear_mark(pg::ControlTx& tx, OrgId organization, std::int64_t number) {
    co_await tx.run(delete_mark, organization, number);
}

Task<void> move_mark(pg::ControlTx& tx, OrgId organization, std::int64_t number, Time due) {
    co_await tx.run(update_mark, organization, number, due);
}

Task<void> mark_all(pg::ControlTx& tx, Time due) {
    co_await tx.run(set_all_marks, due);
}

Task<std::vector<EventRow>> due_events(pg::TenantReads& reads, Time until, std::size_t limit) {
    return reads.all(read_due_events, until, static_cast<std::int64_t>(limit));
}

Task<void> remove(TenantTx& tx, std::vector<EventId> events) {
    co_await tx.run(delete_events, events);
}

Task<Rest> look(TenantTx& tx) {
    Rest rest;
    rest.quiet = co_await tx.one(try_quiet);
    if (rest.quiet) rest.next_due = co_await tx.one(read_next_due);
    co_return rest;
}

}  // namespace luster::outbox::store
