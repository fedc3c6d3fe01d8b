#include "core/reconcile/steps.h"

#include "io/s3/error.h"

#include <system_error>

namespace luster::reconcile {

Outcome outcome_of(const std::exception& fault) {
    if (auto* error = dynamic_cast<const pg::Error*>(&fault)) {
        bool away = error->connection_lost() || dynamic_cast<const pg::Busy*>(error) ||
                    dynamic_cast<const pg::TimedOut*>(error);
        if (away) return blocked(error->what());
    }
    // A disk that is full or read-only is mended by others, and then nobody should have to ask.
    if (dynamic_cast<const s3::Error*>(&fault) || dynamic_cast<const std::system_error*>(&fault))
        return blocked(fault.what());
    return failed(fault.what());
}

}  // namespace luster::reconcile
