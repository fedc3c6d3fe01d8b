#include "app/dispatch.h"

#include "base/messages.h"
#include "core/api/problem_details.h"

namespace luster::app {
namespace {

bool is_read(http::Method method) {
    return method == http::Method::get || method == http::Method::head;
}

std::string without_port(std::string host) {
    auto colon = host.rfind(':');
    if (colon != std::string::npos && host.find(']') == std::string::npos) host.resize(colon);
    return host;
}

http::Response misdirected(const http::Request& request) {
    Problem problem{Problem::Kind::misdirected, {"problem_misdirected", {}}, {}, {}, {}, {}};
    auto language = accepted_language(request.headers.find("Accept-Language"));
    return api::problem_response(problem, language, request.id);
}

http::Response healthy(const http::Request& request) {
    if (request.method != http::Method::get && request.method != http::Method::head) {
        return http::Response::text(405, "GET only\n").set("Allow", "GET, HEAD");
    }
    return http::Response::text(200, "ok\n").set("Cache-Control", "no-store");
}

// The panel has no inline script or style, speaks to its own host only and is in no frame; the
// preview, which it frames, lives on hosts below the sites domain.
void protect(http::Response& response, const std::string& scheme, const std::string& sites_suffix) {
    response.set(
        "Content-Security-Policy",
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src "
        "'self'; "
        "connect-src 'self'; frame-src " +
            scheme + "://*" + sites_suffix +
            ":*; frame-ancestors 'none'; "
            "base-uri 'none'; form-action 'self'; object-src 'none'"
    );
    response.set("X-Content-Type-Options", "nosniff");
    response.set("Referrer-Policy", "no-referrer");
    response.set("Cross-Origin-Opener-Policy", "same-origin");
    if (scheme == "https") response.set("Strict-Transport-Security", "max-age=31536000");
}

}  // namespace

Dispatch::Dispatch(
    std::string admin_host,
    std::string sites_domain,
    api::Api& api,
    http::Files panel,
    http::Handler& sites
)
    : admin_host_(without_port(std::move(admin_host))),
      sites_suffix_("." + without_port(std::move(sites_domain))),
      api_(api),
      panel_(std::move(panel)),
      sites_(sites) {}

bool Dispatch::is_site(std::string_view host) const {
    return host.ends_with(sites_suffix_);
}

bool Dispatch::try_now(const http::Request& request, http::Direct& out) noexcept {
    return is_site(request.host) && sites_.try_now(request, out);
}

Task<http::Response> Dispatch::handle(http::Request& request) {
    if (request.host == admin_host_) co_return co_await answer_panel(request);
    if (is_site(request.host)) co_return co_await sites_.handle(request);
    if (request.path == "/healthz" || request.path == "/readyz") co_return healthy(request);
    if (request.path.starts_with("/api/")) co_return misdirected(request);
    co_return co_await sites_.handle(request);  // says in plain words that nothing is here
}

Task<http::Response> Dispatch::answer_panel(http::Request& request) {
    if (request.path.starts_with("/api/v1/")) {
        if (request.path == "/api/v1/openapi.json" && is_read(request.method)) {
            co_return http::Response::json(200, api_.document());
        }
        co_return co_await api_.handle(request);
    }
    if (request.path == "/healthz" || request.path == "/readyz") co_return healthy(request);
    if (!is_read(request.method)) {
        co_return http::Response::text(405, "GET only\n").set("Allow", "GET, HEAD");
    }
    auto path = request.path.substr(1);
    auto file = path.empty() ? std::nullopt : panel_.find(request, path);
    bool is_asset = path.starts_with("assets/");
    // The panel's own router knows the other paths.
    if (!file && !is_asset) file = panel_.find(request, "index.html");
    if (!file) {
        co_return http::Response::text(
            404, is_asset ? "Not found\n" : "The admin panel is not built: run './dev build'.\n"
        );
    }
    protect(*file, std::string(request.scheme), sites_suffix_);
    co_return std::move(*file);
}

Task<http::Response> Operator::handle(http::Request& request) {
    auto health = health_();
    if (request.path == "/healthz") co_return healthy(request);
    if (request.path == "/readyz") {
        auto status = health.draining ? "draining" : health.started ? "ready" : "starting";
        auto response = http::Response::json(
            health.draining || !health.started ? 503 : 200,
            json::to_string(json::Value{{"status", status}, {"degraded", !health.postgres}})
        );
        co_return std::move(response.set("Cache-Control", "no-store"));
    }
    if (request.path == "/metrics") {
        std::string text;
        metrics_(text);
        auto response = http::Response::text(200, std::move(text));
        co_return std::move(response.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        );
    }
    co_return http::Response::text(404, "Not found\n");
}

}  // namespace luster::app
