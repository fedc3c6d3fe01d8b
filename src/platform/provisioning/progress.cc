#include "platform/provisioning/progress.h"

#include "base/json.h"

#include <algorithm>

namespace luster::provisioning {

Steps::Steps(const std::vector<std::string_view>& names, std::vector<StepRow> stored)
    : changed_(names.size(), false) {
    for (auto name : names) {
        auto found = std::ranges::find(stored, name, &StepRow::name);
        rows_.push_back(
            found == stored.end() ? StepRow{.name = std::string(name)} : std::move(*found)
        );
    }
}

StepRow& Steps::find(std::string_view step) {
    auto found = std::ranges::find(rows_, step, &StepRow::name);
    LUSTER_ASSERT(found != rows_.end());
    changed_[static_cast<std::size_t>(found - rows_.begin())] = true;
    return *found;
}

const StepRow& Steps::row(std::string_view step) const {
    auto found = std::ranges::find(rows_, step, &StepRow::name);
    LUSTER_ASSERT(found != rows_.end());
    return *found;
}

bool Steps::is_done(std::string_view step) const {
    return row(step).state == StepState::done;
}

// A step that is tried again keeps its first start: people see how long it takes in all.
void Steps::started(std::string_view step, Time now) {
    auto& row = find(step);
    if (!row.started_at) row.started_at = now;
    row.ended_at.reset();
    row.state = StepState::running;
    ++row.attempt;
}

void Steps::ended(std::string_view step, StepState state, Time now, std::string error) {
    auto& row = find(step);
    row.state = state;
    if (state == StepState::done || state == StepState::failed) row.ended_at = now;
    row.error = error.empty() ? std::nullopt : std::optional(std::move(error));
}

Task<void> Steps::pause() {
    if (!write_ || !changed() || clock_->now() - written_at_ < slow_) co_return;
    co_await write_();
    written_at_ = clock_->now();
}

void Steps::write_when_slow(const Clock& clock, Duration slow, std::function<Task<void>()> write) {
    clock_ = &clock;
    slow_ = slow;
    written_at_ = clock.now();
    write_ = std::move(write);
}

bool Steps::changed() const {
    return std::ranges::find(changed_, true) != changed_.end();
}

std::optional<std::string> Steps::trouble() const {
    for (auto& row : rows_) {
        if (row.error) return row.error;
    }
    return std::nullopt;
}

pg::Json Steps::take_changed() {
    std::vector<StepRow> changed;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (changed_[i]) changed.push_back(rows_[i]);
        changed_[i] = false;
    }
    return {json::to_string(changed)};
}

}  // namespace luster::provisioning
