// How much a template may ask for. Always on; every number is counted, never timed.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>

namespace liquid {

struct Limits {
    // Parsing.
    std::size_t source_bytes_max = 4 * 1024 * 1024;
    std::size_t template_bytes_max =
        4 * 1024 * 1024;                  // what a parsed template takes beside its source
    std::uint32_t parse_depth_max = 100;  // blocks within blocks, brackets within brackets

    // Rendering. What goes beyond ends the render with "Memory limits exceeded".
    std::uint64_t steps_max = 400'000;  // nodes, loop rounds and what filters go through
    std::uint64_t filter_bytes_max = 24 * 1024 * 1024;  // bytes that filters make, in total
    std::size_t memory_bytes_max =
        8 * 1024 * 1024;  // what variables, partials and kept errors hold
    std::size_t scratch_bytes_max = 4 * 1024 * 1024;  // what one expression needs meanwhile
    std::size_t output_bytes_max = 4 * 1024 * 1024;
    std::uint64_t assigned_bytes_max = 32 * 1024 * 1024;  // the reference's assign score
    std::uint32_t errors_max = 500;                       // errors beyond it end the render

    // The reference's scores, without a limit of their own unless one is given.
    std::optional<std::uint64_t> render_score_max = std::nullopt;
    std::optional<std::uint64_t> cumulative_render_score_max = std::nullopt;

    // What goes beyond these is the error "Nesting too deep" in its place.
    std::uint32_t scope_depth_max = 100;   // include, render, for and tablerow within each other
    std::uint32_t render_depth_max = 600;  // bodies within bodies, over all partials
};

// What a render used up.
struct Counts {
    std::uint64_t steps = 0;
    std::uint64_t filter_bytes = 0;
    std::uint64_t assigned_bytes = 0;
    std::uint64_t render_score = 0;
    std::size_t output_bytes = 0;
    std::size_t memory_bytes = 0;
    std::uint32_t errors = 0;
    bool limit_reached = false;
};

}  // namespace liquid
