// What parses renders within its limits. The template is its own partial as well.
#include "fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace liquid;
    ParseOptions parse_options;
    parse_options.mode = fuzz::mode_of(data, size);
    auto parsed = parse(fuzz::environment(), fuzz::source_of(data, size), parse_options);
    if (!parsed) return 0;
    RenderOptions options = fuzz::options();
    options.partials = [&](std::string_view) { return Partial{*parsed, {}, {}}; };
    static Workspace workspace;
    options.workspace = &workspace;
    Arena arena;
    RenderResult result = render(**parsed, fuzz::data(arena), options);
    if (result.output.size() > options.limits.output_bytes_max) __builtin_trap();
    if (result.counts.memory_bytes > 2 * options.limits.memory_bytes_max + (2 << 20))
        __builtin_trap();
    return 0;
}
