// How C++ values travel to PostgreSQL and back, in its binary format. A type without a `Value`
// can't be a parameter or a column, so a surprise is an error of the compiler.
#pragma once

#include "base/bytes.h"
#include "base/ids.h"
#include "base/time.h"

#include <boost/describe/enum.hpp>
#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/enumerators.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace luster::pg {

// A `jsonb` document as text.
struct Json {
    std::string text;
    friend bool operator==(const Json&, const Json&) = default;
};

// Object identifiers of the built-in types that we use; they are part of PostgreSQL's protocol.
enum class TypeOid : std::uint32_t {
    boolean = 16,
    bytea = 17,
    bigint = 20,
    integer = 23,
    text = 25,
    double_precision = 701,
    text_array = 1009,
    bigint_array = 1016,
    timestamptz = 1184,
    void_ = 2278,
    uuid = 2950,
    uuid_array = 2951,
    jsonb = 3802,
};

namespace detail {
void put_integer(std::string& out, std::uint64_t value, std::size_t bytes);
std::uint64_t take_integer(std::string_view cell, std::size_t bytes);
void put_double(std::string& out, double value);
double take_double(std::string_view cell);
std::string take_json(std::string_view cell);
void begin_array(std::string& out, TypeOid element, std::size_t count);
// The elements of a one-dimensional array without NULLs.
std::vector<std::string_view> take_array(std::string_view cell);
[[noreturn]] void unknown_enumerator(std::string_view cell);
// PostgreSQL counts microseconds from the start of the year 2000.
inline constexpr std::int64_t postgres_epoch_us = 946'684'800'000'000;
}  // namespace detail

template <class T>
struct Value;

template <>
struct Value<bool> {
    static constexpr TypeOid oid = TypeOid::boolean;
    static void write(std::string& out, bool value) { out += value ? '\1' : '\0'; }
    static bool read(std::string_view cell) { return detail::take_integer(cell, 1) != 0; }
};
template <>
struct Value<std::int32_t> {
    static constexpr TypeOid oid = TypeOid::integer;
    static void write(std::string& out, std::int32_t value) {
        detail::put_integer(out, static_cast<std::uint32_t>(value), 4);
    }
    static std::int32_t read(std::string_view cell) {
        return static_cast<std::int32_t>(detail::take_integer(cell, 4));
    }
};
template <>
struct Value<std::int64_t> {
    static constexpr TypeOid oid = TypeOid::bigint;
    static void write(std::string& out, std::int64_t value) {
        detail::put_integer(out, static_cast<std::uint64_t>(value), 8);
    }
    static std::int64_t read(std::string_view cell) {
        return static_cast<std::int64_t>(detail::take_integer(cell, 8));
    }
};
template <>
struct Value<double> {
    static constexpr TypeOid oid = TypeOid::double_precision;
    static void write(std::string& out, double value) { detail::put_double(out, value); }
    static double read(std::string_view cell) { return detail::take_double(cell); }
};
template <>
struct Value<std::string_view> {  // as a parameter only: a column must own its text
    static constexpr TypeOid oid = TypeOid::text;
    static void write(std::string& out, std::string_view value) { out += value; }
};
template <>
struct Value<std::string> {
    static constexpr TypeOid oid = TypeOid::text;
    static void write(std::string& out, std::string_view value) { out += value; }
    static std::string read(std::string_view cell) { return std::string(cell); }
};
template <>
struct Value<Bytes> {
    static constexpr TypeOid oid = TypeOid::bytea;
    static void write(std::string& out, const Bytes& value) { out += value.data; }
    static Bytes read(std::string_view cell) { return {std::string(cell)}; }
};
template <>
struct Value<Json> {
    static constexpr TypeOid oid = TypeOid::jsonb;
    static void write(std::string& out, const Json& value) {
        out += '\1';  // the version of jsonb's binary format
        out += value.text;
    }
    static Json read(std::string_view cell) { return {detail::take_json(cell)}; }
};
template <>
struct Value<Time> {
    static constexpr TypeOid oid = TypeOid::timestamptz;
    static void write(std::string& out, Time value) {
        Value<std::int64_t>::write(out, value.unix_us - detail::postgres_epoch_us);
    }
    static Time read(std::string_view cell) {
        return {Value<std::int64_t>::read(cell) + detail::postgres_epoch_us};
    }
};
template <>
struct Value<OrgId> {
    static constexpr TypeOid oid = TypeOid::bigint;
    static void write(std::string& out, OrgId value) {
        Value<std::int64_t>::write(out, value.value);
    }
    static OrgId read(std::string_view cell) { return {Value<std::int64_t>::read(cell)}; }
};
template <>
struct Value<Uuid> {
    static constexpr TypeOid oid = TypeOid::uuid;
    static void write(std::string& out, const Uuid& value) {
        out.append(reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size());
    }
    static Uuid read(std::string_view cell);
};
template <class Tag>
struct Value<Id<Tag>> {
    static constexpr TypeOid oid = TypeOid::uuid;
    static void write(std::string& out, const Id<Tag>& value) {
        Value<Uuid>::write(out, value.uuid);
    }
    static Id<Tag> read(std::string_view cell) { return {Value<Uuid>::read(cell)}; }
};

// A described enumeration is its enumerator's name, as text.
template <class E>
    requires(std::is_enum_v<E> && boost::describe::has_describe_enumerators<E>::value)
struct Value<E> {
    static constexpr TypeOid oid = TypeOid::text;
    static void write(std::string& out, E value) {
        const char* name = boost::describe::enum_to_string(value, nullptr);
        out += name ? name : "";
    }
    static E read(std::string_view cell) {
        E value{};
        std::string name(cell);
        if (!boost::describe::enum_from_string(name.c_str(), value)) {
            detail::unknown_enumerator(cell);
        }
        return value;
    }
};

namespace detail {
constexpr TypeOid array_of(TypeOid element) {
    switch (element) {
        case TypeOid::bigint:
            return TypeOid::bigint_array;
        case TypeOid::uuid:
            return TypeOid::uuid_array;
        default:
            return TypeOid::text_array;
    }
}
}  // namespace detail

template <class T>
    requires(
        Value<T>::oid == TypeOid::text || Value<T>::oid == TypeOid::bigint ||
        Value<T>::oid == TypeOid::uuid
    )
struct Value<std::vector<T>> {
    static constexpr TypeOid oid = detail::array_of(Value<T>::oid);
    static void write(std::string& out, const std::vector<T>& values) {
        detail::begin_array(out, Value<T>::oid, values.size());
        for (const auto& value : values) {
            auto length_at = out.size();
            detail::put_integer(out, 0, 4);
            Value<T>::write(out, value);
            std::string length;
            detail::put_integer(length, out.size() - length_at - 4, 4);
            out.replace(length_at, 4, length);
        }
    }
    static std::vector<T> read(std::string_view cell) {
        std::vector<T> values;
        for (auto element : detail::take_array(cell)) values.push_back(Value<T>::read(element));
        return values;
    }
};

namespace detail {
template <class T>
struct Nullable {
    using Inner = T;
    static constexpr bool value = false;
};
template <class T>
struct Nullable<std::optional<T>> {
    using Inner = T;
    static constexpr bool value = true;
};
}  // namespace detail

}  // namespace luster::pg
