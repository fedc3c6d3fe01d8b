#include "core/outbox/outbox.h"

#include "core/audit/audit.h"
#include "core/outbox/store.h"

#include <algorithm>

namespace luster::outbox {
namespace {

constexpr std::chrono::milliseconds look_ms_min{10};  // between two looks

}  // namespace

// The entry has the event's id: a repetition leaves no second one.
Listener Outbox::audit_listener() {
    return {"audit", "audit log", [this](Delivery delivery, std::string payload) -> Task<void> {
                auto act = read_event<Act>(payload);
                audit::Entry entry{
                    delivery.organization,
                    act.user,
                    act.user_name,
                    act.action,
                    act.target,
                    "{}",
                    act.address
                };
                auto tx = co_await control_.begin();
                co_await audit::enter(tx, delivery.id, act.at, entry);
                co_await tx.commit();
            }};
}

Outbox::Outbox(
    Executor executor,
    Clock& clock,
    Random& random,
    pg::ControlDb& control,
    Tenants& tenants,
    std::vector<Listener> listeners,
    log::Logger log,
    Limits limits
)
    : executor_(executor),
      clock_(clock),
      random_(random),
      control_(control),
      scopes_(tenants),
      listeners_(std::move(listeners)),
      log_(std::move(log)),
      limits_(limits) {
    listeners_.push_back(audit_listener());
    tenants.announce_to(*this);
}

EventId Outbox::new_event_id() {
    return new_id<EventTag>(clock_.now(), random_);
}

Task<void> Outbox::announce(OrgId organization, Time due) {
    auto tx = co_await control_.begin();
    co_await store::announce(tx, organization, due);
    co_await tx.commit();
    if (due > clock_.now()) co_await on(executor_, look_at(due));
}

Task<void> Outbox::deliver(OrgId organization, bool waits) {
    if (committed_) committed_(organization);
    co_await on(executor_, deliver_here(organization, waits));
}

// Who commits sees its own events delivered, mostly; what takes longer goes on without it.
Task<void> Outbox::deliver_here(OrgId organization, bool waits) {
    auto drain = start(organization);
    if (waits) co_await drain->ended.wait_for(limits_.wait_for_delivery);
}

// One drain an organization at a time. One that runs already goes round once more, since it may
// have looked before this commit.
std::shared_ptr<Outbox::Drain> Outbox::start(OrgId organization) {
    auto& running = drains_[organization];
    if (running) {
        running->again = true;
        return running;
    }
    running = std::make_shared<Drain>();
    spawn(executor_, "outbox.drain", drain(organization, running));
    return running;
}

Task<void> Outbox::drain(OrgId organization, std::shared_ptr<Drain> drain) {
    bool well = false;
    try {
        do {
            drain->again = false;
            well = co_await drain_once(organization);
        } while (drain->again);
    } catch (const std::exception& fault) {
        log_.warning(
            "an outbox could not be drained",
            {{"organization", organization}, {"fault", fault.what()}}
        );
    }
    if (well) {
        back_offs_.erase(organization);
    } else {
        back_off(organization);
    }
    drains_.erase(organization);
    drain->ended.notify_all();
}

// Read the mark; deliver, make durable, delete; lock, look, unlock; clear the mark under the number
// that was read first. True when nothing is left to do now.
Task<bool> Outbox::drain_once(OrgId organization) {
    auto number = co_await store::mark_of(control_, organization);
    if (!number) co_return true;
    if (!co_await deliver_due(organization)) co_return false;
    auto looking = co_await scopes_.begin(organization);
    auto rest = co_await store::look(looking);
    co_await looking.rollback();
    if (!rest.quiet) co_return false;  // a writer is on its way, and drains after its own commit
    if (rest.next_due && *rest.next_due <= clock_.now()) co_return false;
    auto tx = co_await control_.begin();
    if (rest.next_due) {
        co_await store::move_mark(tx, organization, *number, *rest.next_due);
    } else {
        co_await store::clear_mark(tx, organization, *number);
    }
    co_await tx.commit();
    if (rest.next_due) co_await look_at(*rest.next_due);
    co_return true;
}

// Each event by itself: one that nobody can take doesn't hold the others up. False: some are left.
Task<bool> Outbox::deliver_due(OrgId organization) {
    auto reads = co_await scopes_.read(organization);
    while (true) {
        auto rows = co_await store::due_events(reads, clock_.now(), limits_.events_max);
        if (rows.empty()) co_return true;
        std::vector<EventId> heard;
        for (auto& row : rows) {
            Delivery delivery{row.id, organization, row.created_at};
            if (co_await hear(delivery, row.kind, row.payload.text)) heard.push_back(row.id);
        }
        if (!heard.empty()) {
            auto tx = co_await scopes_.begin(organization);
            co_await store::remove(tx, heard);
            co_await tx.commit();
        }
        if (heard.size() < rows.size()) co_return false;
    }
}

Task<bool> Outbox::hear(Delivery delivery, std::string kind, std::string payload) {
    bool well = true;
    for (const auto& listener : listeners_) {
        if (listener.kind != kind) continue;
        try {
            co_await listener.hear(delivery, payload);
        } catch (const std::exception& fault) {
            well = false;
            log_.warning(
                "a listener failed",
                {{"organization", delivery.organization},
                 {"event", delivery.id},
                 {"listener", listener.name},
                 {"fault", fault.what()}}
            );
        }
    }
    co_return well;
}

void Outbox::back_off(OrgId organization) {
    auto& back_off = back_offs_[organization];
    back_off.delay = std::clamp(back_off.delay * 2, limits_.retry_ms_min, limits_.retry_ms_max);
    back_off.until = clock_.now() + back_off.delay;
}

Task<std::size_t> Outbox::drain_due() {
    auto now = clock_.now();
    next_look_ = now + limits_.safety_net;
    std::size_t drained = 0;
    for (auto [organization, due] :
         co_await store::due_marks(control_, next_look_, limits_.marks_max)) {
        if (due > now) {
            co_await look_at(due);
            break;
        }
        auto back_off = back_offs_.find(organization);
        if (back_off != back_offs_.end() && back_off->second.until > clock_.now()) continue;
        ++drained;
        auto drain = start(organization);
        co_await drain->ended.wait();
    }
    co_return drained;
}

// What is due soon is delivered then, not with the next look that the safety net asks for.
Task<void> Outbox::look_at(Time due) {
    if (due >= next_look_) co_return;
    next_look_ = due;
    sooner_.notify_all();
}

Task<void> Outbox::run() {
    while (!stopped_) {
        try {
            co_await drain_due();
        } catch (const Fault& fault) {
            log_.warning("the outboxes' marks could not be read", {{"fault", fault.what()}});
        }
        auto wait = std::chrono::ceil<std::chrono::milliseconds>(next_look_ - clock_.now());
        if (!stopped_) co_await sooner_.wait_for(std::clamp(wait, look_ms_min, limits_.safety_net));
    }
}

void Outbox::stop() {
    stopped_ = true;
    sooner_.notify_all();
}

Task<void> Outbox::mark_all() {
    auto tx = co_await control_.begin();
    co_await store::mark_all(tx, clock_.now());
    co_await tx.commit();
}

}  // namespace luster::outbox
