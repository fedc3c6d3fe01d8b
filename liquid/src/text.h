// The printed forms of values, as Ruby prints them.
#pragma once
#include "liquid/value.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace liquid {

class Render;

// Room for a printed int64 or double.
struct NumberText {
    char bytes[40];
    std::size_t size = 0;
    std::string_view view() const { return {bytes, size}; }
};
NumberText text_of(std::int64_t value);
NumberText text_of(double value);

// A text that grows up to a bound, which it looks at before it takes memory. Nothing else writes to
// it meanwhile.
class BoundedText {
public:
    BoundedText(std::string& text, std::size_t bytes_max)
        : text_(text), capacity_(text.capacity()), bytes_max_(bytes_max) {}
    void operator+=(std::string_view part) {
        if (part.size() > capacity_ - text_.size()) [[unlikely]]
            grow(part.size());
        text_ += part;
    }
    void operator+=(char c) { *this += std::string_view(&c, 1); }
    std::size_t size() const { return text_.size(); }
    std::string_view view() const { return text_; }
    void shorten(std::size_t bytes) { text_.resize(bytes); }

private:
    void grow(std::size_t wanted);
    std::string& text_;
    std::size_t capacity_;  // the text's own, at hand
    std::size_t bytes_max_;
};

// Text of a value as filters see it (to_s): arrays and hashes are inspected. Borrowed from the
// value, or made in the render's scratch arena.
std::string_view to_text(const Value& value, Render& render);

// Appends what {{ value }} prints: the items of arrays one after another.
void print(const Value& value, Render& render, BoundedText& output);

// Appends "\"text\"", [1, 2], {"a"=>1}.
void inspect(const Value& value, Render& render, BoundedText& output, int depth = 0);

// The same of what a template can name by itself: no list, hash or drop.
void inspect_constant(const Value& value, BoundedText& output);

// "Integer", "String" …: for messages.
std::string_view class_name(const Value& value);

}  // namespace liquid
