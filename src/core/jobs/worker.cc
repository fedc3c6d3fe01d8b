#include "core/jobs/worker.h"

#include <algorithm>

namespace luster::jobs {
namespace {

constexpr Duration retry_without_database = std::chrono::seconds(2);

std::chrono::milliseconds in_ms(Duration duration) {
    return std::chrono::ceil<std::chrono::milliseconds>(duration);
}

}  // namespace

struct Worker::Running {
    JobId id;
    Uuid lease;
    Event finished;
    bool done = false;
};

Worker::Worker(
    Executor executor,
    pg::ControlDb& control,
    Clock& clock,
    Random& random,
    log::Logger log,
    std::vector<Kind> kinds,
    Limits limits
)
    : executor_(executor),
      control_(control),
      clock_(clock),
      random_(random),
      log_(std::move(log)),
      kinds_(std::move(kinds)),
      limits_(limits) {
    for (const auto& kind : kinds_) names_.push_back(kind.name);
}

Task<void> Worker::run() {
    while (!stopping_) {
        rung_ = false;
        auto pause = retry_without_database;
        try {
            auto leased = co_await take();
            for (auto& job : leased) {
                ++running_;
                spawn(executor_, "jobs.run", carry_out(std::move(job)));
            }
            if (!leased.empty() && running_ < limits_.running_max) continue;
            pause = co_await rest();
        } catch (const Fault& fault) {
            log_.warning("jobs can't be taken", {{"fault", fault.what()}});
        }
        if (!rung_ && !stopping_) co_await changed_.wait_for(in_ms(pause));
    }
    while (running_ > 0) co_await changed_.wait_for(std::chrono::seconds(1));
}

void Worker::stop() {
    stopping_ = true;
    changed_.notify_all();
}

void Worker::wake() {
    spawn(executor_, "jobs.wake", woken());
}

Task<void> Worker::woken() {
    rung_ = true;
    changed_.notify_all();
    co_return;
}

Task<std::size_t> Worker::run_due() {
    auto leased = co_await take();
    for (auto& job : leased) {
        ++running_;
        co_await carry_out(job);
    }
    co_return leased.size();
}

Task<std::vector<Leased>> Worker::take() {
    std::vector<Leased> none;
    if (running_ >= limits_.running_max || kinds_.empty()) co_return none;
    if (!co_await clock_agrees()) co_return none;
    auto now = clock_.now();
    auto leased = co_await lease(
        control_,
        names_,
        limits_.running_max - running_,
        now,
        now + limits_.lease,
        new_uuid(now, random_)
    );
    co_return leased;
}

// Whose clock runs ahead would take leases from those who still hold them.
Task<bool> Worker::clock_agrees() {
    auto here = clock_.now();
    auto there = co_await database_time(control_);
    auto difference = std::max(there - here, here - there);
    if (difference <= limits_.clock_difference_max) co_return true;
    log_.error(
        "this machine's clock differs from the control database's: no job is taken",
        {{"difference_ms", in_ms(difference).count()}}
    );
    co_return false;
}

// How long there is nothing to do.
Task<Duration> Worker::rest() {
    if (running_ >= limits_.running_max) co_return limits_.safety_net;
    auto due = co_await next_due(control_, names_);
    if (!due) co_return limits_.safety_net;
    auto until_due = *due - clock_.now();
    // Due and yet not taken: another worker is at it, or our clock is wrong. No hurry then.
    co_return std::clamp<Duration>(until_due, std::chrono::seconds(1), limits_.safety_net);
}

Task<void> Worker::carry_out(Leased job) {
    const auto& kind = kind_of(job);
    auto running = std::make_shared<Running>();
    running->id = job.id;
    running->lease = job.lease;
    spawn(executor_, "jobs.renew", keep_lease(running));
    auto outcome = co_await handle(kind, job);
    running->done = true;
    running->finished.notify_all();
    try {
        co_await settle(kind, job, std::move(outcome));
    } catch (const Fault& fault) {
        // The lease runs out, then the job is done once more.
        log_.warning("a job could not be settled", {{"job", job.id}, {"fault", fault.what()}});
    }
    --running_;
    rung_ = true;
    changed_.notify_all();
}

Task<Outcome> Worker::handle(const Kind& kind, const Leased& job) {
    // Leased more often than it may be: its workers died before they could say so.
    if (job.attempt > kind.options.attempts)
        co_return hopeless("its lease ran out at every attempt");
    Scope scope{job.id, job.organization, job.attempt, clock_.now(), log_.with({{"job", job.id}})};
    if (job.organization) scope.log = scope.log.with({{"organization", *job.organization}});
    try {
        co_return co_await kind.run(scope, job.payload.text);
    } catch (const std::exception& fault) {
        co_return failed(fault.what());
    }
}

Task<void> Worker::settle(const Kind& kind, const Leased& job, Outcome outcome) {
    auto now = clock_.now();
    auto last = outcome.state == Outcome::State::hopeless || job.attempt >= kind.options.attempts;
    bool held = true;
    if (outcome.state == Outcome::State::done) {
        ++counts_.done;
        held = co_await finish(control_, job.id, job.lease);
    } else if (outcome.state == Outcome::State::again) {
        held = co_await put_back(control_, job.id, job.lease, now + outcome.after, 0, "");
    } else if (last) {
        ++counts_.failed;
        log_.error(
            "a job has failed for good", {{"job", job.id}, {"kind", job.kind}, {"why", outcome.why}}
        );
        held = co_await give_up(control_, job.id, job.lease, now, outcome.why);
    } else {
        ++counts_.retried;
        log_.warning(
            "a job will be tried again", {{"job", job.id}, {"kind", job.kind}, {"why", outcome.why}}
        );
        auto run_at = now + delay_before_retry(kind.options, job.attempt);
        held = co_await put_back(control_, job.id, job.lease, run_at, job.attempt, outcome.why);
    }
    if (!held) log_.warning("a job's lease was lost before its end", {{"job", job.id}});
}

Task<void> Worker::keep_lease(std::shared_ptr<Running> running) {
    while (!running->done) {
        co_await running->finished.wait_for(in_ms(limits_.lease / 3));
        if (running->done) co_return;
        bool held = true;
        try {
            held =
                co_await renew(control_, running->id, running->lease, clock_.now() + limits_.lease);
        } catch (const Fault& fault) {
            log_.warning(
                "a lease could not be renewed", {{"job", running->id}, {"fault", fault.what()}}
            );
        }
        if (!held) co_return;
    }
}

// 15 s, 45 s, 2 min, 7 min …, a tenth more or less, so that what failed together does not come back
// together.
Duration Worker::delay_before_retry(const Options& options, int attempt) {
    auto delay = options.first_retry;
    for (int i = 1; i < attempt && delay < options.retry_max; ++i) delay *= 3;
    delay = std::min(delay, options.retry_max);
    std::byte chance[1];
    random_.fill(chance);
    return delay + delay / 10 * (std::to_integer<int>(chance[0]) - 128) / 128;
}

const Kind& Worker::kind_of(const Leased& job) const {
    auto found = std::ranges::find(kinds_, job.kind, &Kind::name);
    LUSTER_ASSERT(found != kinds_.end());
    return *found;
}

void Bell::ring() {
    if (worker_) worker_->wake();
    notifier_.tell(std::string(channel), "due");
}

}  // namespace luster::jobs
