#include "core/tenancy/transaction.h"

#include "base/json.h"

namespace luster {
namespace {

const pg::TenantQuery<void(EventId, std::string, pg::Json, Time, Time)> insert_event{
    "outbox.insert", R"sql(
    INSERT INTO outbox (id, kind, payload, due_at, created_at) VALUES ($1, $2, $3, $4, $5))sql"
};

}  // namespace

Task<void> TenantTx::tell(std::string kind, std::string payload, std::optional<Time> due) {
    LUSTER_ASSERT(announcer_);  // else nobody would ever hear of it
    auto now = announcer_->now();
    auto due_at = due.value_or(now);
    co_await run(
        insert_event, announcer_->new_event_id(), kind, pg::Json{std::move(payload)}, due_at, now
    );
    first_due_ = std::min(first_due_.value_or(due_at), due_at);
}

void TenantTx::done_by(UserId user, std::string name) {
    waits_ = true;
    act_ = Act{user, std::move(name), "", "", "", {}};
}

void TenantTx::enter(std::string action, std::string target, std::string address) {
    if (!act_) act_.emplace();
    act_->action = std::move(action);
    act_->target = std::move(target);
    act_->address = std::move(address);
}

Task<void> TenantTx::commit() {
    if (act_ && announcer_ && !act_->action.empty()) {
        act_->at = announcer_->now();
        co_await tell("audit", json::to_string(*act_));
    }
    // The event is there and holds the outbox's lock; the mark comes before the commit.
    if (first_due_) co_await announcer_->announce(organization_, *first_due_);
    co_await pg::TenantTx::commit();
    if (first_due_ && *first_due_ <= announcer_->now())
        co_await announcer_->deliver(organization_, waits_);
}

}  // namespace luster
