#include "core/api/api.h"

#include "core/api/problem_details.h"
#include "io/pg/error.h"

#include <fmt/format.h>

namespace luster::api {
namespace {

bool changes(http::Method method) {
    return method != http::Method::get && method != http::Method::head;
}

Problem no_such_route() {
    return not_found("route");
}

Problem wrong_method(const http::Request& request) {
    return Problem{
        Problem::Kind::method_not_allowed,
        {"problem_method_not_allowed", {{"method", std::string(request.method_text)}}},
        {},
        {},
        {},
        {}
    };
}

Problem forged() {
    return Problem{Problem::Kind::csrf, {"problem_csrf", {}}, {}, {}, {}, {}};
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

http::Response kept_response(KeptAnswer answer) {
    auto response =
        http::Response::json(static_cast<unsigned>(answer.status), std::move(answer.body));
    if (!answer.etag.empty()) response.set("ETag", std::move(answer.etag));
    if (!answer.location.empty()) response.set("Location", std::move(answer.location));
    response.set("Idempotency-Replayed", "true");
    return response;
}

// What every answer of the API carries. Nothing of it belongs into a cache or a frame.
constexpr std::string_view fixed_fields =
    "cache-control: no-store\r\n"
    "x-content-type-options: nosniff\r\n"
    "referrer-policy: no-referrer\r\n"
    "content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n";

void finish(http::Response& response, const Call& call) {
    std::erase_if(response.headers, [](const auto& header) {
        return http::equal_ignoring_case(header.first, "cache-control");
    });
    response.fixed_fields = fixed_fields;
    for (const auto& cookie : call.cookies) response.add("Set-Cookie", cookie);
    if (!call.rate_limit) return;
    response.set("RateLimit-Policy", call.rate_limit->policy);
    response.set("RateLimit", call.rate_limit->left);
}

}  // namespace

std::string etag_of(std::int64_t revision) {
    return fmt::format("\"{}\"", revision);
}

// "*", or one of a list (RFC 9110, 13.1.1). A weak one, W/"3", never matches.
bool IfMatch::matches(std::int64_t revision) const {
    if (etag == "*") return true;
    auto ours = etag_of(revision);
    for (std::size_t at = 0; (at = etag.find_first_not_of(", \t", at)) != std::string::npos;) {
        auto open = etag.find('"', at);
        auto close = open == std::string::npos ? open : etag.find('"', open + 1);
        if (close == std::string::npos) return false;
        if (etag.compare(at, close + 1 - at, ours) == 0) return true;
        at = close + 1;
    }
    return false;
}

std::string session_cookie_of(std::string_view token, std::chrono::seconds age_max) {
    return fmt::format(
        "{}={}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={}",
        session_cookie,
        token,
        age_max.count()
    );
}

Api::Api(Services services, std::vector<Endpoint> endpoints, Settings settings, log::Logger log)
    : services_(services),
      router_(std::move(endpoints)),
      settings_(std::move(settings)),
      limiter_(settings_.rate_factor),
      log_(std::move(log)),
      document_(openapi(router_.endpoints())) {}

Task<http::Response> Api::handle(http::Request& request) {
    Call call(services_, request);
    call.tree = services_.organizations.tree();
    call.language = accepted_language(request.headers.find("Accept-Language"));
    call.key_secret = &settings_.key;
    std::optional<Problem> problem;
    try {
        auto answered = co_await answer(call);
        if (answered) {
            finish(*answered, call);
            co_return std::move(*answered);
        }
        problem = std::move(answered.error());
    } catch (AnsweredBefore& before) {
        auto response = kept_response(std::move(before.answer));
        finish(response, call);
        co_return response;
    } catch (const http::BodyBroken&) {
        throw;  // the server answers
    } catch (const std::exception& fault) {
        log_.error(
            "a request met a fault",
            {{"request", request.id},
             {"route", call.endpoint ? call.endpoint->path : ""},
             {"fault", fault.what()}}
        );
        problem = unavailable(std::chrono::seconds(2));
    }
    auto response = problem_response(*problem, call.language, request.id);
    if (problem->kind == Problem::Kind::method_not_allowed) {
        auto path = request.path.substr(prefix.size());
        response.set("Allow", joined(router_.find(request.method, path).allowed));
    }
    finish(response, call);
    co_return response;
}

Task<Result<http::Response>> Api::answer(Call& call) {
    auto& request = call.request;
    auto match = router_.find(request.method, request.path.substr(prefix.size()));
    if (!match.endpoint)
        co_return refuse(match.allowed.empty() ? no_such_route() : wrong_method(request));
    call.endpoint = match.endpoint;
    CO_TRY(co_await authenticate(call, *match.endpoint));
    CO_TRY(check_rate(call, *match.endpoint));
    if (match.endpoint->audience == Audience::organization) {
        if (!call.session) co_return refuse(unauthenticated());
        const auto* organization = call.tree->find_named(*detail::value_of(match.values, "org"));
        // An id that nobody has: `may` then gives the one answer for absent and not yours.
        call.organization = organization ? organization->id : OrgId{0};
        call.request.organization = *call.organization;
    }
    co_return co_await match.endpoint->run(call, match.values);
}

Task<Result<void>> Api::authenticate(Call& call, const Endpoint&) {
    auto& request = call.request;
    if (changes(request.method)) CO_TRY(check_origin(request));
    auto token = http::cookie(request, session_cookie);
    if (token.empty()) co_return Result<void>();
    call.session = co_await services_.authenticator.authenticate(token);
    if (call.session) request.user = call.session->actor->user;
    if (!call.session || !changes(request.method)) co_return Result<void>();
    // Public routes (signing in) are protected by the origin alone: there is no token before.
    if (call.endpoint->audience == Audience::anyone) co_return Result<void>();
    if (!Secret(call.session->csrf_token).equals(request.headers.find("X-CSRF-Token")))
        co_return refuse(forged());
    co_return Result<void>();
}

Result<void> Api::check_rate(Call& call, const Endpoint& endpoint) {
    std::string network;
    std::string_view who;
    // Whoever isn't asked who they are is counted by their network: a session is had for the
    // asking.
    if (call.session && endpoint.audience != Audience::anyone) {
        const auto& bytes = call.session->actor->user.uuid.bytes;
        who = {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    } else {
        who = network = network_of(call.request.client);
    }
    auto verdict = limiter_.take(endpoint.rate, who, call.now());
    call.rate_limit = {
        fmt::format(
            "\"{}\";q={};w={}",
            endpoint.rate.name,
            limiter_.limit_of(endpoint.rate),
            endpoint.rate.seconds
        ),
        fmt::format("\"{}\";r={};t={}", endpoint.rate.name, verdict.remaining, verdict.reset_s)
    };
    if (verdict.allowed) return {};
    return refuse(too_many_requests(std::chrono::seconds(std::max<std::int64_t>(1, verdict.reset_s))
    ));
}

Result<void> check_origin(const http::Request& request) {
    auto site = request.headers.find("Sec-Fetch-Site");
    if (site == "cross-site" || site == "same-site") return refuse(forged());
    auto origin = request.headers.find("Origin");
    if (origin.empty()) return {};  // not a browser, or one that said same-origin above
    auto own = fmt::format("{}://{}", request.scheme, request.headers.find("Host"));
    if (origin != own) return refuse(forged());
    return {};
}

}  // namespace luster::api
