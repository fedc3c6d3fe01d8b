#include "core/reconcile/steps.h"

namespace luster::reconcile {

Outcome outcome_of(const std::exception& fault) {
    if (auto* error = dynamic_cast<const pg::Error*>(&fault)) {
        bool away = error->connection_lost() || dynamic_cast<const pg::Busy*>(error) ||
                    dynamic_cast<const pg::TimedOut*>(error);
        if (away) return blocked(error->what());
    }
    return failed(fault.what());
}

}  // namespace luster::reconcile
