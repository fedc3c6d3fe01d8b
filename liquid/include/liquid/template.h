// A template: parsed once, immutable, shared by any number of threads.
#pragma once
#include "liquid/environment.h"
#include "liquid/error.h"
#include "liquid/limits.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace liquid {

// How forgiving the parser is. lax accepts what Liquid always accepted, strict refuses malformed
// expressions in most places, strict2 everywhere. warn accepts what lax does and keeps what strict2
// would refuse as warnings.
enum class Mode : std::uint8_t { lax, warn, strict, strict2 };

struct ParseOptions {
    Mode mode = Mode::lax;
    std::string name = {};     // shown in errors of a partial
    bool line_numbers = true;  // count lines for messages
    Limits limits = {};
};

struct Body;

class Template {
public:
    ~Template();
    const std::string& name() const;
    const Body& body() const;
    Mode mode() const;
    // What Mode::warn let pass; the first hundred.
    const std::vector<ParseError>& warnings() const;
    std::size_t bytes() const;  // memory that the template holds
    // Line and column, both from 1, of a place in the source, that line, and a caret below it.
    struct Place {
        std::uint32_t line;
        std::uint32_t column;
        std::string excerpt;
    };
    Place place(std::size_t position) const;

private:
    friend class TemplateParser;
    Template();
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

using TemplatePointer = std::shared_ptr<const Template>;

// The environment must outlive the template.
//
//     auto parsed = liquid::parse(environment, source, {.mode = liquid::Mode::strict2});
//     if (!parsed) return show(parsed.error().text(), parsed.error().excerpt);
Result<TemplatePointer> parse(
    const Environment& environment, std::string_view source, ParseOptions options = {}
);

}  // namespace liquid
