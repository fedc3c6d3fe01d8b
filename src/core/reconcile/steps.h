// A list of steps, walked from the first at every pass. A step looks first, acts once, and may be
// cut anywhere; so walking the list again finishes what was begun, and repairs what was broken
// since.
#pragma once

#include "base/result.h"
#include "core/reconcile/outcome.h"
#include "io/clock/clock.h"
#include "io/pg/error.h"

#include <boost/describe/enum.hpp>

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace luster::reconcile {

BOOST_DEFINE_ENUM_CLASS(StepState, waiting, running, done, failed)

template <class World, class Subject>
struct Step {
    std::string_view name;
    Task<Outcome> (*run)(World& world, Subject& subject);
};

// How far a subject is, as people see it.
class Progress {
public:
    virtual ~Progress() = default;
    virtual bool is_done(std::string_view step) const = 0;
    virtual void started(std::string_view step, Time now) = 0;
    virtual void ended(std::string_view step, StepState state, Time now, std::string error) = 0;
    // Between steps: a moment at which what was recorded may be written.
    virtual Task<void> pause() = 0;
};

// A fault as the outcome of a step: what is away blocks, everything else is a failure.
Outcome outcome_of(const std::exception& fault);

namespace detail {
template <class World, class Subject>
Task<Outcome> attempt(const Step<World, Subject>& step, World& world, Subject& subject) {
    try {
        co_return co_await step.run(world, subject);
    } catch (const std::exception& fault) {
        co_return outcome_of(fault);
    }
}
}  // namespace detail

// Until the first step that isn't done. `may_go_on` is asked before each one: false when the lock
// on the subject was lost or the process stops.
template <class World, class Subject>
Task<Outcome> run_steps(
    std::span<const Step<World, Subject>> steps,
    World& world,
    Subject& subject,
    Progress& progress,
    const Clock& clock,
    std::function<bool()> may_go_on
) {
    for (auto& step : steps) {
        if (!may_go_on()) co_return again(Duration(0), "the pass was stopped");
        bool before = progress.is_done(step.name);
        if (!before) progress.started(step.name, clock.now());
        auto outcome = co_await detail::attempt(step, world, subject);
        if (outcome.kind != Outcome::Kind::done) {
            auto state =
                outcome.kind == Outcome::Kind::failed ? StepState::failed : StepState::running;
            progress.ended(step.name, state, clock.now(), outcome.why);
            co_return outcome;
        }
        if (!before) progress.ended(step.name, StepState::done, clock.now(), {});
        co_await progress.pause();
    }
    co_return done();
}

}  // namespace luster::reconcile
