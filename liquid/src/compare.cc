#include "compare.h"

#include "big.h"
#include "liquid/drop.h"
#include "liquid/render.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace liquid {
namespace {

bool numeric(const Value& value) {
    return value.is(Kind::integer) || value.is(Kind::real) || value.is(Kind::big_integer);
}

std::size_t limbs_of(const Value& value) {
    return value.is(Kind::big_integer) ? value.big_integer().value.limbs.size() : 0;
}

std::optional<int> order_numbers(const Value& a, const Value& b, Render& render) {
    if (a.is(Kind::integer) && b.is(Kind::integer)) {
        return a.integer() < b.integer() ? -1 : a.integer() > b.integer() ? 1 : 0;
    }
    // A double holds integers of so many bits exactly.
    constexpr std::int64_t EXACT = std::int64_t(1) << 53;
    auto exact = [](const Value& value) {
        return value.is(Kind::real) ||
               (value.is(Kind::integer) && value.integer() <= EXACT && value.integer() >= -EXACT);
    };
    if (exact(a) && exact(b)) {
        double x = a.is(Kind::real) ? a.real() : static_cast<double>(a.integer());
        double y = b.is(Kind::real) ? b.real() : static_cast<double>(b.integer());
        if (std::isnan(x) || std::isnan(y)) return std::nullopt;
        return x < y ? -1 : x > y ? 1 : 0;
    }
    // The smallest double has more than 300 places behind the point.
    bool real = a.is(Kind::real) || b.is(Kind::real);
    render.step((real ? 24 : 8) + limbs_of(a) * 2 + limbs_of(b) * 2);
    auto decimal = [](const Value& value) {
        if (value.is(Kind::real)) return Decimal::from(value.real());
        return Decimal::from(
            value.is(Kind::integer) ? Big(value.integer()) : value.big_integer().value
        );
    };
    if (a.is(Kind::real) && std::isnan(a.real())) return std::nullopt;
    if (b.is(Kind::real) && std::isnan(b.real())) return std::nullopt;
    return compare(decimal(a), decimal(b));
}

std::int64_t nanos(const Time& time) {
    return time.nanoseconds;
}

int order_times(const Time& a, const Time& b) {
    if (a.seconds != b.seconds) return a.seconds < b.seconds ? -1 : 1;
    return nanos(a) < nanos(b) ? -1 : nanos(a) > nanos(b) ? 1 : 0;
}

bool equal_hashes(const Hash& a, const Hash& b, Render& render, int depth) {
    if (a.size() != b.size()) return false;
    for (const Hash::Entry& entry : a) {
        count_key(entry.key, render);
        const Value* other = b.find(entry.key);
        if (other == nullptr || !equal(entry.value, *other, render, depth + 1)) return false;
    }
    return true;
}

void count_parts(const Value& value, Render& render, int depth) {
    if (depth > VALUE_DEPTH_MAX) {
        // What is that deep hashes alike, so it may be compared with all of its kind.
        constexpr std::uint64_t STEPS_PER_DEEP_PART = 2'000;
        return render.step(STEPS_PER_DEEP_PART);
    }
    switch (value.kind()) {
        case Kind::string:
        case Kind::symbol:
            if (value.string().size() >= 128) render.step(value.string().size() / 128);
            return;
        case Kind::big_integer:
            render.step(value.big_integer().value.limbs.size() / 32);
            return;
        case Kind::array:
            render.step(value.array().size());
            for (const Value& item : value.array()) count_parts(item, render, depth + 1);
            return;
        case Kind::hash:
            render.step(2 * value.hash().size());
            for (const Hash::Entry& entry : value.hash()) {
                count_parts(entry.key, render, depth + 1);
                count_parts(entry.value, render, depth + 1);
            }
            return;
        default:
            return;
    }
}
}  // namespace

void count_key(const Value& key, Render& render) {
    count_parts(key, render, 0);
}

bool equal(const Value& a, const Value& b, Render& render, int depth) {
    if (depth > VALUE_DEPTH_MAX) return false;
    if (numeric(a) && numeric(b)) return order_numbers(a, b, render) == 0;
    if (a.is(Kind::drop)) return a.drop().equals(b, render);
    if (a.kind() != b.kind()) return false;
    switch (a.kind()) {
        case Kind::boolean:
            return a.boolean() == b.boolean();
        case Kind::string:
        case Kind::symbol:
            if (a.string().size() != b.string().size()) return false;
            render.step(a.string().size() / 256);
            return same_text(a.string(), b.string());
        case Kind::array:
            if (a.identity() == b.identity()) return true;
            if (a.array().size() != b.array().size()) return false;
            render.step(a.array().size());
            for (std::size_t i = 0; i < a.array().size(); ++i) {
                if (!equal(a.array()[i], b.array()[i], render, depth + 1)) return false;
            }
            return true;
        case Kind::hash:
            if (a.identity() == b.identity()) return true;
            render.step(a.hash().size());
            return equal_hashes(a.hash(), b.hash(), render, depth);
        case Kind::range:
            return equal(a.range().first, b.range().first, render, depth + 1) &&
                   equal(a.range().last, b.range().last, render, depth + 1);
        case Kind::time:
            return order_times(a.time(), b.time()) == 0;
        default:
            return true;  // nil and the keywords
    }
}

