#include "tool/bench.h"

#include "tool/json.h"
#include "tool/lines.h"
#include "tool/partials.h"

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

std::string measure(const std::string& line, const Environment& environment, int rounds) {
    Arena arena;
    auto request = read_json(line, arena);
    if (!request || !request->is(Kind::hash)) return refusal("not a JSON object");
    const Hash& hash = request->hash();
    const Value* source = hash.find("template");
    if (source == nullptr || !source->is(Kind::string)) return refusal("no template");
    ParseOptions parse_options;
    const Value* mode = hash.find("mode");
    if (mode != nullptr && mode->is(Kind::string)) mode_named(mode->string(), parse_options.mode);
    std::int64_t start = cpu_ns();
    auto parsed = parse(environment, source->string(), parse_options);
    for (int i = 1; i < rounds && parsed; ++i)
        parsed = parse(environment, source->string(), parse_options);
    std::int64_t parse_ns = (cpu_ns() - start) / rounds;
    if (!parsed) return refusal(parsed.error().text());

    Partials partials(environment, parse_options);
    if (const Value* found = hash.find("partials"); found != nullptr && found->is(Kind::hash)) {
        for (const Hash::Entry& entry : found->hash()) {
            if (entry.value.is(Kind::string))
                partials.add(entry.key.string(), entry.value.string());
        }
    }
    Workspace workspace;
    RenderOptions options;
    options.workspace = &workspace;
    options.partials = [&](std::string_view name) { return partials.find(name); };
    const Value* data = hash.find("data");
    Value root = data == nullptr ? Value() : *data;
    RenderResult result = render(**parsed, root, options);  // parses the partials, too
    std::size_t allocations_before = allocations();
    start = cpu_ns();
    for (int i = 0; i < rounds; ++i) result = render(**parsed, root, options);
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

int run_bench(int rounds) {
    Environment environment;
    std::string line;
    while (read_line(line)) {
        if (!line.empty()) write_line(measure(line, environment, std::max(rounds, 1)));
    }
    return 0;
}

}  // namespace liquid::tool
