// Brings what is written down and the world together, organization by organization: those that are
// due, several side by side, each by one pass at a time in all processes.
//
// A pass holds an advisory lock on the process's one lock connection, so a killed process frees its
// organizations at once, and who loses that connection stops its passes. Who changes what is wanted
// calls `wake` in the same process, or is heard by NOTIFY; a look at what is due, every now and
// then, is the safety net for both.
#pragma once

#include "base/ids.h"
#include "base/log.h"
#include "io/clock/clock.h"
#include "io/loop/event.h"
#include "io/loop/loops.h"
#include "io/pg/lock.h"

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace luster::reconcile {

struct Due {
    OrgId organization;
    Time at;
};

// What is to be reconciled: provisioning, domains, ….
class Work {
public:
    virtual ~Work() = default;
    virtual std::string_view name() const = 0;
    // What is due until then, the earliest first; at most some hundreds.
    virtual Task<std::vector<Due>> due(Time until) = 0;
    // One pass, under the lock. Says when to look again; nothing: at rest. `may_go_on` is asked
    // before each effect that follows a wait.
    virtual Task<std::optional<Duration>> pass(
        OrgId organization, std::function<bool()> may_go_on
    ) = 0;
};

struct Limits {
    std::size_t side_by_side = 4;
    std::chrono::milliseconds safety_net{5000};
    std::chrono::milliseconds retry_ms_min{100};  // after a fault of the control database
    std::chrono::milliseconds retry_ms_max{2000};
    std::chrono::milliseconds contended_ms{500};  // somebody else has the organization
};

class Reconciler {
public:
    // Lives on the loop of `executor`, as does `lock`.
    Reconciler(
        Work& work, pg::Lock& lock, Clock& clock, Executor executor, Limits limits, log::Logger log
    );

    Task<void> run();               // until stop()
    void wake(OrgId organization);  // from any loop
    void wake_all();                // look at what is due now: after the database is back
    void stop();                    // passes end before their next step
    Task<void> stopped();

    std::size_t running() const { return running_.size(); }
    // True when no pass has run for this long.
    bool quiet_for(std::chrono::milliseconds time) const;

private:
    Task<void> look();
    Task<void> pass(OrgId organization);
    Task<void> wake_here(std::optional<OrgId> organization);
    void start(OrgId organization);
    void start_later();
    std::chrono::milliseconds until_next() const;
    Duration retry_after();

    Work& work_;
    pg::Lock& lock_;
    Clock& clock_;
    Executor executor_;
    Limits limits_;
    log::Logger log_;

    std::set<OrgId> running_;
    std::set<OrgId> woken_;      // while their pass ran
    std::deque<OrgId> waiting_;  // for a place
    std::map<OrgId, Time> later_;
    Time last_pass_;
    Time next_look_;
    Event changed_;
    int faults_ = 0;  // in a row
    bool stopping_ = false;
    bool over_ = false;
};

}  // namespace luster::reconcile
