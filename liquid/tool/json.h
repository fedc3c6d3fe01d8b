// JSON in and out of Liquid values. Integers keep all their digits, floats stay floats.
#pragma once
#include "liquid/value.h"

#include <optional>
#include <string>
#include <string_view>

namespace liquid::tool {

// The value lives in the arena; nullopt if the text is no JSON.
std::optional<Value> read_json(std::string_view text, Arena& arena);

// Bytes that are no UTF-8 become U+FFFD.
void write_json(const Value& value, std::string& text);
void write_json_string(std::string_view value, std::string& text);

}  // namespace liquid::tool
