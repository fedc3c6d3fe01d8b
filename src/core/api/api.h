// The edge of the HTTP API: what every request to /api/v1 goes through before and after its
// handler.
//
//   route → origin → session → rate → right → decode → handler → encode
//
// A refusal becomes problem details; a fault becomes 503 and a line in the log; nothing internal
// leaks.
#pragma once

#include "base/log.h"
#include "core/api/rate_limit.h"
#include "core/api/router.h"

namespace luster::api {

inline constexpr std::string_view prefix = "/api/v1";
inline constexpr std::string_view session_cookie = "__Host-session";
inline constexpr std::size_t body_bytes_max = 1'048'576;

struct Settings {
    double rate_factor = 1;  // multiplies every rate limit
    Secret key;              // for the HMAC of bodies under an Idempotency-Key
};

class Api {
public:
    Api(Services services, std::vector<Endpoint> endpoints, Settings settings, log::Logger log);

    // Any path below the prefix.
    Task<http::Response> handle(http::Request& request);
    const Router& router() const { return router_; }
    // OpenAPI 3.1, made once.
    const std::string& document() const { return document_; }

private:
    Task<Result<http::Response>> answer(Call& call);
    Task<Result<void>> authenticate(Call& call, const Endpoint& endpoint);
    Result<void> check_rate(Call& call, const Endpoint& endpoint);

    Services services_;
    Router router_;
    Settings settings_;
    RateLimiter limiter_;
    log::Logger log_;
    std::string document_;
};

// For /api/v1 requests: what is wrong with the place it came from (api.md: origin check and CSRF
// token).
Result<void> check_origin(const http::Request& request);

// The document of an endpoint table.
std::string openapi(const std::vector<Endpoint>& endpoints);

// "__Host-session=…; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=…"; an empty value ends it.
std::string session_cookie_of(std::string_view token, std::chrono::seconds age_max);

}  // namespace luster::api
