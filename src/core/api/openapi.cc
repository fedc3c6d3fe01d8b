// OpenAPI 3.1 from the endpoint table.
#include "core/api/api.h"
#include "core/api/problem_details.h"

#include <boost/json/serialize.hpp>

namespace luster::api {
namespace {

using boost::json::object;

std::string lower(std::string_view text) {
    std::string result(text);
    for (auto& c : result) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return result;
}

json::Value problem_schema() {
    auto text = [] { return json::Value{{"type", "string"}}; };
    return {
        {"type", "object"},
        {"properties",
         {{"type", text()},
          {"title", text()},
          {"status", {{"type", "integer"}}},
          {"detail", text()},
          {"request_id", text()},
          {"retry_after", {{"type", "integer"}}},
          {"current", object()},
          {"fields",
           {{"type", "array"},
            {"items",
             {{"type", "object"},
              {"properties", {{"pointer", text()}, {"code", text()}, {"detail", text()}}},
              {"required", {"pointer", "code", "detail"}}}}}}}},
        {"required", {"type", "title", "status", "detail", "request_id"}},
    };
}

object header_parameter(std::string_view name) {
    return {
        {"name", name},
        {"in", "header"},
        {"required", true},
        {"schema", {{"type", "string"}, {"minLength", 1}, {"maxLength", 255}}}
    };
}

boost::json::array parameters_of(const Endpoint& endpoint, const Shape& shape) {
    boost::json::array parameters;
    for (const auto& parameter : shape.parameters) {
        parameters.push_back(object{
            {"name", parameter.name},
            {"in", parameter.in_path ? "path" : "query"},
            {"required", parameter.required},
            {"schema", parameter.schema},
        });
    }
    if (endpoint.if_match) parameters.push_back(header_parameter("If-Match"));
    if (endpoint.wants_key) parameters.push_back(header_parameter("Idempotency-Key"));
    return parameters;
}

object answers_of(const Endpoint& endpoint, const Shape& shape) {
    object good{{"description", endpoint.doc}};
    if (endpoint.streams) {
        good["content"] = {{"text/event-stream", {{"schema", {{"type", "string"}}}}}};
    } else if (shape.answer) {
        good["content"] = {{"application/json", {{"schema", *shape.answer}}}};
    }
    if (endpoint.tagged) good["headers"] = {{"ETag", {{"schema", {{"type", "string"}}}}}};
    object problem{
        {"description", "A refusal, as problem details (RFC 9457)"},
        {"content",
         {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}},
    };
    return {{std::to_string(endpoint.status), std::move(good)}, {"default", std::move(problem)}};
}

std::string_view audience_of(const Endpoint& endpoint) {
    switch (endpoint.audience) {
        case Audience::anyone:
            return "anyone";
        case Audience::signed_in:
            return "signed_in";
        case Audience::organization:
            return json::name_of(endpoint.right);
    }
    return "";
}

// "/orgs/{org}/pages" with GET → "get_orgs_pages".
std::string operation_id(const Endpoint& endpoint) {
    std::string id = lower(http::method_name(endpoint.method));
    for (std::size_t at = 0; at < endpoint.path.size();) {
        auto end = std::min(endpoint.path.find('/', at + 1), endpoint.path.size());
        auto segment = std::string_view(endpoint.path).substr(at + 1, end - at - 1);
        if (segment.starts_with('{')) segment = segment.substr(1, segment.size() - 2);
        id += '_';
        for (char c : segment) id += c == '-' ? '_' : c;
        at = end;
    }
    return id;
}

object operation_of(const Endpoint& endpoint, json::SchemaBook& book) {
    auto shape = endpoint.shape(book);
    object operation{
        {"operationId", operation_id(endpoint)},
        {"summary", endpoint.doc},
        {"x-right", audience_of(endpoint)},
        {"parameters", parameters_of(endpoint, shape)},
        {"responses", answers_of(endpoint, shape)},
    };
    if (shape.body) {
        bool required = !book.resolved(*shape.body).at("required").as_array().empty();
        operation["requestBody"] = {
            {"required", required}, {"content", {{"application/json", {{"schema", *shape.body}}}}}
        };
    }
    if (endpoint.audience != Audience::anyone) {
        operation["security"] = boost::json::array{{{"session", boost::json::array()}}};
    }
    return operation;
}

}  // namespace

std::string openapi(const std::vector<Endpoint>& endpoints) {
    json::SchemaBook book;
    std::map<std::string, object> paths;
    for (const auto& endpoint : endpoints) {
        auto& path = paths[std::string(prefix) + endpoint.path];
        path[lower(http::method_name(endpoint.method))] = operation_of(endpoint, book);
    }
    object schemas{{"Problem", problem_schema()}};
    for (const auto& [name, schema] : book.schemas()) schemas[name] = schema;
    object all_paths;
    for (auto& [path, operations] : paths) all_paths[path] = std::move(operations);
    object document{
        {"openapi", "3.1.0"},
        {"info",
         {{"title", "Luster"},
          {"version", "1"},
          {"license", {{"name", "AGPL-3.0-or-later"}, {"identifier", "AGPL-3.0-or-later"}}}}},
        {"paths", std::move(all_paths)},
        {"components",
         {{"schemas", std::move(schemas)},
          {"securitySchemes",
           {{"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", session_cookie}}}}}}},
    };
    return boost::json::serialize(document);
}

}  // namespace luster::api
