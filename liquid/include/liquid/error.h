// Errors as values, with the reference's words.
#pragma once
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace liquid {

enum class ErrorType : std::uint8_t {
    syntax,
    argument,
    context,
    file_system,
    standard,
    stack_level,
    memory,
    zero_division,
    float_domain,
    undefined_variable,
    undefined_drop_method,
    undefined_filter,
    disabled,
    internal,
};

// "argument_error", "syntax_error" …
const char* name_of(ErrorType type);

// Why a template was refused.
struct ParseError {
    ErrorType type = ErrorType::syntax;
    std::string message;       // "Unknown tag 'foo'"
    std::uint32_t line = 0;    // from 1; 0 where lines are not counted
    std::uint32_t column = 0;  // from 1, where the offending tag begins
    // That tag's line and a caret below it, for tools. Of a block that is never closed, `line` is
    // the last one, as the reference has it; the excerpt shows the tag that opened it, and its
    // line.
    std::string excerpt;
    std::string template_name;  // of the partial, if the error is in one
    std::string text() const;   // "Liquid syntax error (line 3): Unknown tag 'foo'"
};

// What went wrong in a render, and where.
struct RenderError {
    ErrorType type = ErrorType::standard;
    std::string message;
    std::uint32_t line = 0;
    std::string template_name;
    // Where the tag or variable begins: Template::place() of the template of that name says its
    // column and shows it. Nothing for what has no place of its own, as a limit of the whole
    // render.
    std::optional<std::uint32_t> position = std::nullopt;
    std::string text() const;  // "Liquid error (line 3): divided by 0"
};

// Thrown by filters, tags and drops to report an error; it replaces the output of the tag or
// variable that asked, and the render goes on behind it.
class Error : public std::runtime_error {
public:
    Error(ErrorType type, const std::string& message) : std::runtime_error(message), type(type) {}
    ErrorType type;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::string markup_context;  // `in "{{ a.b }}"`
    std::string template_name;
};

// Either a T or a ParseError; a small stand-in for std::expected.
template <class T>
class Result {
public:
    Result(T value) : value_(std::move(value)), ok_(true) {}
    Result(ParseError error) : error_(std::move(error)) {}
    explicit operator bool() const { return ok_; }
    bool has_value() const { return ok_; }
    T& operator*() { return value_; }
    const T& operator*() const { return value_; }
    T* operator->() { return &value_; }
    const T* operator->() const { return &value_; }
    T& value() { return value_; }
    const ParseError& error() const { return error_; }

private:
    T value_{};
    ParseError error_;
    bool ok_ = false;
};

}  // namespace liquid
