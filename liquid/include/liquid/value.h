// What a template computes with.
//
// A Value is 16 bytes, copied like an int and owns nothing: text, arrays and hashes are borrowed
// from an Arena, from the template or from the host, all of which outlive the render.
#pragma once
#include "liquid/arena.h"

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace liquid {

class BigInteger;
class Drop;
struct Range;
struct Time;

enum class Kind : std::uint8_t {
    nil,
    boolean,
    integer,
    big_integer,  // beyond 64 bits
    real,
    string,
    symbol,  // a key of Ruby's: printed like a text, but not the same key
    array,
    hash,
    range,
    time,
    drop,
    blank,  // the keyword `blank` in a comparison
    empty,  // the keyword `empty` in a comparison
};

// An integer that int64_t can hold, whatever its value. Characters are no numbers.
template <class T>
concept WholeNumber =
    std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> &&
    !std::same_as<T, wchar_t> && !std::same_as<T, char8_t> && !std::same_as<T, char16_t> &&
    !std::same_as<T, char32_t> && (std::signed_integral<T> ? sizeof(T) <= 8 : sizeof(T) < 8);

// Throws the Error for a value that is read as another kind than it has.
[[noreturn]] void read_as(Kind wanted, Kind found);

class Value {
public:
    constexpr Value() noexcept : integer_(0) {}
    constexpr Value(std::nullptr_t) noexcept : integer_(0) {}
    // Templates, so that nothing turns into a truth or a number on its way here: a const Drop*, a
    // char, an enumerator and what may lie beyond int64_t do not compile.
    template <std::same_as<bool> T>
    constexpr Value(T value) noexcept : kind_(Kind::boolean), integer_(value ? 1 : 0) {}
    template <WholeNumber T>
    constexpr Value(T value) noexcept : kind_(Kind::integer), integer_(value) {}
    template <std::floating_point T>
    constexpr Value(T value) noexcept : kind_(Kind::real), real_(static_cast<double>(value)) {}
    // Borrowed: the characters must outlive the render. Use Arena::copy for what does not.
    constexpr Value(std::string_view text) noexcept
        : kind_(Kind::string), size_(static_cast<std::uint32_t>(text.size())), text_(text.data()) {}
    constexpr Value(const char* text) noexcept : Value(std::string_view(text)) {}
    Value(const std::string& text) noexcept : Value(std::string_view(text)) {}
    Value(std::string&&) = delete;  // it would dangle
    Value(const Array* array) noexcept : kind_(Kind::array), array_(array) {}
    Value(const Hash* hash) noexcept : kind_(Kind::hash), hash_(hash) {}
    Value(const Range* range) noexcept : kind_(Kind::range), range_(range) {}
    Value(const Time* time) noexcept : kind_(Kind::time), time_(time) {}
    Value(const BigInteger* integer) noexcept : kind_(Kind::big_integer), big_(integer) {}
    Value(Drop* drop) noexcept : kind_(Kind::drop), drop_(drop) {}

    static constexpr Value keyword(Kind kind) {
        Value value;
        value.kind_ = kind;
        return value;
    }

    static constexpr Value symbol(std::string_view name) {
        Value value(name);
        value.kind_ = Kind::symbol;
        return value;
    }

    constexpr Kind kind() const { return kind_; }
    constexpr bool is(Kind kind) const { return kind_ == kind; }
    constexpr bool is_nil() const { return kind_ == Kind::nil; }
    // Only nil and false are false.
    constexpr bool truthy() const {
        return kind_ != Kind::nil && !(kind_ == Kind::boolean && integer_ == 0);
    }

    // Each of these asks that kind() is the fitting one; any other is an Error (internal). What a
    // template hands over may be of any kind: Render::integer and Render::number convert it.
    constexpr bool boolean() const { return expect(Kind::boolean), integer_ != 0; }
    constexpr std::int64_t integer() const { return expect(Kind::integer), integer_; }
    constexpr double real() const { return expect(Kind::real), real_; }
    // Of a text or a symbol.
    constexpr std::string_view string() const {
        if (kind_ != Kind::symbol) expect(Kind::string);
        return {text_, size_};
    }
    const Array& array() const { return expect(Kind::array), *array_; }
    const Hash& hash() const { return expect(Kind::hash), *hash_; }
    const Range& range() const { return expect(Kind::range), *range_; }
    const Time& time() const { return expect(Kind::time), *time_; }
    const BigInteger& big_integer() const { return expect(Kind::big_integer), *big_; }
    Drop& drop() const { return expect(Kind::drop), *drop_; }
    // Tells two arrays, hashes or drops apart.
    const void* identity() const { return array_; }

private:
    constexpr void expect(Kind kind) const {
        if (kind_ != kind) [[unlikely]]
            read_as(kind, kind_);
    }

    Kind kind_ = Kind::nil;
    std::uint32_t size_ = 0;
    union {
        std::int64_t integer_;
        double real_;
        const char* text_;
        const Array* array_;
        const Hash* hash_;
        const Range* range_;
        const Time* time_;
        const BigInteger* big_;
        Drop* drop_;
    };
};
static_assert(sizeof(Value) == 16);

// A list of values. Made by Arena::array.
class Array {
public:
    explicit Array(Arena& arena) : arena_(&arena) {}
    Array(Arena& arena, Value* items, std::size_t size)
        : arena_(&arena), items_(items), size_(size), capacity_(size) {}
    void push(const Value& value) {
        if (size_ == capacity_) grow(capacity_ < 4 ? 4 : capacity_ * 2);
        items_[size_++] = value;
    }
    void reserve(std::size_t capacity) {
        if (capacity > capacity_) grow(capacity);
    }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    const Value& operator[](std::size_t index) const { return items_[index]; }
    Value& operator[](std::size_t index) { return items_[index]; }
    const Value* begin() const { return items_; }
    const Value* end() const { return items_ + size_; }
    Value* begin() { return items_; }
    Value* end() { return items_ + size_; }

private:
    void grow(std::size_t capacity);
    Arena* arena_;
    Value* items_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

// Keys and values in the order in which they were set. Made by Arena::hash.
class Hash {
public:
    struct Entry {
        Value key;
        Value value;
        std::uint32_t code;
    };
    explicit Hash(Arena& arena) : arena_(&arena) {}
    void set(const Value& key, const Value& value);
    const Value* find(std::string_view key) const;
    const Value* find(const char* key) const { return find(std::string_view(key)); }
    const Value* find(const Value& key) const;
    // For callers that computed hash_of(key) before.
    const Value* find(std::string_view key, std::uint32_t code) const;
    void reserve(std::size_t capacity) {
        if (capacity > capacity_) grow(capacity);
    }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    const Entry* begin() const { return entries_; }
    const Entry* end() const { return entries_ + size_; }

private:
    void grow(std::size_t capacity);
    void index_again();
    Arena* arena_;
    Entry* entries_ = nullptr;
    std::uint32_t* slots_ = nullptr;  // open addressing; only for more than a few entries
    std::uint32_t size_ = 0;
    std::uint32_t capacity_ = 0;
    std::uint32_t slot_mask_ = 0;
};

std::uint32_t hash_of(std::string_view text);

// Equal texts; without a call for the short ones that names are.
inline bool same_text(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    const char* x = a.data();
    const char* y = b.data();
    std::size_t size = a.size();
    if (x == y || size == 0) return true;
    auto differ = [](const char* left, const char* right, auto word) {
        auto other = word;
        std::memcpy(&word, left, sizeof word);
        std::memcpy(&other, right, sizeof other);
        return word != other;
    };
    if (size > 16) return std::memcmp(x, y, size) == 0;
    if (size >= 8) {
        return !differ(x, y, std::uint64_t{}) &&
               !differ(x + size - 8, y + size - 8, std::uint64_t{});
    }
    if (size >= 4) {
        return !differ(x, y, std::uint32_t{}) &&
               !differ(x + size - 4, y + size - 4, std::uint32_t{});
    }
    return x[0] == y[0] && x[size / 2] == y[size / 2] && x[size - 1] == y[size - 1];
}

// first..last, both included; integers.
struct Range {
    Value first;
    Value last;
};

// A moment with the offset and the name of the zone in which it is shown. A date has no hours.
struct Time {
    std::int64_t seconds = 0;  // since 1970-01-01 00:00:00 UTC
    std::int32_t nanoseconds = 0;
    std::int32_t offset_seconds = 0;
    std::string_view zone = "UTC";  // borrowed
    bool date_only = false;
    bool utc = false;  // UTC itself, not a zone whose clock agrees with it
};

}  // namespace liquid
