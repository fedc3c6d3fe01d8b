// The default: sites live inside the server, as objects that it opens at their first visitor. So
// there is nothing to start; what is to be taken down is what this process still holds of a site.
#pragma once

#include "platform/runtimes/runtimes.h"

namespace luster::runtimes {

// The server's sites, given by app.
class EmbeddedSites {
public:
    virtual ~EmbeddedSites() = default;
    // From now on its address shows the site as it is now, also while the rest of the birth goes
    // on: cached pages are forgotten.
    virtual void open(OrgId organization) = 0;
    // Forgets the site's cached pages, theme and connections; the next visitor finds it as it is
    // then.
    virtual Task<void> close(OrgId organization) = 0;
    virtual bool is_open(OrgId organization) const = 0;
};

class Embedded final : public Driver {
public:
    explicit Embedded(EmbeddedSites& sites) : sites_(sites) {}
    Task<reconcile::Outcome> deploy(Site site) override;
    Task<State> observe(Site site) override;
    Task<reconcile::Outcome> remove(Site site) override;

private:
    EmbeddedSites& sites_;
};

}  // namespace luster::runtimes
