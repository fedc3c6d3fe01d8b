// Where an organization's site runs. A driver brings one site to the state that is wanted; every
// call looks first and may be repeated.
#pragma once

#include "base/ids.h"
#include "core/reconcile/outcome.h"
#include "io/loop/task.h"

#include <string>

namespace luster::runtimes {

struct Site {
    OrgId organization;
    std::string slug;
};

enum class State { absent, starting, running };

class Driver {
public:
    virtual ~Driver() = default;
    virtual Task<reconcile::Outcome> deploy(Site site) = 0;
    virtual Task<State> observe(Site site) = 0;
    virtual Task<reconcile::Outcome> remove(Site site) = 0;
};

}  // namespace luster::runtimes
