// The hosts of one organization's site, for a runtime that serves nothing else.
#pragma once

#include "site/content.h"

#include <algorithm>
#include <string>
#include <vector>

namespace luster::site {

class OneSite final : public Hosts {
public:
    // Of `hosts`, without ports, the first is the site's own; the others lead there.
    OneSite(OrgId organization, std::string slug, std::vector<std::string> hosts, bool noindex)
        : hosts_(std::move(hosts)) {
        site_.organization = organization;
        site_.slug = std::move(slug);
        site_.noindex = noindex;
    }

    std::optional<SiteHost> find(std::string_view host) override {
        if (std::ranges::find(hosts_, host) == hosts_.end()) return std::nullopt;
        auto found = site_;
        if (host != hosts_.front()) found.address = hosts_.front();
        return found;
    }

private:
    SiteHost site_;
    std::vector<std::string> hosts_;
};

}  // namespace luster::site
