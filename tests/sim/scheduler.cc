#include "scheduler.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace luster::sim {
namespace {

using namespace std::chrono_literals;

constexpr auto long_time = std::chrono::hours(24);  // nobody waits longer than that
constexpr auto patience_ms_min = 2ms;               // then it is asked who waits for whom
constexpr auto patience_ms_max = 50ms;

// Most calls are statements inside of transactions or reads, by their names; it hurts more where
// something becomes true: a commit, a database made or renamed, a bucket, a mail.
double weight(const std::string& call) {
    auto first_word = call.substr(0, call.find(' '));
    return first_word.find('.') == std::string::npos ? 2 : 0.5;
}

}  // namespace

Scheduler::Scheduler(std::uint64_t seed, Faults faults, World world)
    : engine_(seed), faults_(faults), world_(std::move(world)) {
    hold_.now = Moment(long_time);
    TimerClock::held = &hold_;
    turns::scheduler = this;
}

Scheduler::~Scheduler() {
    TimerClock::held = nullptr;
    turns::scheduler = nullptr;
}

std::uint64_t Scheduler::enter(std::string call) {
    calls_[++last_number_].name = std::move(call);
    return last_number_;
}

void Scheduler::leave(std::uint64_t number) {
    calls_.erase(number);
}

Task<bool> Scheduler::before(std::uint64_t number) {
    co_return co_await wait(number, Phase::before);
}

Task<bool> Scheduler::after(std::uint64_t number) {
    co_return co_await wait(number, Phase::after);
}

Task<bool> Scheduler::wait(std::uint64_t number, Phase phase) {
    auto& call = calls_.at(number);
    call.phase = phase;
    call.waits = true;
    co_await call.goes_on.wait();
    call.waits = false;
    if (phase == Phase::before) call.phase = Phase::made;
    co_return call.good;
}

void Scheduler::loop(boost::asio::io_context* context) {
    context_ = context;
    calls_.clear();
}

bool Scheduler::step() {
    ++steps_;
    if (context_) settle();
    std::vector<Call*> ready;
    for (auto& [number, call] : calls_) {
        if (call.waits && call.not_before <= hold_.now) ready.push_back(&call);
    }
    std::vector<Actor*> due;
    for (auto* actor : actors_) {
        if (auto next = actor->next(); next && *next <= hold_.now) due.push_back(actor);
    }
    if (ready.empty() && due.empty()) return time_passes();
    auto picked = pick(ready.size() + due.size());
    if (picked < ready.size()) {
        choose(*ready[picked]);
    } else {
        auto* actor = due[picked - ready.size()];
        note(actor->name());
        actor->act();
    }
    return true;
}

// Until everybody waits for a word of ours.
void Scheduler::settle() {
    auto patience = patience_ms_min;
    while (true) {
        while (run_ready() || look_at_timers()) {
        }
        if (made() == 0 && world_.working() == 0) return;
        context_->restart();
        if (context_->run_one_for(patience) > 0) continue;
        patience = std::min(patience * 2, patience_ms_max);
        if (world_.working() == 0 && world_.all_blocked(made())) return;
    }
}

bool Scheduler::run_ready() {
    context_->restart();
    return context_->poll() > 0;
}

std::size_t Scheduler::made() const {
    return static_cast<std::size_t>(std::ranges::count_if(calls_, [](auto& entry) {
        return entry.second.phase == Phase::made;
    }));
}

void Scheduler::choose(Call& call) {
    call.good = true;
    if (fault(call)) return;
    note(fmt::format("{} {}", call.phase == Phase::before ? "make" : "hear", call.name));
    call.waits = false;  // nobody chooses it twice
    call.goes_on.notify_all();
}

// True: it was the end, or it goes on later.
bool Scheduler::fault(Call& call) {
    if (faults_.left == 0 || !chance(faults_.rate * weight(call.name))) return false;
    --faults_.left;
    bool asked = call.phase == Phase::before;
    switch (pick(asked ? 4 : 3)) {
        case 0:
            note(fmt::format("LOSE the {} {}", asked ? "question" : "answer", call.name));
            call.good = false;
            return false;
        case 1:
        case 2:
            note(fmt::format("KILL {} {}", asked ? "before" : "after", call.name));
            world_.kill();
            return true;
        default:
            call.not_before = hold_.now + some_time(pick(2) ? 500ms : 40'000ms);
            note("HANG " + call.name);
            return true;
    }
}

// To the next moment at which anybody wants anything.
bool Scheduler::time_passes() {
    Moment next = Moment::max();
    for (auto& [number, call] : calls_) {
        if (call.waits) next = std::min(next, call.not_before);
    }
    for (auto* actor : actors_) next = std::min(next, actor->next().value_or(Moment::max()));
    if (context_) next = std::min(next, next_timer_);
    if (next >= hold_.now + long_time) return false;
    hold_.now = std::max(hold_.now, next);
    return true;
}

// One that is due makes the loop fire all that are, and say when the next one is. True: some were.
bool Scheduler::look_at_timers() {
    bool looked = false;
    std::size_t ran = 0;
    Timer due(context_->get_executor(), hold_.now - 1ms);
    due.async_wait([&](boost::system::error_code) { looked = true; });
    while (!looked) {
        context_->restart();
        ran += context_->poll();
    }
    next_timer_ = hold_.next > hold_.now ? hold_.next : Moment::max();
    return ran > 1;
}

bool Scheduler::chance(double rate) {
    return static_cast<double>(engine_() >> 11) * 0x1p-53 < rate;
}

TimerClock::duration Scheduler::some_time(TimerClock::duration most) {
    return TimerClock::duration(engine_() % static_cast<std::uint64_t>(most.count()) + 1);
}

void Scheduler::note(const std::string& what) {
    for (unsigned char c : what) trace_ = (trace_ ^ c) * 1099511628211u;
    if (tell_) {
        auto since = std::chrono::duration<double>(hold_.now - Moment(long_time)).count();
        tell_(fmt::format("{:6} {:10.3f} s  {}", steps_, since, what));
    }
}

}  // namespace luster::sim
