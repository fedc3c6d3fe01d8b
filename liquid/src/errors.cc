#include "liquid/error.h"

namespace liquid {
namespace {
std::string described(
    const char* prefix, std::uint32_t line, const std::string& name, const std::string& what
) {
    std::string text = prefix;
    if (line != 0) {
        text += " (";
        if (!name.empty()) text += name + " ";
        text += "line " + std::to_string(line) + ")";
    }
    return text + ": " + what;
}
const char* prefix_of(ErrorType type) {
    return type == ErrorType::syntax ? "Liquid syntax error" : "Liquid error";
}
}  // namespace

const char* name_of(ErrorType type) {
    switch (type) {
        case ErrorType::syntax:
            return "syntax_error";
        case ErrorType::argument:
            return "argument_error";
        case ErrorType::context:
            return "context_error";
        case ErrorType::file_system:
            return "file_system_error";
        case ErrorType::standard:
            return "standard_error";
        case ErrorType::stack_level:
            return "stack_level_error";
        case ErrorType::memory:
            return "memory_error";
        case ErrorType::zero_division:
            return "zero_division_error";
        case ErrorType::float_domain:
            return "float_domain_error";
        case ErrorType::undefined_variable:
            return "undefined_variable";
        case ErrorType::undefined_drop_method:
            return "undefined_drop_method";
        case ErrorType::undefined_filter:
            return "undefined_filter";
        case ErrorType::disabled:
            return "disabled_error";
        case ErrorType::internal:
            return "internal_error";
    }
    return "error";
}

std::string ParseError::text() const {
    return described(prefix_of(type), line, template_name, message);
}

std::string RenderError::text() const {
    return described(prefix_of(type), line, template_name, message);
}

}  // namespace liquid
