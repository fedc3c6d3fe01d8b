#include "tool/jsonl.h"

#include "tool/json.h"
#include "tool/lines.h"
#include "tool/partials.h"

namespace liquid::tool {
namespace {
std::string refusal(std::string_view message, std::uint32_t line) {
    std::string answer = "{\"error\":";
    write_json_string(message, answer);
    answer += ",\"line\":" + (line == 0 ? "null" : std::to_string(line)) + "}";
    return answer;
}

std::string answer_to(const std::string& line, const Environment& environment) {
    Arena arena;
    auto request = read_json(line, arena);
    if (!request || !request->is(Kind::hash)) return refusal("not a JSON object", 0);
    const Hash& hash = request->hash();
    const Value* source = hash.find("template");
    if (source == nullptr || !source->is(Kind::string)) return refusal("no template", 0);
    ParseOptions options;
    if (const Value* mode = hash.find("mode"); mode != nullptr && mode->is(Kind::string)) {
        if (!mode_named(mode->string(), options.mode)) return refusal("unknown mode", 0);
    }
    auto parsed = parse(environment, source->string(), options);
    if (!parsed) return refusal(parsed.error().text(), parsed.error().line);
    Partials partials(environment, options);
    if (const Value* found = hash.find("partials"); found != nullptr && found->is(Kind::hash)) {
        for (const Hash::Entry& entry : found->hash()) {
            if (entry.value.is(Kind::string))
                partials.add(entry.key.string(), entry.value.string());
        }
    }
    RenderOptions render_options;
    render_options.partials = [&](std::string_view name) { return partials.find(name); };
    const Value* data = hash.find("data");
    RenderResult result = render(**parsed, data == nullptr ? Value() : *data, render_options);
    std::string answer = "{\"output\":";
    write_json_string(result.output, answer);
    return answer + "}";
}
}  // namespace

int run_jsonl() {
    Environment environment;
    std::string line;
    while (read_line(line)) {
        if (!line.empty()) write_line(answer_to(line, environment));
    }
    return 0;
}

}  // namespace liquid::tool
