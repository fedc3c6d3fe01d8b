// Which site a host name below the sites domain belongs to, answered from the tree in memory.
#pragma once

#include "core/access/authenticator.h"
#include "site/content.h"

#include <functional>
#include <string>

namespace luster::app {

class PlatformHosts final : public site::Hosts {
public:
    // `sites_domain` without its port.
    // A newborn's site is shown before the last step, which looks at it, is done. `is_deployed` is
    // known where births are made; elsewhere (none) it is tried.
    PlatformHosts(
        Organizations& organizations,
        std::string sites_domain,
        std::function<bool(OrgId)> is_deployed
    )
        : organizations_(organizations),
          suffix_("." + std::move(sites_domain)),
          is_deployed_(std::move(is_deployed)) {}

    std::optional<site::SiteHost> find(std::string_view host) override;

private:
    Organizations& organizations_;
    std::string suffix_;
    std::function<bool(OrgId)> is_deployed_;
};

// "sites.localhost:8080" → "sites.localhost" and 8080; 0 where no port is named.
std::pair<std::string, std::uint16_t> host_and_port(std::string_view text);
// "127.0.0.1:8080", "[::1]:8080" → address and port, 0 for one that the system chooses; nothing
// where it is no address to listen on.
std::optional<std::pair<std::string, std::uint16_t>> address_and_port(std::string_view text);

}  // namespace luster::app
