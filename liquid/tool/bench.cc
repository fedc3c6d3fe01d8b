#include "tool/bench.h"

#include "tool/field.h"
#include "tool/json.h"
#include "tool/request.h"

#include <algorithm>
#include <time.h>

namespace liquid::tool {

std::size_t (*allocation_count)() = nullptr;

namespace {
std::int64_t cpu_ns() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

std::size_t allocations() {
    return allocation_count == nullptr ? 0 : allocation_count();
}

std::string refusal(std::string_view message) {
    std::string answer = "{\"error\":";
    write_json_string(message, answer);
    return answer + "}";
}

std::string measure(const Request& request, const Environment& environment, int rounds) {
    auto parse_once = [&] { return parse(environment, request.source, request.options); };
    std::int64_t start = cpu_ns();
    auto parsed = parse_once();
    for (int i = 1; i < rounds && parsed; ++i) parsed = parse_once();
    std::int64_t parse_ns = (cpu_ns() - start) / rounds;
    if (!parsed) return refusal(parsed.error().text());

    Workspace workspace;
    RenderOptions options;
    options.workspace = &workspace;
    options.partials = [&](std::string_view name) { return request.partials->find(name); };
    RenderResult result = render(**parsed, request.data, options);  // parses the partials, too
    std::size_t allocations_before = allocations();
    start = cpu_ns();
    for (int i = 0; i < rounds; ++i) result = render(**parsed, request.data, options);
    std::int64_t render_ns = (cpu_ns() - start) / rounds;
    std::size_t made = (allocations() - allocations_before) / static_cast<std::size_t>(rounds);
    auto number = [](auto value) { return std::to_string(value); };
    return "{\"rounds\":" + number(rounds) + ",\"parse_ns\":" + number(parse_ns) +
           ",\"render_ns\":" + number(render_ns) +
           ",\"render_allocations\":" + (allocation_count == nullptr ? "null" : number(made)) +
           ",\"output_bytes\":" + number(result.output.size()) +
           ",\"template_bytes\":" + number((*parsed)->bytes()) +
           ",\"memory_bytes\":" + number(result.counts.memory_bytes) +
           ",\"steps\":" + number(result.counts.steps) + "}";
}
}  // namespace

int run_bench(int rounds, Lines lines) {
    Environment environment;
    std::string line;
    while (lines.read(line)) {
        Arena arena;
        try {
            lines.write(measure(read_request(line, environment, arena), environment, rounds));
        } catch (const Refusal& refused) {
            lines.write(refusal(refused.message));
        }
    }
    return 0;
}

}  // namespace liquid::tool
