// How fuzz inputs become templates: the first byte chooses the mode, the rest is the source.
#pragma once
#include "liquid/liquid.h"
#include "tool/json.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace liquid::fuzz {

inline const Environment& environment() {
    static const Environment made;
    return made;
}

inline Mode mode_of(const std::uint8_t* data, std::size_t size) {
    return static_cast<Mode>(size == 0 ? 0 : data[0] % 3);
}

inline std::string_view source_of(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return {};
    return {reinterpret_cast<const char*>(data + 1), size - 1};
}

// Something of every kind for templates to work on.
inline Value data(Arena& arena) {
    constexpr std::string_view JSON =
        R"({"a": "text with spaces", "b": [3, 1, 2, null, "x", [4, [5]]], "c": {"a": 1, "b": {"c": "deep"}},
            "d": 19.99, "e": true, "f": null, "g": 123456789012345678901234567890, "h": "<b>&amp; \"q\"</b>",
            "i": -5, "j": "", "k": [], "l": {}, "m": "2024-02-29 12:30", "n": [{"p": 2}, {"p": 1, "q": "z"}]})";
    return *tool::read_json(JSON, arena);
}

// Small limits: the fuzzer is after wrong steps, not after many.
inline Limits limits() {
    Limits limits;
    limits.steps_max = 20'000;
    limits.filter_bytes_max = 1 << 20;
    limits.output_bytes_max = 1 << 20;
    limits.memory_bytes_max = 2 << 20;
    limits.scratch_bytes_max = 2 << 20;
    return limits;
}

inline RenderOptions options() {
    RenderOptions options;
    options.limits = limits();
    options.now = Time{1'700'000'000, 0, 0, "UTC", false};
    return options;
}

}  // namespace liquid::fuzz
