// Events: what happened in an organization's database, told after the commit to whoever listens.
//
//     struct PagePublished { static constexpr std::string_view kind = "page.published"; PageId
//     page; … }; co_await outbox::tell(tx, PagePublished{…});              // in the transaction of
//     the cause outbox::listener<PagePublished>("search", index_page)     // in a module's list
//
// Delivery is at least once and in no order; a listener bears a repetition (an event has an id),
// and an event carries ids: the listener looks. A told event may be due later.
#pragma once

#include "base/json.h"
#include "base/log.h"
#include "core/tenancy/scopes.h"
#include "io/clock/clock.h"
#include "io/loop/event.h"
#include "io/loop/loops.h"
#include "io/pg/control.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace luster::outbox {

struct Delivery {
    EventId id;
    OrgId organization;
    Time told_at;
};

struct Listener {
    std::string kind;
    std::string name;  // for the log
    std::function<Task<void>(Delivery, std::string payload)> hear;
};

template <class Event>
Task<void> tell(TenantTx& tx, const Event& event, std::optional<Time> due = std::nullopt) {
    return tx.tell(std::string(Event::kind), json::to_string(event), due);
}

template <class Event>
Event read_event(std::string_view payload) {
    auto value = json::parse(payload);
    json::Reader reader;
    Event event{};
    if (!value || !json::read(reader, *value, event)) throw Fault("an event can't be read");
    return event;
}

// `hear` is Task<void>(Delivery, Event).
template <class Event, class Hear>
Listener listener(std::string name, Hear hear) {
    return {
        std::string(Event::kind),
        std::move(name),
        [hear = std::move(hear)](Delivery delivery, std::string payload) mutable -> Task<void> {
            co_await hear(delivery, read_event<Event>(payload));
        }
    };
}

struct Limits {
    std::chrono::milliseconds wait_for_delivery{100};  // of who commits
    std::chrono::milliseconds safety_net{5000};        // between two looks for marks
    std::size_t marks_max = 100;                       // a look
    std::size_t events_max = 50;                       // read at once
    std::chrono::milliseconds retry_ms_min{1000};      // after a listener's fault
    std::chrono::milliseconds retry_ms_max{300'000};
};

// One for the process; lives on the loop of `executor`.
class Outbox final : public Announcer {
public:
    // Becomes the announcer of `tenants`.
    Outbox(
        Executor executor,
        Clock& clock,
        Random& random,
        pg::ControlDb& control,
        Tenants& tenants,
        std::vector<Listener> listeners,
        log::Logger log,
        Limits limits = {}
    );

    // Hears of every commit that told something, before anybody gets an answer to it; from any
    // loop.
    void when_committed(std::function<void(OrgId)> hear) { committed_ = std::move(hear); }

    Time now() const override { return clock_.now(); }
    EventId new_event_id() override;
    Task<void> announce(OrgId organization, Time due) override;
    Task<void> deliver(OrgId organization, bool waits) override;

    // Drains what crashes left and what becomes due, until stop(). One process may run it, or all.
    Task<void> run();
    void stop();
    // One look for marks that are due, and their drains. How many there were.
    Task<std::size_t> drain_due();
    // After a database was restored: what it holds is not what the marks say.
    Task<void> mark_all();

private:
    struct Drain {
        bool again = false;
        Event ended;
    };
    struct BackOff {
        Time until;
        std::chrono::milliseconds delay{0};
    };

    std::shared_ptr<Drain> start(OrgId organization);
    Task<void> drain(OrgId organization, std::shared_ptr<Drain> drain);
    Task<bool> drain_once(OrgId organization);
    Task<bool> deliver_due(OrgId organization);
    Task<void> deliver_here(OrgId organization, bool waits);
    Task<bool> hear(Delivery delivery, std::string kind, std::string payload);
    void back_off(OrgId organization);
    Task<void> look_at(Time due);
    Listener audit_listener();

    Executor executor_;
    Clock& clock_;
    Random& random_;
    pg::ControlDb& control_;
    TenantScopes scopes_;
    std::vector<Listener> listeners_;
    std::function<void(OrgId)> committed_;
    log::Logger log_;
    Limits limits_;
    std::map<OrgId, std::shared_ptr<Drain>> drains_;
    std::map<OrgId, BackOff> back_offs_;
    Time next_look_;
    Event sooner_;
    bool stopped_ = false;
};

}  // namespace luster::outbox
