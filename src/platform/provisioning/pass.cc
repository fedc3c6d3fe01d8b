#include "platform/provisioning/pass.h"

#include "platform/provisioning/store.h"

#include <algorithm>
#include <chrono>

namespace luster::provisioning {
namespace {

using namespace std::chrono_literals;
using reconcile::Outcome;

// A birth is over before anybody could see its steps; one that takes longer than this is written as
// it goes.
constexpr Duration slow = 40ms;

Duration doubled(std::chrono::milliseconds least, std::chrono::milliseconds most, int times) {
    return std::min<Duration>(least * (1 << std::clamp(times, 0, 12)), most);
}

}  // namespace

Task<std::vector<reconcile::Due>> Provisioning::due(Time until) {
    std::vector<reconcile::Due> found;
    for (auto& row : co_await store::due(world_.control, until))
        found.push_back({row.organization_id, row.due_at});
    co_return found;
}

Task<std::optional<Duration>> Provisioning::pass(
    OrgId organization, std::function<bool()> may_go_on
) {
    auto loaded = co_await store::load(world_, organization, lists_);
    if (!loaded || !loaded->row.due_at) co_return std::nullopt;
    auto& org = *loaded;
    org.steps.write_when_slow(world_.clock, slow, [this, &org]() -> Task<void> {
        co_await store::write_steps(world_, org);
        moved_(org.id());
    });
    Hands hands{world_, stock_, may_go_on};
    auto known_trouble = org.steps.trouble();
    auto steps = lists_.towards(org.row.wanted == "present");
    auto outcome =
        co_await reconcile::run_steps(steps, hands, org, org.steps, world_.clock, may_go_on);
    if (!may_go_on()) co_return Duration(0);
    if (outcome.kind == Outcome::Kind::done) co_return co_await finish(org);
    // What is away is said once, however often it is looked for.
    bool known = outcome.kind == Outcome::Kind::blocked && outcome.why == known_trouble;
    co_return co_await put_off(org, outcome, known);
}

Task<std::optional<Duration>> Provisioning::finish(Org& org) {
    bool present = org.row.wanted == "present";
    bool finished = present ? co_await store::finish_birth(world_, org)
                            : co_await store::finish_removal(world_, org);
    if (!finished) co_return Duration(0);
    ++counts_.done;
    co_await world_.organization_changed(org.id());
    moved_(org.id());
    world_.log.info(
        present ? "an organization is ready" : "an organization is removed",
        {{"organization", org.id()}, {"slug", org.row.slug}}
    );
    co_return std::nullopt;
}

Task<std::optional<Duration>> Provisioning::put_off(Org& org, const Outcome& outcome, bool known) {
    auto& settings = world_.settings;
    int attempt = org.row.attempt;
    auto after = outcome.after;
    if (outcome.kind == Outcome::Kind::blocked) {
        ++counts_.blocked;
        after = doubled(settings.back_off_ms_min, settings.blocked_ms_max, 1);
    } else if (outcome.kind == Outcome::Kind::failed) {
        ++counts_.failed;
        after = doubled(settings.back_off_ms_min, settings.back_off_ms_max, attempt++);
    }
    // Removal is never given up: nothing may be left behind. It goes on in its slowest rhythm.
    bool over = outcome.kind == Outcome::Kind::failed && attempt >= settings.attempts_max &&
                org.row.wanted == "present";
    if (outcome.kind != Outcome::Kind::again && !known) {
        world_.log.warning(
            over ? "an organization could not be made" : "a step will be tried again",
            {{"organization", org.id()}, {"attempt", attempt}, {"why", outcome.why}}
        );
    }
    auto due_at = over ? std::nullopt : std::optional(world_.clock.now() + after);
    co_await store::put_off(world_, org, due_at, attempt);
    if (over) co_await world_.organization_changed(org.id());
    moved_(org.id());
    co_return over ? std::nullopt : std::optional(after);
}

}  // namespace luster::provisioning
