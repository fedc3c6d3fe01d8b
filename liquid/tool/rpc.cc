#include "tool/rpc.h"

#include "src/strftime.h"
#include "tool/json.h"
#include "tool/lines.h"
#include "tool/partials.h"
#include "tool/rpc_drop.h"

#include <memory>

namespace liquid::tool {
namespace {
constexpr int PARSE_ERROR = -32700;
constexpr int INVALID_REQUEST = -32600;
constexpr int METHOD_NOT_FOUND = -32601;
constexpr int INVALID_PARAMS = -32602;

struct ProtocolFault {
    int code;
    std::string message;
};

const Value* find(const Value& object, const char* key) {
    return object.is(Kind::hash) ? object.hash().find(key) : nullptr;
}

Value part(const Value& object, const char* key) {
    const Value* found = find(object, key);
    return found == nullptr ? Value() : *found;
}

std::string quoted(std::string_view text) {
    std::string json;
    write_json_string(text, json);
    return json;
}

std::string error_json(
    const char* type, const std::string& message, std::uint32_t line, const std::string& name
) {
    std::string json =
        "{\"type\":" + quoted(type) + ",\"message\":" + quoted(message) + ",\"line\":";
    json += line == 0 ? "null" : std::to_string(line);
    if (!name.empty()) json += ",\"template_name\":" + quoted(name);
    return json + "}";
}

struct Compiled {
    TemplatePointer main;
    std::unique_ptr<Partials> partials;
};

class Server {
public:
    int run() {
        std::string line;
        while (!finished_ && read_line(line)) {
            if (!line.empty()) answer(line);
        }
        return 0;
    }

private:
    void answer(const std::string& line) {
        Arena arena;
        auto message = read_json(line, arena);
        if (!message) return fail("null", PARSE_ERROR, "Parse error");
        const Value* id = find(*message, "id");
        std::string shown_id = "null";
        if (id != nullptr) shown_id.clear(), write_json(*id, shown_id);
        Value method = part(*message, "method");
        if (!message->is(Kind::hash) || !method.is(Kind::string)) {
            return fail(shown_id, INVALID_REQUEST, "Invalid request");
        }
        try {
            std::string result = call(method.string(), part(*message, "params"), arena);
            if (id != nullptr) {
                write_line(
                    "{\"jsonrpc\":\"2.0\",\"id\":" + shown_id + ",\"result\":" + result + "}"
                );
            }
        } catch (const ProtocolFault& fault) {
            if (id != nullptr) fail(shown_id, fault.code, fault.message);
        }
    }

    void fail(const std::string& id, int code, const std::string& message) {
        write_line(
            "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":" + std::to_string(code) +
            ",\"message\":" + quoted(message) + "}}"
        );
    }

    std::string call(std::string_view method, const Value& params, Arena& arena) {
        if (method == "initialize") {
            return "{\"version\":\"1.0\",\"implementation\":\"luster-liquid\",\"liquid_version\":"
                   "\"5.13.0\",\"features\":[\"core\",\"strict_parsing\",\"lax_parsing\",\"drops\","
                   "\"runtime_drops\",\"inline_errors\",\"shopify_resource_limits\"]}";
        }
        if (method == "compile") return compile(params);
        if (method == "render") return render_template(params, arena);
        if (method == "quit") return finished_ = true, "null";
        throw ProtocolFault{METHOD_NOT_FOUND, "Method not found: " + std::string(method)};
    }

    std::string compile(const Value& params) {
        Value source = part(params, "template");
        if (!source.is(Kind::string)) {
            throw ProtocolFault{
                INVALID_PARAMS, "Missing required parameter 'template' in compile request"
            };
        }
        Value options = part(params, "options");
        ParseOptions parse_options;
        if (Value mode = part(options, "error_mode"); !mode.is_nil()) {
            if (!mode.is(Kind::string) || !mode_named(mode.string(), parse_options.mode)) {
                throw ProtocolFault{
                    INVALID_PARAMS, "Invalid error_mode: expected 'strict2', 'strict' or 'lax'"
                };
            }
        }
        // Lines are counted unless they are refused: messages without them help nobody.
        if (const Value* lines = find(options, "line_numbers")) {
            parse_options.line_numbers = lines->truthy();
        }
        Compiled compiled;
        compiled.partials = std::make_unique<Partials>(environment_, parse_options);
        Value files = part(params, "filesystem");
        if (files.is(Kind::hash)) {
            for (const Hash::Entry& entry : files.hash()) {
                if (entry.value.is(Kind::string)) {
                    compiled.partials->add(entry.key.string(), entry.value.string());
                }
            }
        }
        auto parsed = parse(environment_, source.string(), parse_options);
        if (!parsed) {
            const ParseError& error = parsed.error();
            return "{\"template_id\":null,\"error\":" +
                   error_json(name_of(error.type), error.message, error.line, error.template_name) +
                   "}";
        }
        compiled.main = *parsed;
        std::string id = "template_" + std::to_string(++last_id_);
        templates_[id] = std::move(compiled);
        return "{\"template_id\":" + quoted(id) + "}";
    }

