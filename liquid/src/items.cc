// How the array filters see their input.
#include "compare.h"
#include "filters.h"
#include "liquid/drop.h"
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
        "cannot select the property '" + std::string(render.text(property)) + "'"
    );
}

// Ruby drops what follows the point of an index.
std::int64_t place_of(const Value& property, Render& render) {
    if (property.is(Kind::real) && std::fabs(property.real()) < 9e18) {
        return static_cast<std::int64_t>(property.real());
    }
    if (!property.is(Kind::integer)) property_error(property, render);
    return property.integer();
}

// Ruby's Integer#[].
Value bit_of(std::int64_t integer, std::int64_t place) {
    if (place < 0) return 0;
    return integer >> std::min<std::int64_t>(place, 63) & 1;
}

// "abc"["b"] is "b" to Ruby, "abc"[0] is "a".
Value text_property(std::string_view text, const Value& property, Render& render) {
    if (property.is(Kind::string)) {
        std::string_view wanted = property.string();
        render.step(text.size() / SEARCHED_BYTES_PER_STEP);
        return find_text(text, wanted) == std::string_view::npos ? Value() : Value(wanted);
    }
    render.step(text.size() / 16);
    auto length = static_cast<std::int64_t>(utf8::length(text));
    std::int64_t index = place_of(property, render);
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
            if (!whole(input.range())) return text_range_items(input.range(), render);
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
            return bit_of(item.integer(), place_of(property, render));
        case Kind::big_integer:
        case Kind::array:
            property_error(property, render);
        default:
            return std::nullopt;
    }
}

}  // namespace liquid
