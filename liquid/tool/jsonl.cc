#include "tool/jsonl.h"

#include "tool/field.h"
#include "tool/json.h"
#include "tool/request.h"

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
    try {
        Request request = read_request(line, environment, arena);
        auto parsed = parse(environment, request.source, request.options);
        if (!parsed) return refusal(parsed.error().text(), parsed.error().line);
        RenderOptions options;
        options.partials = [&](std::string_view name) { return request.partials->find(name); };
        std::string answer = "{\"output\":";
        write_json_string(render(**parsed, request.data, options).output, answer);
        return answer + "}";
    } catch (const Refusal& refused) {
        return refusal(refused.message, 0);
    }
}
}  // namespace

int run_jsonl(Lines lines) {
    Environment environment;
    std::string line;
    while (lines.read(line)) lines.write(answer_to(line, environment));
    return 0;
}

}  // namespace liquid::tool
