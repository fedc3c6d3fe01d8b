// From the Host of a request to who answers it: the panel's host has the API and the panel, every
// host below the sites domain is an organization's, any other gets 421. Operators have a listener
// of their own.
#pragma once

#include "core/api/api.h"
#include "io/http/files.h"
#include "io/http/http.h"

#include <atomic>
#include <functional>
#include <string>

namespace luster::app {

class Dispatch final : public http::Handler {
public:
    // Hosts as people write them ("admin.localhost:8080"); the port is not compared.
    Dispatch(
        std::string admin_host,
        std::string sites_domain,
        api::Api& api,
        http::Files panel,
        http::Handler& sites
    );

    bool try_now(const http::Request& request, http::Direct& out) noexcept override;
    Task<http::Response> handle(http::Request& request) override;

private:
    bool is_site(std::string_view host) const;
    Task<http::Response> answer_panel(http::Request& request);

    std::string admin_host_;
    std::string sites_suffix_;  // ".sites.localhost"
    api::Api& api_;
    http::Files panel_;
    http::Handler& sites_;
};

// `/healthz`, `/readyz` and `/metrics`, on a listener that the public doesn't reach.
class Operator final : public http::Handler {
public:
    struct Health {
        bool draining = false;
        bool postgres =
            true;  // false is told as degraded, not as unready: cached pages are still served
        bool started = true;
    };
    Operator(std::function<Health()> health, std::function<void(std::string&)> metrics)
        : health_(std::move(health)), metrics_(std::move(metrics)) {}
    Task<http::Response> handle(http::Request& request) override;

private:
    std::function<Health()> health_;
    std::function<void(std::string&)> metrics_;
};

}  // namespace luster::app
