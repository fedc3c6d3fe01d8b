// Filters that look for items by a property.
#include "compare.h"
#include "filters.h"

namespace liquid {
namespace {

// Walks the items until `take` says stop; false where an item has no properties at all, which
// makes the whole filter answer nil.
template <class Take>
bool each_match(FilterCall& call, Array& items, Take take) {
    Value property = call.argument(0);
    Value target = call.argument(1);
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto value = property_of(items[i], property, call.render);
        if (!value) return false;
        call.render.step(1);
        bool matches = target.is_nil() ? value->truthy() : equal(*value, target, call.render);
        if (!take(i, matches)) break;
    }
    return true;
}

Value filtered(FilterCall& call, bool keep) {
    Array& items = items_of(call.input, call.render);
    Array* result = call.render.scratch().array();
    bool fits = each_match(call, items, [&](std::size_t i, bool matches) {
        if (matches == keep) result->push(items[i]);
        return true;
    });
    return fits ? Value(result) : Value();
}

Value where(FilterCall& call) {
    return filtered(call, true);
}
Value reject(FilterCall& call) {
    return filtered(call, false);
}

std::optional<std::size_t> first_match(FilterCall& call, Array& items, bool& fits) {
    std::optional<std::size_t> found;
    fits = each_match(call, items, [&](std::size_t i, bool matches) {
        if (matches) found = i;
        return !matches;
    });
    return found;
}

Value find(FilterCall& call) {
    Array& items = items_of(call.input, call.render);
    bool fits = true;
    auto found = first_match(call, items, fits);
    return fits && found ? items[*found] : Value();
}

Value find_index(FilterCall& call) {
    Array& items = items_of(call.input, call.render);
    bool fits = true;
    auto found = first_match(call, items, fits);
    return fits && found ? Value(static_cast<std::int64_t>(*found)) : Value();
}

Value has(FilterCall& call) {
    Array& items = items_of(call.input, call.render);
    bool fits = true;
    auto found = first_match(call, items, fits);
    return fits ? Value(found.has_value()) : Value();
}

constexpr FilterEntry FILTERS[] = {
    {"where", where, 1, 2},
    {"reject", reject, 1, 2},
    {"find", find, 1, 2},
    {"find_index", find_index, 1, 2},
    {"has", has, 1, 2},
};
}  // namespace

std::span<const FilterEntry> selection_filters() {
    return FILTERS;
}

}  // namespace liquid
