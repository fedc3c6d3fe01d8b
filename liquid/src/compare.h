// Equality, order and hashing as Ruby's ==, <=> and eql?.
#pragma once
#include "liquid/value.h"

#include <cstdint>
#include <optional>

namespace liquid {

class Render;

// Nesting beyond this compares as different and hashes alike: host data may be circular.
inline constexpr int VALUE_DEPTH_MAX = 64;

bool equal(const Value& a, const Value& b, Render& render, int depth = 0);
// Negative, zero, positive; nullopt where the two have no order.
std::optional<int> order(const Value& a, const Value& b, Render& render, int depth = 0);
// Counts what hashing a key and comparing it once takes: ask before a value is looked for in a
// hash.
void count_key(const Value& key, Render& render);
// As hash keys and in `uniq`: 1 and 1.0 differ.
bool same_key(const Value& a, const Value& b, int depth = 0);
std::uint32_t hash_of(const Value& value, int depth = 0);

}  // namespace liquid
