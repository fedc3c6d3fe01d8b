// Limits change nothing where they are not reached; what strict2 accepts, strict renders alike.
#include "fuzz/input.h"

#include <string>

namespace {
using namespace liquid;

std::string shown(const Template& source, const Limits& limits, bool& limited) {
    RenderOptions options = fuzz::options();
    options.limits = limits;
    Arena arena;
    RenderResult result = render(source, fuzz::data(arena), options);
    limited = result.counts.limit_reached;
    return result.output;
}

TemplatePointer parsed_in(Mode mode, std::string_view source) {
    ParseOptions options;
    options.mode = mode;
    auto parsed = parse(fuzz::environment(), source, options);
    return parsed ? *parsed : nullptr;
}
// In these, strict reads by the lax grammar, which sees commas within texts. The name of a keyword
// argument ends in "?" for strict2 alone.
bool reads_differently(std::string_view source) {
    for (std::string_view word : {"cycle", "when", "case", "tablerow", "render", "include", "?"}) {
        if (source.find(word) != std::string_view::npos) return true;
    }
    return false;
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view source = fuzz::source_of(data, size);
    TemplatePointer strict2 = parsed_in(Mode::strict2, source);
    if (strict2 == nullptr) return 0;
    bool limited = false;
    std::string output = shown(*strict2, fuzz::limits(), limited);
    if (limited) return 0;
    Limits wide = fuzz::limits();
    wide.steps_max *= 2;
    wide.filter_bytes_max *= 2;
    wide.output_bytes_max *= 2;
    if (shown(*strict2, wide, limited) != output) __builtin_trap();
    if (reads_differently(source)) return 0;
    TemplatePointer strict = parsed_in(Mode::strict, source);
    if (strict != nullptr && shown(*strict, fuzz::limits(), limited) != output) __builtin_trap();
    return 0;
}
