// The reference's words.
#pragma once
#include <string>
#include <string_view>

namespace liquid::messages {

inline constexpr std::string_view ASSIGN =
    "Syntax Error in 'assign' - Valid syntax: assign [var] = [source]";
inline constexpr std::string_view CAPTURE =
    "Syntax Error in 'capture' - Valid syntax: capture [var]";
inline constexpr std::string_view CASE = "Syntax Error in 'case' - Valid syntax: case [condition]";
inline constexpr std::string_view CASE_INVALID_WHEN =
    "Syntax Error in tag 'case' - Valid when condition: {% when [condition] [or condition2...] %}";
inline constexpr std::string_view CASE_INVALID_ELSE =
    "Syntax Error in tag 'case' - Valid else condition: {% else %} (no parameters) ";
inline constexpr std::string_view CYCLE =
    "Syntax Error in 'cycle' - Valid syntax: cycle [name :] var [, var2, var3 ...]";
inline constexpr std::string_view DOC_NESTED =
    "Syntax Error in 'doc' - Nested doc tags are not allowed";
inline constexpr std::string_view FOR =
    "Syntax Error in 'for loop' - Valid syntax: for [item] in [collection]";
inline constexpr std::string_view FOR_INVALID_IN = "For loops require an 'in' clause";
inline constexpr std::string_view FOR_INVALID_ATTRIBUTE =
    "Invalid attribute in for loop. Valid attributes are limit and offset";
inline constexpr std::string_view IF = "Syntax Error in tag 'if' - Valid syntax: if [expression]";
inline constexpr std::string_view INCLUDE =
    "Error in tag 'include' - Valid syntax: include '[template]' (with|for) [object|collection]";
inline constexpr std::string_view INLINE_COMMENT =
    "Syntax error in tag '#' - Each line of comments must be prefixed by the '#' character";
inline constexpr std::string_view RENDER =
    "Syntax error in tag 'render' - Template name must be a quoted string";
inline constexpr std::string_view TABLE_ROW =
    "Syntax Error in 'table_row loop' - Valid syntax: table_row [item] in [collection] cols=3";
inline constexpr std::string_view INCLUDE_NAME =
    "Argument error in tag 'include' - Illegal template name";
inline constexpr std::string_view NESTING = "Nesting too deep";
inline constexpr std::string_view INTERNAL = "internal";
inline constexpr std::string_view LIMIT = "Memory limits exceeded";
inline constexpr std::string_view BARE_BRACKET =
    "Bare bracket access is not allowed. Use self['...'] instead";

// What an error quotes; a source of megabytes isn't said again in full.
inline std::string quoted(std::string_view text) {
    constexpr std::size_t QUOTED_BYTES_MAX = 4096;
    if (text.size() <= QUOTED_BYTES_MAX) return std::string(text);
    std::size_t end = QUOTED_BYTES_MAX;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return std::string(text.substr(0, end)) + "…";
}

inline std::string tag_invalid_arguments(std::string_view tag) {
    std::string name(tag);
    return "Syntax Error in '" + name + "' - Valid syntax: {% " + name + " %}{% end" + name + " %}";
}
inline std::string raw_invalid_arguments(std::string_view tag) {
    return "Syntax Error in '" + std::string(tag) + "' - Valid syntax: " + std::string(tag);
}
inline std::string table_row_invalid_attribute(std::string_view attribute) {
    return "Invalid attribute '" + quoted(attribute) +
           "' in tablerow loop. Valid attributes are cols, limit, offset, and range";
}
inline std::string never_closed(std::string_view block) {
    return "'" + std::string(block) + "' tag was never closed";
}
inline std::string unknown_tag(std::string_view tag) {
    return "Unknown tag '" + quoted(tag) + "'";
}
inline std::string unexpected_outer(std::string_view tag) {
    return "Unexpected outer '" + std::string(tag) + "' tag";
}
inline std::string unexpected_else(std::string_view block) {
    return std::string(block) + " tag does not expect 'else' tag";
}
inline std::string invalid_delimiter(
    std::string_view tag, std::string_view block, std::string_view delimiter
) {
    return "'" + quoted(tag) + "' is not a valid delimiter for " + std::string(block) +
           " tags. use " + std::string(delimiter);
}
inline std::string tag_not_terminated(std::string_view token) {
    return "Tag '" + quoted(token) + "' was not properly terminated with regexp: /\\%\\}/";
}
inline std::string variable_not_terminated(std::string_view token) {
    return "Variable '" + quoted(token) + "' was not properly terminated with regexp: /\\}\\}/";
}

}  // namespace liquid::messages
