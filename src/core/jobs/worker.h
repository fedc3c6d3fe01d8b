// Takes jobs that are due and runs their handlers, several at a time. At rest it asks nothing: a
// bell wakes it, the time of the next job, or once a minute the safety net.
#pragma once

#include "core/jobs/jobs.h"
#include "core/jobs/store.h"
#include "io/clock/clock.h"
#include "io/loop/event.h"
#include "io/pg/listener.h"

#include <atomic>
#include <memory>
#include <vector>

namespace luster::jobs {

struct Limits {
    std::size_t running_max = 8;
    Duration lease = std::chrono::seconds(60);  // renewed at a third of it
    Duration safety_net = std::chrono::seconds(60);
    Duration clock_difference_max = std::chrono::seconds(1);
};

class Worker {
public:
    // Takes only the kinds that it is given: during an upgrade others may know more.
    Worker(
        Executor executor,
        pg::ControlDb& control,
        Clock& clock,
        Random& random,
        log::Logger log,
        std::vector<Kind> kinds,
        Limits limits = {}
    );

    Task<void> run();  // on its loop, until stop(); what runs then is finished
    void stop();
    void wake();  // from any loop

    // How jobs ended since the start; one that is retried counts each time. Read from any loop.
    struct Counts {
        std::atomic<std::uint64_t> done = 0, retried = 0, failed = 0;
    };
    const Counts& counts() const { return counts_; }

    // One round, to its end: what was due is leased, run and finished. For tests and the simulator.
    Task<std::size_t> run_due();

private:
    struct Running;

    Task<std::vector<Leased>> take();
    Task<bool> clock_agrees();
    Task<Duration> rest();
    Task<void> carry_out(Leased job);
    Task<Outcome> handle(const Kind& kind, const Leased& job);
    Task<void> settle(const Kind& kind, const Leased& job, Outcome outcome);
    Task<void> keep_lease(std::shared_ptr<Running> running);
    Task<void> woken();
    Duration delay_before_retry(const Options& options, int attempt);
    const Kind& kind_of(const Leased& job) const;

    Executor executor_;
    pg::ControlDb& control_;
    Clock& clock_;
    Random& random_;
    log::Logger log_;
    std::vector<Kind> kinds_;
    std::vector<std::string> names_;
    Limits limits_;
    Event changed_;
    bool rung_ = false;
    bool stopping_ = false;
    std::size_t running_ = 0;
    Counts counts_;
};

// Tells the workers, here and elsewhere, that a job was added: ring it after the commit.
class Bell {
public:
    static constexpr std::string_view channel = "job";

    explicit Bell(pg::Notifier& notifier) : notifier_(notifier) {}
    void connect(Worker& worker) { worker_ = &worker; }  // before the loops run
    void ring();

private:
    pg::Notifier& notifier_;
    Worker* worker_ = nullptr;
};

}  // namespace luster::jobs
