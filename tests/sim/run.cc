#include "run.h"

#include "verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace luster::sim {
namespace {

using namespace std::chrono_literals;

constexpr auto calm_max = std::chrono::minutes(40);  // in this time all must have come to rest
constexpr std::uint64_t steps_max = 60'000;

// Some seeds know no fault at all, most a few: all over the run, or close together.
Scheduler::Faults faults_of(std::uint64_t seed) {
    std::mt19937_64 engine(seed * 7919 + 1);
    constexpr double turns = 1'500, density[] = {1, 1, 1, 5};
    auto most = static_cast<int>(engine() % 10);
    return {most / turns * density[engine() % 4], most};
}

}  // namespace

Run::Run(Ground& ground, std::uint64_t seed, const Mistake& mistake, Tell tell)
    : ground_(ground),
      seed_(seed),
      mistake_(mistake),
      tell_(tell),
      scheduler_(
          seed,
          seed == 0 ? Scheduler::Faults{} : faults_of(seed),
          {
              .all_blocked = [this](std::size_t calls) { return ground_.all_blocked(calls); },
              .kill = [this] { kill(); },
              .working = [this]() -> std::size_t { return process_ ? process_->working() : 0; },
          }
      ) {
    scheduler_.tell_to(tell);
}

Run::~Run() {
    process_.reset();
    scheduler_.loop(nullptr);
    ground_.wait_for_silence();
}

void Run::start() {
    start_at_.reset();
    log::Logger log;
    process_ = std::make_unique<Process>(ground_, seed_ * 1'000 + ++lives_, mistake_.steps, log);
    if (mistake_.join) mistake_.join(ground_, *process_);
    scheduler_.loop(&process_->loop());
}

void Run::kill() {
    process_.reset();
    scheduler_.loop(nullptr);
    ground_.wait_for_silence();
    start_at_ = scheduler_.now() + scheduler_.some_time(5'000ms);
    auto tell = [](auto& people) {
        for (auto& person : people) person->process_died();
    };
    tell(founders_);
    tell(removers_);
    tell(editors_);
}

Process* Run::up() {
    return process_ && process_->ready() ? process_.get() : nullptr;
}

void Run::one_step() {
    if (process_ && process_->broken()) kill();
    if (!process_ && (!start_at_ || *start_at_ <= scheduler_.now())) start();
    scheduler_.step();
}

void Run::people_come() {
    auto soon = [this] { return scheduler_.now() + scheduler_.some_time(4'000ms); };
    auto founder = [&](Founder::Form form) {
        founders_.push_back(std::make_unique<Founder>(scheduler_, *this, soon(), std::move(form)));
    };
    founder({"ann@example.org", "acme", "website", "key-of-ann"});
    founder({"ann@example.org", "acme", "website", "key-of-ann"});  // a second click
    founder({"bob@example.org", "acme", "ecommerce", "key-of-bob"});
    founder({"eve@example.org", "bees", "ecommerce", "key-of-eve"});
    founder({"kim@example.org", "cafe", "website", "key-of-kim"});
    auto at = scheduler_.now() + scheduler_.some_time(scheduler_.pick(2) ? 3'000ms : 60'000ms);
    removers_.push_back(std::make_unique<Remover>(scheduler_, *this, at, "cafe"));
    // Long after: the name of a removed organization is not given again.
    founders_.push_back(std::make_unique<Founder>(
        scheduler_,
        *this,
        scheduler_.now() + 90s,
        Founder::Form{"tom@example.org", "cafe", "website", "key-of-tom"}
    ));
    for (auto& person : founders_) scheduler_.add(*person);
    for (auto& person : removers_) scheduler_.add(*person);
}

void Run::editors_come() {
    for (auto id : {2, 3}) {
        // Both write at the same moment, as fast as they can.
        auto at = scheduler_.now() + 1s + scheduler_.some_time(8'000ms);
        for (int number : {1, 2}) {
            editors_.push_back(
                std::make_unique<Editor>(scheduler_, *this, at, OrgId{id}, id * 10 + number)
            );
            scheduler_.add(*editors_.back());
        }
    }
}

bool Run::everybody_is_content() const {
    auto content = [](auto& people) {
        return std::ranges::all_of(people, [](auto& person) { return person->content(); });
    };
    return content(founders_) && content(removers_) && content(editors_);
}

// Asked now and then; who has failed for good is tried again.
bool Run::has_come_to_rest() {
    if (scheduler_.now() < look_at_) return false;
    look_at_ = scheduler_.now() + 2s;
    auto* process = up();
    if (!process || !everybody_is_content()) return false;
    if (ground_is_at_rest(ground_)) return true;
    process->retry_all();
    return false;
}

Outcome Run::play() {
    ground_.begin_run(seed_ % 8 != 0);
    if (mistake_.plant) mistake_.plant(ground_);
    people_come();
    editors_come();
    Outcome outcome;
    auto busy_until = scheduler_.now() + std::chrono::minutes(5);
    while (scheduler_.now() < busy_until && !everybody_is_content() &&
           scheduler_.steps() < steps_max) {
        one_step();
    }
    scheduler_.no_more_faults();
    auto end = scheduler_.now() + calm_max;
    bool rest = false;
    while (!(rest = has_come_to_rest()) && scheduler_.now() < end && scheduler_.steps() < steps_max
    ) {
        one_step();
    }
    outcome.steps = scheduler_.steps();
    outcome.trace = scheduler_.trace();
    outcome.kills = lives_ - 1;
    process_.reset();
    scheduler_.loop(nullptr);
    outcome.violations = look();
    if (!rest) outcome.violations.insert(outcome.violations.begin(), "it did not come to rest");
    return outcome;
}

void Run::prepare() {
    ground_.begin_run(false);
    while (!has_come_to_rest()) one_step();
    process_.reset();
    scheduler_.loop(nullptr);
    ground_.wait_for_silence();
    ground_.keep_templates();
}

std::vector<std::string> Run::look() {
    Aside aside;
    Verdict verdict(ground_);
    for (auto& founder : founders_) verdict.registered(founder->form, founder->answer);
    for (auto& remover : removers_) {
        if (remover->removed) verdict.removed(remover->slug);
    }
    return verdict.look();
}

}  // namespace luster::sim
