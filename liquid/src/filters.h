// What the filters share.
#pragma once
#include "big.h"
#include "liquid/environment.h"
#include "liquid/render.h"
#include "nodes.h"

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace liquid {

class BoundedText;

struct StandardFilters {
    static void add_to(Environment& environment);
};

struct FilterEntry {
    const char* name;
    Value (*function)(FilterCall&);
    std::uint8_t arguments_min;
    std::uint8_t arguments_max;
    bool accepts_keywords = false;
    bool pure = true;
    bool escapes = false;
};
// Appends text with & < > " ' as entities.
void escape_into(std::string_view text, BoundedText& output);
std::span<const FilterEntry> string_filters();
std::span<const FilterEntry> html_filters();
std::span<const FilterEntry> array_filters();
std::span<const FilterEntry> selection_filters();
std::span<const FilterEntry> math_filters();
std::span<const FilterEntry> date_filters();

// "wrong number of arguments (given 1, expected 2)", the input counted as Ruby does.
std::string wrong_arguments(const Filter& filter, std::size_t count);

// convert.cc: numbers out of values.
// Ruby's String#to_i: the digits in front, else 0; saturated unless there is a render to count what
// a large integer takes.
Value integer_prefix(std::string_view text, Render* render = nullptr);
// Integer(value.to_s), or the error "invalid integer".
Value to_integer(const Value& value, Render& render);
std::int64_t small_integer(const Value& integer);  // saturated
// Ruby's to_i of numbers, texts and nil; others are an "invalid integer".
std::int64_t loose_integer(const Value& value, Render& render);
std::int64_t saturated_sum(std::int64_t a, std::int64_t b);
std::int64_t range_size(const Range& range);
// Ruby's `size`: bytes of numbers, nothing of a range of texts.
inline constexpr std::int64_t INTEGER_BYTES = 8;
std::int64_t size_of(const Big& integer);
Big big_of(const Value& integer, Render& render);
Value size_of(const Range& range, Render& render);
bool blank_text(std::string_view text);

// A number as the arithmetic filters see it.
struct Number {
    bool decimal = false;
    Big integer;
    Decimal real;
    Decimal as_decimal() const { return decimal ? real : Decimal::from(integer); }
};
Number to_number(const Value& value, Render& render);
// The quick way for what nearly all numbers are.
std::optional<std::int64_t> to_small_number(const Value& value);
Value value_of(const Big& integer, Render& render);
Value value_of(const Number& number, Render& render);
std::size_t limbs_of(const Number& number);
// Counts what a sum, a product or a comparison of both takes.
void count_work(const Number& a, const Number& b, Render& render);

// The items of a range that is not counted(), made in the scratch arena: '08', '09', '10'.
Array& range_items(const Range& range, Render& render);
inline bool whole(const Range& range) {
    auto integer = [](const Value& end) {
        return end.is(Kind::integer) || end.is(Kind::big_integer);
    };
    return integer(range.first) && integer(range.last);
}
// Whether each item is the first one and its place.
inline bool counted(const Range& range) {
    return range.first.is(Kind::integer) && whole(range);
}

// The items of an array, of what stands for one, or the value alone, as filters walk through it.
Array& items_of(const Value& input, Render& render);
// Whether Ruby knows item[…]; what has none makes `sort` answer nil.
bool has_properties(const Value& item);
// item[property] as the array filters look it up; nullopt where an item has no such notion.
std::optional<Value> property_of(const Value& item, const Value& property, Render& render);

// Folds what depends on constants alone.
void fold_constants(Filtered& chain, Arena& arena);

// Builds a text in the render's scratch arena, without any other allocation.
class TextBuilder {
public:
    explicit TextBuilder(Render& render, std::size_t capacity = 64)
        : render_(render), begin_(render.scratch().text(capacity)), capacity_(capacity) {}
    void operator+=(std::string_view part) {
        if (size_ + part.size() > capacity_) grow(part.size());
        if (!part.empty()) std::memcpy(begin_ + size_, part.data(), part.size());
        size_ += part.size();
    }
    void operator+=(char c) {
        if (size_ == capacity_) grow(1);
        begin_[size_++] = c;
    }
    void append_point(std::uint32_t code_point);
    std::size_t size() const { return size_; }
    Value value();

private:
    void grow(std::size_t wanted);
    Render& render_;
    char* begin_;
    std::size_t size_ = 0;
    std::size_t capacity_;
};

}  // namespace liquid
