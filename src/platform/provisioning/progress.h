// The recorded steps of one organization. They are kept here during a pass and written together: a
// step is information for people, not the truth about the world (each step looks for itself), so it
// need not cost a flush of the disk each time.
#pragma once

#include "core/reconcile/steps.h"
#include "io/pg/pg.h"

#include <boost/describe.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace luster::provisioning {

using reconcile::StepState;

// As it is stored, and as the API shows it.
struct StepRow {
    std::string name;
    StepState state = StepState::waiting;
    std::optional<Time> started_at{};
    std::optional<Time> ended_at{};
    std::int32_t attempt = 0;
    std::optional<std::string> error{};
};
BOOST_DESCRIBE_STRUCT(StepRow, (), (name, state, started_at, ended_at, attempt, error))

class Steps final : public reconcile::Progress {
public:
    Steps() = default;
    // The steps of the list in its order; rows that were stored before keep what they say.
    Steps(const std::vector<std::string_view>& names, std::vector<StepRow> stored);

    bool is_done(std::string_view step) const override;
    void started(std::string_view step, Time now) override;
    void ended(std::string_view step, StepState state, Time now, std::string error) override;
    Task<void> pause() override;

    // Called at a pause when the pass has been going on for a while, so that people see it move.
    void write_when_slow(const Clock& clock, Duration slow, std::function<Task<void>()> write);
    const std::vector<StepRow>& rows() const { return rows_; }
    const StepRow& row(std::string_view step) const;
    // Why the last pass came to no end, where it did.
    std::optional<std::string> trouble() const;
    // The rows that changed since the last call, as JSON for one statement.
    pg::Json take_changed();
    bool changed() const;

private:
    StepRow& find(std::string_view step);

    std::vector<StepRow> rows_;
    std::vector<bool> changed_;
    const Clock* clock_ = nullptr;
    Duration slow_{};
    Time written_at_;
    std::function<Task<void>()> write_;
};

}  // namespace luster::provisioning
