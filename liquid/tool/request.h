// One line of --jsonl and --bench: a template and what it is rendered with.
#pragma once
#include "tool/partials.h"

#include <memory>
#include <string>
#include <string_view>

namespace liquid::tool {

struct Request {
    std::string_view source;
    ParseOptions options;
    std::unique_ptr<Partials> partials;
    Value data;
};

// Throws a Refusal that names what is wrong. Texts and data live in the arena.
Request read_request(std::string_view line, const Environment& environment, Arena& arena);

}  // namespace liquid::tool
