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

// Text of a value as filters see it (to_s): arrays and hashes are inspected. Borrowed from the
// value, or made in the render's scratch arena.
std::string_view to_text(const Value& value, Render& render);

// Appends what {{ value }} prints: the items of arrays one after another.
void print(const Value& value, Render& render, std::string& output);

// Appends "\"text\"", [1, 2], {"a"=>1}.
void inspect(const Value& value, Render& render, std::string& output, int depth = 0);

// The same of what a template can name by itself: no list, hash or drop.
void inspect_constant(const Value& value, std::string& output);

// "Integer", "String" …: for messages.
std::string_view class_name(const Value& value);

}  // namespace liquid
