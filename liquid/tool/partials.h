// Templates of one request: a main one and its partials by name.
#pragma once
#include "liquid/liquid.h"

#include <map>
#include <string>
#include <string_view>

namespace liquid::tool {

class Partials {
public:
    Partials(const Environment& environment, ParseOptions options)
        : environment_(environment), options_(std::move(options)) {}
    // Names are found whatever their case, with or without ".liquid".
    void add(std::string_view name, std::string_view source);
    Partial find(std::string_view name) const;
    // Parses all, so that a benchmark renders nothing but templates.
    void parse_all() const;

private:
    const Environment& environment_;
    ParseOptions options_;
    std::map<std::string, std::string, std::less<>> sources_;
    mutable std::map<std::string, Partial, std::less<>> parsed_;
};

bool mode_named(std::string_view name, Mode& mode);

}  // namespace liquid::tool
