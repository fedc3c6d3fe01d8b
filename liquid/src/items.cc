// How the array filters see their input.
#include "compare.h"
#include "filters.h"
#include "liquid/drop.h"
#include "messages.h"
#include "search.h"
#include "text.h"
#include "utf8.h"

#include <algorithm>
#include <cmath>

namespace liquid {
namespace {
constexpr int DEPTH_MAX = 64;

void flatten(const Array& source, Array& items, Render& render, int depth) {
    if (depth > DEPTH_MAX) throw Error(ErrorType::stack_level, "Nesting too deep");
    render.step(source.size());
    for (const Value& item : source) {
        if (item.is(Kind::array)) {
            flatten(item.array(), items, render, depth + 1);
        } else if (item.is(Kind::drop)) {
            items.push(item.drop().to_liquid(render));
        } else if (item.is(Kind::symbol)) {
            items.push(item.string());
        } else {
            items.push(item);
        }
    }
}

[[noreturn]] void property_error(const Value& property, Render& render) {
    throw Error(
        ErrorType::argument,
        "cannot select the property '" + messages::quoted(render.text(property)) + "'"
    );
}

[[noreturn]] void out_of_range() {  // Ruby's RangeError, which is no error of Liquid's
    throw Error(ErrorType::internal, std::string(messages::INTERNAL));
}

constexpr double PLACE_MAX = 9e18;

// Which bit of an integer is meant: Ruby drops what follows the point, and answers for any place.
std::int64_t bit_place(const Value& property, Render& render) {
    switch (property.kind()) {
        case Kind::integer:
        case Kind::big_integer:
            return small_integer(property);
        case Kind::real:
            return static_cast<std::int64_t>(std::clamp(property.real(), -PLACE_MAX, PLACE_MAX));
        default:
            property_error(property, render);
    }
}

// Ruby's Integer#[].
Value bit_of(std::int64_t integer, std::int64_t place) {
    if (place < 0) return 0;
    return integer >> std::min<std::int64_t>(place, 63) & 1;
}

Value bit_of(const Big& integer, std::int64_t place) {
    if (place < 0) return 0;
    auto limb = static_cast<std::size_t>(place / 32);
    if (limb >= integer.limbs.size()) return integer.negative ? 1 : 0;
    std::uint32_t mask = std::uint32_t(1) << (place % 32);
    bool set = (integer.limbs[limb] & mask) != 0;
    if (!integer.negative) return set ? 1 : 0;
    // In two's complement all bits above the lowest that is set are turned around.
    bool lower = (integer.limbs[limb] & (mask - 1)) != 0;
    for (std::size_t i = 0; i < limb; ++i) lower = lower || integer.limbs[i] != 0;
    return set != lower ? 1 : 0;
}

std::int64_t character_place(const Value& property, Render& render) {
    if (property.is(Kind::integer)) return property.integer();
    if (property.is(Kind::big_integer)) out_of_range();
    if (!property.is(Kind::real)) property_error(property, render);
    if (!(std::fabs(property.real()) < PLACE_MAX)) out_of_range();
    return static_cast<std::int64_t>(property.real());
}

// "abc"[1..2] is "bc".
Value text_part(std::string_view text, const Range& range) {
    if (!whole(range)) return {};
    auto length = static_cast<std::int64_t>(utf8::length(text));
    std::int64_t first = small_integer(range.first);
    std::int64_t last = small_integer(range.last);
    if (first < 0) first += length;
    if (last < 0) last += length;
    if (first < 0 || first > length) return {};
    if (last < first) return "";
    text = text.substr(utf8::offset(text, static_cast<std::size_t>(first)));
    std::int64_t wanted = std::min(last, length - 1) - first + 1;
    return text.substr(0, utf8::offset(text, static_cast<std::size_t>(wanted)));
}

// "abc"["b"] is "b" to Ruby, "abc"[0] is "a".
Value text_property(std::string_view text, const Value& property, Render& render) {
    if (property.is(Kind::string)) {
        std::string_view wanted = property.string();
        render.step(text.size() / SEARCHED_BYTES_PER_STEP);
        return find_text(text, wanted) == std::string_view::npos ? Value() : Value(wanted);
    }
    render.step(text.size() / 16);
    if (property.is(Kind::range)) return text_part(text, property.range());
    auto length = static_cast<std::int64_t>(utf8::length(text));
    std::int64_t index = character_place(property, render);
    if (index < 0) index += length;
    if (index < 0 || index >= length) return {};
    std::string_view rest = text.substr(utf8::offset(text, static_cast<std::size_t>(index)));
    return rest.substr(0, utf8::width(rest, 0));
}
}  // namespace

Array& items_of(const Value& input, Render& render) {
    Array* items = render.scratch().array();
    switch (input.kind()) {
        case Kind::nil:
            break;
        case Kind::array:
            items->reserve(input.array().size());
            flatten(input.array(), *items, render, 0);
            break;
        case Kind::range: {
            if (!counted(input.range())) return range_items(input.range(), render);
            std::int64_t size = range_size(input.range());
            render.step(static_cast<std::uint64_t>(size));
            std::int64_t first = small_integer(input.range().first);
            for (std::int64_t i = 0; i < size; ++i) items->push(first + i);
            break;
        }
        case Kind::drop: {
            const Array* found = input.drop().items(render, 0, std::nullopt);
            if (found == nullptr) {
                items->push(input.drop().to_liquid(render));
            } else {
                render.step(found->size());
                for (const Value& item : *found) {
                    items->push(item.is(Kind::drop) ? item.drop().to_liquid(render) : item);
                }
            }
            break;
        }
        default:
            items->push(input);
    }
    return *items;
}

bool has_properties(const Value& item) {
    switch (item.kind()) {
        case Kind::hash:
        case Kind::drop:
        case Kind::string:
        case Kind::integer:
        case Kind::big_integer:
        case Kind::array:
            return true;
        default:
            return false;
    }
}

std::optional<Value> property_of(const Value& item, const Value& property, Render& render) {
    auto liquid = [&](const Value& value) {
        if (value.is(Kind::symbol)) return Value(value.string());
        return value.is(Kind::drop) ? value.drop().to_liquid(render) : value;
    };
    count_key(property, render);
    switch (item.kind()) {
        case Kind::hash: {
            const Value* found = item.hash().find(property);
            return found == nullptr ? Value() : liquid(*found);
        }
        case Kind::drop:
            if (property.is(Kind::string)) {
                return liquid(item.drop().property(property.string(), render));
            }
            return liquid(item.drop().index(property, render));
        case Kind::string:
            return text_property(item.string(), property, render);
        case Kind::integer:
            return bit_of(item.integer(), bit_place(property, render));
        case Kind::big_integer:
            render.step(item.big_integer().value.limbs.size() / 32);
            return bit_of(item.big_integer().value, bit_place(property, render));
        case Kind::array:
            property_error(property, render);
        default:
            return std::nullopt;
    }
}

}  // namespace liquid