std::optional<int> order(const Value& a, const Value& b, Render& render, int depth) {
    if (depth > VALUE_DEPTH_MAX) return std::nullopt;
    if (numeric(a) && numeric(b)) return order_numbers(a, b, render);
    if (a.is(Kind::string) && b.is(Kind::string)) {
        render.step(std::min(a.string().size(), b.string().size()) / 256);
        int result = a.string().compare(b.string());
        return result < 0 ? -1 : result > 0 ? 1 : 0;
    }
    if (a.is(Kind::array) && b.is(Kind::array)) {
        const Array& left = a.array();
        const Array& right = b.array();
        for (std::size_t i = 0; i < left.size() && i < right.size(); ++i) {
            render.step(1);
            auto result = order(left[i], right[i], render, depth + 1);
            if (result != 0) return result;
        }
        return left.size() < right.size() ? -1 : left.size() > right.size() ? 1 : 0;
    }
    if (a.is(Kind::time) && b.is(Kind::time)) return order_times(a.time(), b.time());
    if (equal(a, b, render, depth)) return 0;
    return std::nullopt;
}

bool same_key(const Value& a, const Value& b, int depth) {
    if (a.kind() != b.kind() || depth > VALUE_DEPTH_MAX) return false;
    switch (a.kind()) {
        case Kind::nil:
        case Kind::blank:
        case Kind::empty:
            return true;
        case Kind::boolean:
            return a.boolean() == b.boolean();
        case Kind::integer:
            return a.integer() == b.integer();
        case Kind::real:  // many that are no number would else be one chain in a hash
            return a.real() == b.real() || (std::isnan(a.real()) && std::isnan(b.real()));
        case Kind::string:
        case Kind::symbol:
            return a.string() == b.string();
        case Kind::big_integer:
            return compare(a.big_integer().value, b.big_integer().value) == 0;
        case Kind::time:
            return order_times(a.time(), b.time()) == 0;
        case Kind::range:
            return same_key(a.range().first, b.range().first, depth + 1) &&
                   same_key(a.range().last, b.range().last, depth + 1);
        case Kind::array:
            if (a.identity() == b.identity()) return true;
            if (a.array().size() != b.array().size()) return false;
            for (std::size_t i = 0; i < a.array().size(); ++i) {
                if (!same_key(a.array()[i], b.array()[i], depth + 1)) return false;
            }
            return true;
        case Kind::hash:
            if (a.identity() == b.identity()) return true;
            if (a.hash().size() != b.hash().size()) return false;
            for (const Hash::Entry& entry : a.hash()) {
                const Value* other = b.hash().find(entry.key);
                if (other == nullptr || !same_key(entry.value, *other, depth + 1)) return false;
            }
            return true;
        case Kind::drop:
            return a.identity() == b.identity();
    }
    return false;
}

std::uint32_t hash_of(const Value& value, int depth) {
    auto kind = static_cast<std::uint32_t>(value.kind()) * 0x9e3779b9U;
    if (depth > VALUE_DEPTH_MAX) return kind;
    // All goes through the hash of texts: it is seeded, so that no data can be made to collide.
    auto bytes = [](const auto& object) {
        char raw[sizeof object];
        std::memcpy(raw, &object, sizeof object);
        return hash_of(std::string_view(raw, sizeof object));
    };
    auto joined = [&](std::uint32_t left, std::uint32_t right) {
        return bytes(static_cast<std::uint64_t>(left) << 32 | right);
    };
    switch (value.kind()) {
        case Kind::string:
            return hash_of(value.string());
        case Kind::symbol:
            return kind ^ hash_of(value.string());
        case Kind::boolean:
            return kind ^ bytes(value.boolean());
        case Kind::integer:
            return kind ^ bytes(value.integer());
        case Kind::real:
            return kind ^ bytes(value.real() == 0 || std::isnan(value.real()) ? 0.0 : value.real());
        case Kind::time:
            return kind ^ bytes(value.time().seconds);
        case Kind::drop:
            return kind ^ bytes(value.identity());
        case Kind::array: {
            std::uint32_t code = kind;
            for (const Value& item : value.array()) code = joined(code, hash_of(item, depth + 1));
            return code;
        }
        case Kind::hash: {  // a sum, as the order of the entries doesn't matter
            std::uint32_t code = kind;
            for (const Hash::Entry& entry : value.hash()) {
                code += joined(entry.code, hash_of(entry.value, depth + 1));
            }
            return code;
        }
        case Kind::big_integer: {
            const Limbs& limbs = value.big_integer().value.limbs;
            const char* raw = reinterpret_cast<const char*>(limbs.begin());
            return kind ^ hash_of(std::string_view(raw, limbs.size() * sizeof(std::uint32_t)));
        }
        case Kind::range:
            return kind ^ joined(
                              hash_of(value.range().first, depth + 1),
                              hash_of(value.range().last, depth + 1)
                          );
        default:
            return kind;
    }
}

}  // namespace liquid
