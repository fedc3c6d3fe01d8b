#include "core/api/problem_details.h"

#include "base/json.h"
#include "io/http/status.h"

#include <array>

namespace luster::api {
namespace {

struct Row {
    Problem::Kind kind;
    unsigned status;
    std::string_view type;
};
using Kind = Problem::Kind;
constexpr std::array table{
    Row{Kind::invalid, 422, "https://luster.dev/problems/invalid"},
    Row{Kind::malformed, 400, "https://luster.dev/problems/malformed"},
    Row{Kind::unauthenticated, 401, "https://luster.dev/problems/unauthenticated"},
    Row{Kind::forbidden, 403, "https://luster.dev/problems/forbidden"},
    Row{Kind::not_found, 404, "https://luster.dev/problems/not-found"},
    Row{Kind::method_not_allowed, 405, "https://luster.dev/problems/method-not-allowed"},
    Row{Kind::conflict, 409, "https://luster.dev/problems/conflict"},
    Row{Kind::in_progress, 409, "https://luster.dev/problems/in-progress"},
    Row{Kind::changed_meanwhile, 412, "https://luster.dev/problems/changed-meanwhile"},
    Row{Kind::precondition_required, 428, "https://luster.dev/problems/precondition-required"},
    Row{Kind::too_large, 413, "https://luster.dev/problems/too-large"},
    Row{Kind::unsupported_media_type, 415, "https://luster.dev/problems/unsupported-media-type"},
    Row{Kind::misdirected, 421, "https://luster.dev/problems/misdirected"},
    Row{Kind::idempotency_mismatch, 422, "https://luster.dev/problems/idempotency-mismatch"},
    Row{Kind::csrf, 403, "https://luster.dev/problems/csrf"},
    Row{Kind::limit_reached, 402, "https://luster.dev/problems/limit-reached"},
    Row{Kind::too_many_requests, 429, "https://luster.dev/problems/too-many-requests"},
    Row{Kind::unavailable, 503, "https://luster.dev/problems/unavailable"},
};

const Row& row_of(Kind kind) {
    for (const auto& row : table) {
        if (row.kind == kind) return row;
    }
    LUSTER_ASSERT(!"every kind of problem has a row");
    return table[0];
}

boost::json::array fields_of(const Problem& problem, Language language) {
    boost::json::array fields;
    for (const auto& field : problem.fields) {
        std::string code = field.message.key;
        if (code.starts_with("field_")) code.erase(0, 6);
        fields.push_back({
            {"pointer", field.pointer},
            {"code", code},
            {"detail", messages::sentence(language, field.message)},
        });
    }
    return fields;
}

}  // namespace

unsigned status_of(Kind kind) {
    return row_of(kind).status;
}
std::string_view type_of(Kind kind) {
    return row_of(kind).type;
}

http::Response problem_response(
    const Problem& problem, Language language, std::string_view request_id
) {
    const auto& row = row_of(problem.kind);
    boost::json::object body{
        {"type", row.type},
        {"title", http::reason_phrase(row.status)},
        {"status", row.status},
        {"detail", messages::sentence(language, problem.message)},
        {"request_id", request_id},
    };
    if (!problem.fields.empty()) body["fields"] = fields_of(problem, language);
    if (!problem.current.is_null()) body["current"] = problem.current;
    if (problem.retry_after) body["retry_after"] = problem.retry_after->count();
    auto response = http::Response::json(row.status, json::to_string(json::Value(std::move(body))));
    response.set("Content-Type", "application/problem+json");
    response.set("Content-Language", std::string(tag_of(language)));
    if (problem.retry_after)
        response.set("Retry-After", std::to_string(problem.retry_after->count()));
    if (!problem.current_etag.empty()) response.set("ETag", problem.current_etag);
    return response;
}

}  // namespace luster::api