    std::string render_template(const Value& params, Arena& arena) {
        Value id = part(params, "template_id");
        if (!id.is(Kind::string)) {
            throw ProtocolFault{
                INVALID_PARAMS, "Missing required parameter 'template_id' in render request"
            };
        }
        auto found = templates_.find(id.string());
        if (found == templates_.end()) {
            throw ProtocolFault{
                INVALID_PARAMS,
                "Unknown template_id '" + std::string(id.string()) + "'. Call compile first."
            };
        }
        Ask ask = [&](std::string_view method, const Value& asked) {
            return ask_back(method, asked, arena);
        };
        Compiled& compiled = found->second;
        RenderOptions options = render_options(params);
        options.partials = [&](std::string_view name) { return compiled.partials->find(name); };
        Value data = revive(part(params, "environment"), arena, ask);
        RenderResult result = render(*compiled.main, data, options);
        std::string errors;
        for (const RenderError& error : result.errors) {
            if (!errors.empty()) errors += ',';
            errors +=
                error_json(name_of(error.type), error.message, error.line, error.template_name);
        }
        if (result.failed) {
            const RenderError& error = result.errors.back();
            return "{\"output\":null,\"error\":" +
                   error_json(name_of(error.type), error.message, error.line, error.template_name) +
                   ",\"errors\":[" + errors + "]}";
        }
        return "{\"output\":" + quoted(result.output) + ",\"errors\":[" + errors + "]}";
    }

    RenderOptions render_options(const Value& params) {
        RenderOptions options;
        Value given = part(params, "options");
        const Value* strict = find(given, "strict_errors");
        options.strict_errors = strict == nullptr || strict->truthy();
        options.strict_variables = part(given, "strict_variables").truthy();
        options.strict_filters = part(given, "strict_filters").truthy();
        auto limit = [&](const char* name, std::uint64_t& place) {
            Value value = part(part(given, "resource_limits"), name);
            if (value.is(Kind::integer)) place = static_cast<std::uint64_t>(value.integer());
        };
        limit("render_score_limit", options.limits.render_score_max);
        limit("cumulative_render_score_limit", options.limits.cumulative_render_score_max);
        Value now = part(part(given, "registers"), "current_time");
        if (!now.is(Kind::string)) now = part(params, "frozen_time");
        if (now.is(Kind::string)) {
            std::string lowered;
            for (char c : now.string()) lowered += static_cast<char>(std::tolower(c));
            options.now = parse_time(lowered, std::nullopt, nullptr);
        }
        return options;
    }

    Value ask_back(std::string_view method, const Value& params, Arena& arena) {
        std::string request = "{\"jsonrpc\":\"2.0\",\"id\":\"ask_" + std::to_string(++last_ask_) +
                              "\",\"method\":" + quoted(method) + ",\"params\":";
        write_json(params, request);
        write_line(request + "}");
        std::string line;
        if (!read_line(line)) throw Error(ErrorType::internal, "internal");
        auto answer = read_json(line, arena);
        if (!answer) throw Error(ErrorType::internal, "internal");
        if (const Value* error = find(*answer, "error"); error != nullptr && !error->is_nil()) {
            Value message = part(*error, "message");
            bool told = message.is(Kind::string);
            throw Error(ErrorType::standard, told ? std::string(message.string()) : "internal");
        }
        return part(*answer, "result");
    }

    Environment environment_;
    std::map<std::string, Compiled, std::less<>> templates_;
    std::uint64_t last_id_ = 0;
    std::uint64_t last_ask_ = 0;
    bool finished_ = false;
};
}  // namespace

int run_rpc() {
    return Server().run();
}

}  // namespace liquid::tool
