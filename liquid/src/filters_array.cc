// Filters that make one list out of another, or one value out of a list.
#include "compare.h"
#include "filters.h"
#include "liquid/drop.h"
#include "text.h"
#include "utf8.h"

#include <algorithm>
#include <cmath>

namespace liquid {
namespace {

// A stable merge sort of our own: it stays in its bounds whatever the comparison answers.
template <class Less>
void merge_sort(Array& items, Render& render, Less less) {
    std::size_t size = items.size();
    Value* from = items.begin();
    Value* to = render.scratch().many<Value>(size);
    Value* original = from;
    for (std::size_t width = 1; width < size; width *= 2) {
        for (std::size_t start = 0; start < size; start += 2 * width) {
            std::size_t middle = std::min(start + width, size);
            std::size_t end = std::min(start + 2 * width, size);
            std::size_t left = start;
            std::size_t right = middle;
            for (std::size_t i = start; i < end; ++i) {
                bool take_right = left == middle || (right < end && less(from[right], from[left]));
                to[i] = take_right ? from[right++] : from[left++];
            }
        }
        render.step(size);
        std::swap(from, to);
    }
    if (from != original) std::copy(from, from + size, original);
}

int compare_nil_last(const Value& a, const Value& b, Render& render) {
    if (auto result = order(a, b, render)) return *result;
    if (a.is_nil()) return 1;
    if (b.is_nil()) return -1;
    throw Error(ErrorType::argument, "cannot sort values of incompatible types");
}

int compare_natural(const Value& a, const Value& b, Render& render) {
    if (a.is_nil() || b.is_nil()) return a.is_nil() == b.is_nil() ? 0 : a.is_nil() ? 1 : -1;
    std::string_view left = render.text(a);
    std::string_view right = render.text(b);
    auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    std::size_t shorter = std::min(left.size(), right.size());
    render.step(1 + shorter / 64);
    for (std::size_t i = 0; i < shorter; ++i) {
        auto x = static_cast<unsigned char>(lower(left[i]));
        auto y = static_cast<unsigned char>(lower(right[i]));
        if (x != y) return x < y ? -1 : 1;
    }
    return left.size() < right.size() ? -1 : left.size() > right.size() ? 1 : 0;
}

using Comparison = int (*)(const Value&, const Value&, Render&);

Value sorted(FilterCall& call, Comparison compare) {
    Array& items = items_of(call.input, call.render);
    if (items.empty()) return &items;
    Value property = call.argument(0);
    Render& render = call.render;
    bool all_have_properties = std::all_of(items.begin(), items.end(), has_properties);
    if (!property.is_nil() && !all_have_properties) return {};
    if (items.size() == 1) return &items;  // nothing to compare, no property is asked for
    if (property.is_nil()) {
        merge_sort(items, render, [&](const Value& a, const Value& b) {
            return compare(a, b, render) < 0;
        });
        return &items;
    }
    // Sorts places by their keys, each key looked up once.
    Array* keys = render.scratch().array(items.size());
    Array* places = render.scratch().array(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        keys->push(property_of(items[i], property, render).value_or(Value()));
        places->push(static_cast<std::int64_t>(i));
    }
    merge_sort(*places, render, [&](const Value& a, const Value& b) {
        const Value& x = (*keys)[static_cast<std::size_t>(a.integer())];
        const Value& y = (*keys)[static_cast<std::size_t>(b.integer())];
        return compare(x, y, render) < 0;
    });
    Array* result = render.scratch().array(items.size());
    for (const Value& place : *places)
        result->push(items[static_cast<std::size_t>(place.integer())]);
    return result;
}

Value sort(FilterCall& call) {
    return sorted(call, compare_nil_last);
}
Value sort_natural(FilterCall& call) {
    return sorted(call, compare_natural);
}

Value uniq(FilterCall& call) {
    Array& items = items_of(call.input, call.render);
    if (items.size() <= 1) return &items;  // alone: no property is asked for
    Value property = call.argument(0);
    Array* result = call.render.scratch().array();
    Hash* seen = call.render.scratch().hash();
    for (const Value& item : items) {
        Value key = item;
        if (item.is(Kind::drop)) {
            if (auto plain = item.drop().to_liquid_value(call.render)) key = *plain;
        }
        if (!property.is_nil()) {
            auto found = property_of(key, property, call.render);
            if (!found) return {};
            key = *found;
        }
        call.render.step(1);
        count_key(key, call.render);
        if (seen->find(key) != nullptr) continue;
        seen->set(key, true);
        result->push(item);
    }
    return result;
}

Value reverse(FilterCall& call) {
    Array& items = items_of(call.input, call.render);
    std::reverse(items.begin(), items.end());
    return &items;
}

Value map(FilterCall& call) {
    Array& items = items_of(call.input, call.render);
    Value property = call.argument(0);
    if (property.is(Kind::string) && property.string() == "to_liquid") return &items;
    for (Value& item : items) {
        item = property_of(item, property, call.render).value_or(Value());
    }
    return &items;
}

Value compact(FilterCall& call) {
    Array& items = items_of(call.input, call.render);
    Value property = call.argument(0);
    Array* result = call.render.scratch().array(items.size());
    for (const Value& item : items) {
        Value key = item;
        if (!property.is_nil()) {
            auto found = property_of(item, property, call.render);
            if (!found) return {};
            key = *found;
        }
        if (!key.is_nil()) result->push(item);
    }
    return result;
}

Value concat(FilterCall& call) {
    Value other = call.argument(0);
    if (!other.is(Kind::array)) {
        throw Error(ErrorType::argument, "concat filter requires an array argument");
    }
    Array& items = items_of(call.input, call.render);
    call.render.step(other.array().size());
    for (const Value& item : other.array()) items.push(item);
    return &items;
}

Value join(FilterCall& call) {
    std::string_view glue = call.render.text(call.argument(0, " "));
    Array& items = items_of(call.input, call.render);
    call.render.step(1);
    TextBuilder built(call.render, 256);
    bool first = true;
    for (const Value& item : items) {
        if (!first) built += glue;
        first = false;
        if (item.is(Kind::integer)) {
            built += text_of(item.integer()).view();
        } else if (!item.is_nil()) {
            built += call.render.text(item);
        }
    }
    return built.value();
}

Value pair_of(const Hash::Entry& entry, Arena& arena) {
    Array* pair = arena.array(2);
    pair->push(entry.key);
    pair->push(entry.value);
    return pair;
}

Value first(FilterCall& call) {
    const Value& input = call.input;
    switch (input.kind()) {
        case Kind::array:
            return input.array().empty() ? Value() : input.array()[0];
        case Kind::hash:
            if (input.hash().empty()) return {};
            return pair_of(*input.hash().begin(), call.render.scratch());
        case Kind::range:
            return input.range().first;
        case Kind::string:
            return input.string().substr(
                0, input.string().empty() ? 0 : utf8::width(input.string(), 0)
            );
        case Kind::drop: {
            const Array* items = input.drop().items(call.render, 0, 1);
            return items == nullptr || items->empty() ? Value() : (*items)[0];
        }
        default:
            return {};
    }
}

Value last(FilterCall& call) {
    const Value& input = call.input;
    switch (input.kind()) {
        case Kind::array:
            return input.array().empty() ? Value() : input.array()[input.array().size() - 1];
        case Kind::range:
            return input.range().last;
        case Kind::string: {
            std::string_view text = input.string();
            call.render.step(text.size() / 16);
            std::size_t length = utf8::length(text);
            return length == 0 ? text : text.substr(utf8::offset(text, length - 1));
        }
        default:
            return {};
    }
}

Value size(FilterCall& call) {
    const Value& input = call.input;
    switch (input.kind()) {
        case Kind::string:
            call.render.step(input.string().size() / 16);
            return static_cast<std::int64_t>(utf8::length(input.string()));
        case Kind::array:
            return static_cast<std::int64_t>(input.array().size());
        case Kind::hash:
            return static_cast<std::int64_t>(input.hash().size());
        case Kind::range:
            return size_of(input.range(), call.render);
        case Kind::integer:
            return INTEGER_BYTES;
        case Kind::big_integer:
            return size_of(input.big_integer().value);
        case Kind::drop:
            return input.drop().size(call.render).value_or(Value(0));
        default:
            return 0;
    }
}

Value sum(FilterCall& call) {
    Array& items = items_of(call.input, call.render);
    Value property = call.argument(0);
    Array* values = &items;
    if (!property.is_nil()) {
        values = call.render.scratch().array(items.size());
        for (const Value& item : items) {
            values->push(property_of(item, property, call.render).value_or(Value(0)));
        }
        values = &items_of(values, call.render);
    }
    Number total;
    std::int64_t small = 0;  // integers add up here as long as they fit
    for (const Value& item : *values) {
        std::int64_t more = 0;
        if (item.is(Kind::integer) && !__builtin_add_overflow(small, item.integer(), &more)) {
            small = more;
            continue;
        }
        Number number = to_number(item, call.render);
        count_work(total, number, call.render);
        if (number.decimal || total.decimal) {
            total.real = total.as_decimal() + number.as_decimal();
            total.decimal = true;
        } else {
            total.integer = total.integer + number.integer;
        }
    }
    if (total.decimal) {
        total.real = total.real + Decimal::from(Big(small));
    } else if (total.integer.zero()) {
        return small;
    } else {
        total.integer = total.integer + Big(small);
    }
    return value_of(total, call.render);
}

Value otherwise(FilterCall& call) {
    Value fallback = call.argument(0, "");
    Value options = call.argument(1);
    bool allow_false = false;
    if (options.is(Kind::hash)) {
        const Value* found = options.hash().find("allow_false");
        allow_false = found != nullptr && found->truthy();
    }
    Value input = call.input;
    if (input.is(Kind::drop)) {
        if (auto plain = input.drop().to_liquid_value(call.render)) input = *plain;
    }
    bool missing = allow_false ? call.input.is_nil() : !input.truthy();
    switch (call.input.kind()) {
        case Kind::string:
            missing = call.input.string().empty();
            break;
        case Kind::array:
            missing = call.input.array().empty();
            break;
        case Kind::hash:
            missing = call.input.hash().empty();
            break;
        default:
            break;
    }
    return missing ? fallback : call.input;
}

constexpr FilterEntry FILTERS[] = {
    {"sort", sort, 0, 1},
    {"sort_natural", sort_natural, 0, 1},
    {"uniq", uniq, 0, 1},
    {"reverse", reverse, 0, 0},
    {"map", map, 1, 1},
    {"compact", compact, 0, 1},
    {"concat", concat, 1, 1},
    {"join", join, 0, 1},
    {"first", first, 0, 0},
    {"last", last, 0, 0},
    {"size", size, 0, 0},
    {"sum", sum, 0, 1},
    {"default", otherwise, 0, 2},
};
}  // namespace

std::span<const FilterEntry> array_filters() {
    return FILTERS;
}

}  // namespace liquid
