#include "platform/runtimes/embedded.h"

namespace luster::runtimes {

// A process serves every site that has an address. What it may remember of an earlier one under
// this number (an answer 'no such site') goes.
Task<reconcile::Outcome> Embedded::deploy(Site site) {
    sites_.open(site.organization);
    co_return reconcile::done();
}

Task<State> Embedded::observe(Site site) {
    co_return sites_.is_open(site.organization) ? State::running : State::absent;
}

Task<reconcile::Outcome> Embedded::remove(Site site) {
    co_await sites_.close(site.organization);
    co_return reconcile::done();
}

}  // namespace luster::runtimes
