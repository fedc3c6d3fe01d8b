// Who waits for news of an organization, on any loop of the process.
#pragma once

#include "base/ids.h"
#include "io/loop/event.h"
#include "io/loop/loops.h"

#include <chrono>
#include <list>
#include <memory>
#include <optional>
#include <vector>

namespace luster::provisioning {

class Watch {
    struct Sitter {
        OrgId organization;
        bool moved = false;
        Event event;
    };
    using Row = std::list<std::shared_ptr<Sitter>>;

public:
    explicit Watch(Loops& loops) : loops_(loops), rows_(loops.size()) {}

    // News from the moment of sitting down on is not missed. Stays on the loop on which it was
    // taken.
    class Seat {
    public:
        Seat(Row& row, OrgId organization);
        ~Seat();
        Seat(const Seat&) = delete;
        // True when there was news since the last call, false when `limit` passed.
        Task<bool> wait(std::chrono::milliseconds limit);

    private:
        Row& row_;
        Row::iterator place_;
    };
    Task<std::unique_ptr<Seat>> sit(OrgId organization);

    void moved(OrgId organization);  // from any loop
    void all_moved();                // news may have been missed

private:
    Task<void> call(std::size_t loop, std::optional<OrgId> organization);

    Loops& loops_;
    std::vector<Row> rows_;  // one a loop
};

}  // namespace luster::provisioning
