// Bodies and streams of the endpoints' templates.
#include "core/api/api.h"

namespace luster::api::detail {
namespace {

Problem malformed(std::string why) {
    return Problem{
        Problem::Kind::malformed, {"problem_malformed", {{"why", std::move(why)}}}, {}, {}, {}, {}
    };
}

bool is_json(std::string_view type) {
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' ')) type.remove_suffix(1);
    return http::equal_ignoring_case(type, "application/json") ||
           http::equal_ignoring_case(type, "application/merge-patch+json");
}

// Asks session and right anew before each event: a revoked right ends with the next one.
class GuardedSink final : public EventSink {
public:
    GuardedSink(
        http::Writer& writer, Services& services, std::string token, OrgId organization, Right right
    )
        : writer_(writer),
          services_(services),
          token_(std::move(token)),
          organization_(organization),
          right_(right) {}

    Task<bool> send(std::string_view name, std::string_view data, std::string_view id) override {
        if (!co_await still_allowed()) co_return false;
        co_return co_await writer_.event(name, data, id);
    }

    Task<bool> still_allowed() override {
        if (!writer_.open()) co_return false;
        auto session = co_await services_.authenticator.authenticate(token_);
        if (!session) co_return false;
        auto role = role_at(*session->actor, *services_.organizations.tree(), organization_);
        co_return role&& grants(*role, right_);
    }

private:
    http::Writer& writer_;
    Services& services_;
    std::string token_;
    OrgId organization_;
    Right right_;
};

}  // namespace

bool sends_body(http::Method method) {
    return method == http::Method::post || method == http::Method::put ||
           method == http::Method::patch;
}

Problem precondition_required() {
    return Problem{
        Problem::Kind::precondition_required, {"problem_precondition_required", {}}, {}, {}, {}, {}
    };
}

Result<json::Value> read_body(std::string_view body) {
    if (body.empty()) return json::Value(boost::json::object());
    std::string why;
    auto value = json::parse(body, &why);
    if (!value) return refuse(malformed(std::move(why)));
    return std::move(*value);
}

Result<http::QueryPairs> read_query_of(const http::Request& request) {
    auto pairs = http::query_pairs(request.query);
    if (!pairs) return refuse(malformed("an escape in the query is broken"));
    for (auto pair = pairs->begin(); pair != pairs->end(); ++pair) {
        bool twice = std::any_of(pairs->begin(), pair, [&](const auto& before) {
            return before.first == pair->first;
        });
        if (twice) return refuse(malformed("the query has a parameter twice"));
    }
    return std::move(*pairs);
}

Task<Result<json::Value>> body_of(Call& call) {
    auto text = CO_TRY(co_await call.request.body->all(body_bytes_max));
    if (!text.empty() && !is_json(call.request.headers.find("Content-Type"))) {
        co_return refuse(Problem{
            Problem::Kind::unsupported_media_type,
            {"problem_unsupported_media_type", {{"expected", "application/json"}}},
            {},
            {},
            {},
            {}
        });
    }
    if (call.endpoint->wants_key) CO_TRY(call.take_key(text));
    co_return read_body(text);
}

Task<Result<http::Response>> stream_response(Call& call, Events events, Right right) {
    std::string token(http::cookie(call.request, session_cookie));
    co_return http::Response::events(
        [run = std::move(events.run),
         &services = call.services,
         token = std::move(token),
         organization = call.organization.value_or(OrgId{0}),
         right](http::Writer& writer) -> Task<void> {
            GuardedSink sink(writer, services, token, organization, right);
            co_await run(sink);
        }
    );
}

}  // namespace luster::api::detail
