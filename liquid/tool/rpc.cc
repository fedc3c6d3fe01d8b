#include "tool/rpc.h"

#include "src/strftime.h"
#include "tool/field.h"
#include "tool/json.h"
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

// The other end has quit amid a render: nobody waits for what it makes.
struct RenderLost {};

bool blank(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

class Server {
public:
    explicit Server(Lines lines) : lines_(lines) {}

    int run() {
        std::string line;
        while (!finished_ && lines_.read(line)) {
            if (!line.empty()) answer(line);
        }
        return 0;
    }

private:
    void answer(const std::string& line) {
        Arena arena;
        auto message = read_json(line, arena);
        if (!message) return fail("null", PARSE_ERROR, "Parse error: the line is no JSON");
        std::string id = "null";
        bool wants_answer = true;
        try {
            const Hash& request = checked(*message);
            const Value* given_id = request.find("id");
            wants_answer = given_id != nullptr;
            if (wants_answer) id.clear(), write_json(*given_id, id);
            const Value* params = request.find("params");
            std::string result = call(
                request.find("method")->string(),
                Field("params", params == nullptr ? Value() : *params),
                arena
            );
            if (wants_answer) {
                lines_.write("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}");
            }
        } catch (const ProtocolFault& fault) {
            if (wants_answer) fail(id, fault.code, fault.message);
        } catch (const Refusal& refusal) {
            if (wants_answer) fail(id, INVALID_PARAMS, refusal.message);
        } catch (const RenderLost&) {
        }
    }

    // What makes a message a request at all. Its id is not to be trusted before.
    static const Hash& checked(const Value& message) {
        auto refuse = [](const char* why) {
            throw ProtocolFault{INVALID_REQUEST, std::string("Invalid request: ") + why};
        };
        if (!message.is(Kind::hash)) refuse("a message is an object");
        const Hash& request = message.hash();
        const Value* version = request.find("jsonrpc");
        if (version == nullptr || !version->is(Kind::string) || version->string() != "2.0") {
            refuse("'jsonrpc' must be \"2.0\"");
        }
        const Value* id = request.find("id");
        bool named = id == nullptr || id->is_nil() || id->is(Kind::string) ||
                     id->is(Kind::integer) || id->is(Kind::big_integer) || id->is(Kind::real);
        if (!named) refuse("'id' must be a string, a number or null");
        const Value* method = request.find("method");
        if (method == nullptr || !method->is(Kind::string)) refuse("'method' must be a string");
        return request;
    }

    void fail(const std::string& id, int code, const std::string& message) {
        lines_.write(
            "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":" + std::to_string(code) +
            ",\"message\":" + quoted(message) + "}}"
        );
    }

    std::string call(std::string_view method, const Field& params, Arena& arena) {
        params.object();
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

    std::string compile(const Field& params) {
        std::string_view source = params["template"].required_text();
        Field options = params["options"];
        ParseOptions parse_options;
        if (auto mode = options["error_mode"].text()) {
            // 'raise' is what older runners call lax parsing with strict_errors, our default.
            if (!mode_named(*mode == "raise" ? "lax" : *mode, parse_options.mode)) {
                options["error_mode"].refuse("'strict2', 'strict', 'warn' or 'lax'");
            }
        }
        // Lines are counted unless they are refused: messages without them help nobody.
        parse_options.line_numbers = options["line_numbers"].flag(true);
        Compiled compiled;
        compiled.partials = std::make_unique<Partials>(environment_, parse_options);
        params["filesystem"].each_text([&](std::string_view name, std::string_view file) {
            compiled.partials->add(name, file);
        });
        auto parsed = parse(environment_, source, parse_options);
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

    std::string render_template(const Field& params, Arena& arena) {
        if (rendering_)
            throw ProtocolFault{INVALID_REQUEST, "Invalid request: a render is under way"};
        std::string id(params["template_id"].required_text());
        auto found = templates_.find(id);
        if (found == templates_.end()) {
            throw ProtocolFault{
                INVALID_PARAMS, "Unknown template_id '" + id + "'. Call compile first."
            };
        }
        params["environment"].object();
        Ask ask = [&](Render& render, std::string_view method, const Value& asked, Arena& exchange
                  ) { return ask_back(render, method, asked, exchange); };
        // What drops answer lives as long as the render, so it is bounded as its memory is.
        constexpr std::size_t ANSWERED_BYTES_MAX = 8 * 1024 * 1024;
        Arena answered(ANSWERED_BYTES_MAX);
        std::map<std::string, Drop*> known;
        Compiled& compiled = found->second;
        RenderOptions options = render_options(params);
        options.partials = [&](std::string_view name) { return compiled.partials->find(name); };
        Value data = revive(params["environment"].value(), {arena, answered, ask, known});
        rendering_ = true;
        RenderResult result = render(*compiled.main, data, options);
        rendering_ = false;
        if (finished_) throw RenderLost();
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

    static RenderOptions render_options(const Field& params) {
        RenderOptions options;
        Field given = params["options"];
        options.strict_errors = given["strict_errors"].flag(true);
        options.strict_variables = given["strict_variables"].flag(false);
        options.strict_filters = given["strict_filters"].flag(false);
        Field limits = given["resource_limits"];
        if (auto limit = limits["render_score_limit"].count()) {
            options.limits.render_score_max = *limit;
        }
        if (auto limit = limits["cumulative_render_score_limit"].count()) {
            options.limits.cumulative_render_score_max = *limit;
        }
        for (const Field& now : {params["frozen_time"], given["registers"]["current_time"]}) {
            auto text = now.text();
            if (!text) continue;
            std::string lowered;
            for (char c : *text) lowered += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            options.now = parse_time(lowered, std::nullopt, nullptr);
            if (!options.now) now.refuse("a time in ISO 8601");
        }
        return options;
    }

    Value ask_back(Render& render, std::string_view method, const Value& params, Arena& exchange) {
        std::string id = "ask_" + std::to_string(++last_ask_);
        std::string request = "{\"jsonrpc\":\"2.0\",\"id\":" + quoted(id) +
                              ",\"method\":" + quoted(method) + ",\"params\":";
        write_json(params, request);
        if (!finished_) lines_.write(request + "}");
        const Hash& fields = answer_to(id, method, exchange, render);
        throw_if_error(fields);
        const Value* result = fields.find("result");
        if (result == nullptr) bad_answer(method, "was answered without 'result'");
        // The public runner tells errors of drops within the result.
        if (result->is(Kind::hash)) throw_if_error(result->hash());
        return *result;
    }

    // Whatever else the other end says before it answers is seen to at once.
    const Hash& answer_to(
        const std::string& id, std::string_view method, Arena& exchange, Render& render
    ) {
        std::string line;
        while (!finished_ && lines_.read(line)) {
            if (blank(line)) continue;
            render.step(1 + line.size() / 64);
            auto message = read_json(line, exchange);
            if (!message || !message->is(Kind::hash)) {
                bad_answer(method, "was answered with what is no JSON object");
            }
            const Hash& fields = message->hash();
            if (const Value* asked = fields.find("method"); asked != nullptr && !asked->is_nil()) {
                answer(line);
                continue;
            }
            const Value* given = fields.find("id");
            if (given == nullptr) bad_answer(method, "was answered without 'id'");
            // An error under no id is about what the other end could not read: this question.
            bool unread = given->is_nil() && fields.find("error") != nullptr;
            if (unread || (given->is(Kind::string) && given->string() == id)) return fields;
            fail("null", INVALID_REQUEST, "Invalid request: nothing was asked under this id");
        }
        bad_answer(method, "was not answered");
    }

    [[noreturn]] static void bad_answer(std::string_view method, const char* why) {
        throw BadAnswer(std::string(method) + " " + why);
    }

    static void throw_if_error(const Hash& fields) {
        const Value* error = fields.find("error");
        if (error == nullptr || error->is_nil()) return;
        const Value* message = error->is(Kind::hash) ? error->hash().find("message") : nullptr;
        if (message == nullptr || !message->is(Kind::string)) {
            throw Error(ErrorType::standard, "internal");
        }
        throw_told(message->string());
    }

    // The reference's own errors come with what a render will put before them.
    [[noreturn]] static void throw_told(std::string_view message) {
        auto told = [&](std::string_view prefix, ErrorType type) {
            if (message.starts_with(prefix)) {
                throw Error(type, std::string(message.substr(prefix.size())));
            }
        };
        told("Liquid syntax error: ", ErrorType::syntax);
        told("Liquid error: ", ErrorType::standard);
        throw Error(ErrorType::standard, std::string(message));
    }

    Lines lines_;
    Environment environment_;
    std::map<std::string, Compiled, std::less<>> templates_;
    std::uint64_t last_id_ = 0;
    std::uint64_t last_ask_ = 0;
    bool finished_ = false;
    bool rendering_ = false;
};
}  // namespace

int run_rpc(Lines lines) {
    return Server(lines).run();
}

}  // namespace liquid::tool
