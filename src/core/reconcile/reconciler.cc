#include "core/reconcile/reconciler.h"

#include <algorithm>

namespace luster::reconcile {
namespace {

std::int64_t key_of(std::string_view work, OrgId organization) {
    std::uint32_t hash = 2166136261u;  // FNV-1a: the same in every process
    for (unsigned char c : work) hash = (hash ^ c) * 16777619u;
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(hash) << 32) ^ organization.value;
}

std::chrono::milliseconds to_ms(Duration time) {
    return std::chrono::ceil<std::chrono::milliseconds>(std::max(time, Duration(0)));
}

}  // namespace

Reconciler::Reconciler(
    Work& work, pg::Lock& lock, Clock& clock, Executor executor, Limits limits, log::Logger log
)
    : work_(work),
      lock_(lock),
      clock_(clock),
      executor_(executor),
      limits_(limits),
      log_(log.with({{"reconciler", work.name()}})),
      last_pass_(clock.now()) {}

Task<void> Reconciler::run() {
    while (!stopping_) {
        if (clock_.now() >= next_look_) co_await look();
        start_later();
        if (!stopping_) co_await changed_.wait_for(until_next());
    }
    while (!running_.empty()) co_await changed_.wait();
    over_ = true;
    changed_.notify_all();
}

// What is due soon is known from one look, so that nothing is asked in between.
Task<void> Reconciler::look() {
    auto now = clock_.now();
    next_look_ = now + limits_.safety_net;
    try {
        for (auto& due : co_await work_.due(now + limits_.safety_net)) {
            if (!running_.contains(due.organization)) later_.try_emplace(due.organization, due.at);
        }
        faults_ = 0;
    } catch (const std::exception& fault) {
        next_look_ = clock_.now() + retry_after();
        log_.warning("can't see what is due", {{"fault", fault.what()}});
    }
}

void Reconciler::start_later() {
    auto now = clock_.now();
    for (auto at = later_.begin(); at != later_.end();) {
        auto [organization, time] = *at;
        at = time <= now ? later_.erase(at) : std::next(at);
        if (time <= now) start(organization);
    }
}

std::chrono::milliseconds Reconciler::until_next() const {
    auto next = next_look_;
    for (auto& [organization, time] : later_) next = std::min(next, time);
    return to_ms(next - clock_.now());
}

void Reconciler::start(OrgId organization) {
    if (stopping_) return;
    if (running_.contains(organization)) {
        woken_.insert(organization);
    } else if (running_.size() >= limits_.side_by_side) {
        if (std::ranges::find(waiting_, organization) == waiting_.end())
            waiting_.push_back(organization);
    } else {
        later_.erase(organization);
        running_.insert(organization);
        spawn(executor_, "reconcile.pass", pass(organization));
    }
}

Task<void> Reconciler::pass(OrgId organization) {
    std::optional<Duration> next;
    try {
        auto key = key_of(work_.name(), organization);
        if (co_await lock_.try_lock(key)) {
            auto may_go_on = [this, key] { return !stopping_ && lock_.holds(key); };
            try {
                next = co_await work_.pass(organization, may_go_on);
                faults_ = 0;
            } catch (const std::exception& fault) {
                next = retry_after();
                log_.warning(
                    "a pass broke off", {{"organization", organization}, {"fault", fault.what()}}
                );
            }
            if (lock_.holds(key)) co_await lock_.unlock(key);
        } else {
            next = limits_.contended_ms;
        }
    } catch (const std::exception& fault) {
        next = retry_after();
        log_.warning(
            "no lock for a pass", {{"organization", organization}, {"fault", fault.what()}}
        );
    }
    running_.erase(organization);
    last_pass_ = clock_.now();
    if (woken_.erase(organization)) next = Duration(0);
    if (next) later_[organization] = clock_.now() + *next;
    if (!waiting_.empty()) {
        auto first = waiting_.front();
        waiting_.pop_front();
        start(first);
    }
    changed_.notify_all();
}

void Reconciler::wake(OrgId organization) {
    spawn(executor_, "reconcile.wake", wake_here(organization));
}

void Reconciler::wake_all() {
    spawn(executor_, "reconcile.wake", wake_here(std::nullopt));
}

Task<void> Reconciler::wake_here(std::optional<OrgId> organization) {
    if (organization) {
        start(*organization);
    } else {
        next_look_ = clock_.now();
        for (auto& [waiting, time] : later_) time = next_look_;
        changed_.notify_all();
    }
    co_return;
}

void Reconciler::stop() {
    stopping_ = true;
    changed_.notify_all();
}

Task<void> Reconciler::stopped() {
    while (!over_) co_await changed_.wait();
}

bool Reconciler::quiet_for(std::chrono::milliseconds time) const {
    return running_.empty() && waiting_.empty() && clock_.now() - last_pass_ >= time;
}

// Doubles with every fault in a row, so that a database that is away is asked gently, and soon
// after it is back.
Duration Reconciler::retry_after() {
    auto time = limits_.retry_ms_min * (1 << std::min(faults_++, 10));
    return std::min(time, limits_.retry_ms_max);
}

}  // namespace luster::reconcile
