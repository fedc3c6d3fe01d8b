// Described structs (Boost.Describe) to JSON and back. The reader collects every error with its
// JSON pointer; the writer goes straight to a string; the schema is JSON Schema 2020-12 as
// OpenAPI 3.1 wants it.
//
// Reading: a member of type std::optional or Change may be absent, all others are required; unknown
// members are refused. Writing: an empty optional is null. Ids, times and enumerators
// (Boost.Describe) are strings.
#pragma once

#include "base/bytes.h"
#include "base/ids.h"
#include "base/problem.h"
#include "base/text_types.h"
#include "base/time.h"

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace luster::json {

using Value = boost::json::value;

// Any JSON, which the document describes as a T. Whoever takes it checks it.
template <class T>
struct Shaped : Value {
    using Shape = T;
    Shaped() = default;
    Shaped(Value value) : Value(std::move(value)) {}
};
template <class T>
concept AnyJson = std::derived_from<T, Value>;

// Untrusted text: depth and size are bounded, duplicate members are refused. Empty when it isn't
// JSON; `why` then says what and where in a few words.
std::optional<Value> parse(std::string_view text, std::string* why = nullptr);

// The same as text, as a database keeps it: written as it stands, parsed by who looks into it.
template <class T>
struct Written {
    using Shape = T;
    std::string text = "null";
    Value value() const { return parse(text).value_or(Value()); }
};

// --- what a type is
// ---------------------------------------------------------------------------------
template <class T, template <class...> class Of>
struct IsInstance : std::false_type {};
template <template <class...> class Of, class... A>
struct IsInstance<Of<A...>, Of> : std::true_type {};
template <class T, template <class...> class Of>
concept InstanceOf = IsInstance<T, Of>::value;

template <class T>
concept DescribedStruct = boost::describe::has_describe_members<T>::value && std::is_class_v<T>;
template <class T>
concept DescribedEnum = boost::describe::has_describe_enumerators<T>::value;
template <class T>
concept Identifier = requires(const T& id, std::string_view text) {
    { id.text() } -> std::same_as<std::string>;
    { T::parse(text) } -> std::same_as<std::optional<T>>;
};
template <class T>
concept LimitedText = std::derived_from<T, std::string> && requires { T::length_max; };
template <class T>
concept TypedPassword = requires(T t) {
    t.value;
    T::length_max;
};
template <class T>
concept LimitedWhole = requires { T::value_max; };
template <class T>
concept Vector = InstanceOf<T, std::vector> || requires { T::size_max; };
template <class T>
concept StringMap = InstanceOf<T, std::map> && std::same_as<typename T::key_type, std::string>;

// Those of base structs come first.
template <DescribedStruct T>
using Members = boost::describe::
    describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

// A member's name on the wire: `template_` stands for a name that C++ keeps for itself.
constexpr std::string_view wire_name(std::string_view member) {
    if (member.ends_with('_')) member.remove_suffix(1);
    return member;
}

template <DescribedEnum E>
constexpr std::string_view name_of(E value) {
    std::string_view name;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto entry) {
        if (entry.value == value) name = entry.name;
    });
    return name;
}

template <DescribedEnum E>
constexpr std::optional<E> enumerator(std::string_view name) {
    std::optional<E> found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto entry) {
        if (name == entry.name) found = entry.value;
    });
    return found;
}

// --- writing
// ----------------------------------------------------------------------------------------
void write_string(std::string& out, std::string_view text);
void write_value(std::string& out, const Value& value);
void write_double(std::string& out, double value);

template <class T>
void write(std::string& out, const T& value) {
    if constexpr (std::same_as<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::integral<T>) {
        char digits[24];
        out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
    } else if constexpr (std::floating_point<T>) {
        write_double(out, value);
    } else if constexpr (LimitedWhole<T>) {
        write(out, value.value);
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
        write_string(out, value);
    } else if constexpr (Identifier<T>) {
        write_string(out, value.text());
    } else if constexpr (std::same_as<T, Time>) {
        write_string(out, to_rfc3339(value));
    } else if constexpr (AnyJson<T>) {
        write_value(out, value);
    } else if constexpr (InstanceOf<T, Written>) {
        out += value.text;
    } else if constexpr (InstanceOf<T, std::optional> || InstanceOf<T, Omitted>) {
        if (value) {
            write(out, *value);
        } else {
            out += "null";
        }
    } else if constexpr (Vector<T>) {
        out += '[';
        for (const auto& item : value) {
            if (out.back() != '[') out += ',';
            write(out, item);
        }
        out += ']';
    } else if constexpr (StringMap<T>) {
        out += '{';
        for (const auto& [name, item] : value) {
            if (out.back() != '{') out += ',';
            write_string(out, name);
            out += ':';
            write(out, item);
        }
        out += '}';
    } else if constexpr (DescribedEnum<T>) {
        write_string(out, name_of(value));
    } else {
        static_assert(DescribedStruct<T>, "describe the struct with BOOST_DESCRIBE_STRUCT");
        char before = '{';
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            using M = std::remove_cvref_t<decltype(value.*member.pointer)>;
            if constexpr (InstanceOf<M, Omitted>) {
                if (!(value.*member.pointer)) return;
            }
            out += before;
            before = ',';
            write_string(out, wire_name(member.name));
            out += ':';
            write(out, value.*member.pointer);
        });
        if (before == '{') out += before;
        out += '}';
    }
}

template <class T>
std::string to_string(const T& value) {
    std::string out;
    write(out, value);
    return out;
}

// --- reading
// ---------------------------------------------------------------------------------------- What is
// wrong, and where: pointers are built only when something is.
class Reader {
public:
    std::vector<Problem::Field> errors;

    void wrong(std::string key, std::vector<std::pair<std::string, std::string>> arguments = {});
    void enter(std::string_view name) { path_.emplace_back(name); }
    void enter(std::size_t index) { path_.push_back(std::to_string(index)); }
    void leave() { path_.pop_back(); }
    std::string pointer() const;

private:
    static constexpr std::size_t errors_max = 100;
    std::vector<std::string> path_;
};

struct TextRule {
    std::size_t length_min, length_max;
    bool lines;
};
// Trims, counts code points, refuses control characters and bytes that aren't UTF-8.
bool read_text(Reader& reader, std::string_view source, TextRule rule, std::string& target);
bool read_password(Reader& reader, const Value& source, TextRule rule, std::string& target);
bool read_whole(Reader& reader, const Value& source, std::int64_t& target);

template <class T>
bool read(Reader& reader, const Value& source, T& target);

template <DescribedStruct T>
bool read_struct(Reader& reader, const Value& source, T& target) {
    const auto* object = source.if_object();
    if (!object) return reader.wrong("field_object"), false;
    auto before = reader.errors.size();
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        using M = std::remove_cvref_t<decltype(target.*member.pointer)>;
        reader.enter(wire_name(member.name));
        if (const auto* value = object->if_contains(wire_name(member.name))) {
            read(reader, *value, target.*member.pointer);
        } else if constexpr (!InstanceOf<M, std::optional> && !InstanceOf<M, Change>) {
            reader.wrong("field_required");
        }
        reader.leave();
    });
    for (const auto& [name, value] : *object) {
        bool known = false;
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            known |= name == wire_name(member.name);
        });
        if (known) continue;
        reader.enter(std::string_view(name.data(), name.size()));
        reader.wrong("field_unknown");
        reader.leave();
    }
    return reader.errors.size() == before;
}

template <class T>
bool read_list(Reader& reader, const Value& source, T& target) {
    const auto* array = source.if_array();
    if (!array) return reader.wrong("field_list"), false;
    if constexpr (requires { T::size_max; }) {
        if (array->size() > T::size_max) {
            return reader.wrong("field_list_long", {{"max", std::to_string(T::size_max)}}), false;
        }
    }
    bool good = true;
    target.resize(array->size());
    for (std::size_t i = 0; i < array->size(); ++i) {
        reader.enter(i);
        good &= read(reader, (*array)[i], target[i]);
        reader.leave();
    }
    return good;
}

// A text of a path, query or string member as a value of T.
template <class T>
bool read_string(Reader& reader, std::string_view text, T& target) {
    if constexpr (LimitedText<T>) {
        return read_text(reader, text, {T::length_min, T::length_max, T::lines}, target);
    } else if constexpr (std::same_as<T, std::string>) {
        return read_text(reader, text, {0, 100'000, true}, target);
    } else if constexpr (Identifier<T>) {
        if (auto id = T::parse(text)) return target = *id, true;
        return reader.wrong("field_id"), false;
    } else if constexpr (std::same_as<T, Time>) {
        if (auto time = parse_rfc3339(text)) return target = *time, true;
        return reader.wrong("field_time"), false;
    } else {
        static_assert(DescribedEnum<T>);
        if (auto value = enumerator<T>(text)) return target = *value, true;
        std::string choices;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto entry) {
            choices += choices.empty() ? "" : ", ";
            choices += entry.name;
        });
        return reader.wrong("field_choice", {{"choices", choices}}), false;
    }
}

template <class T>
bool read(Reader& reader, const Value& source, T& target) {
    if constexpr (InstanceOf<T, Change>) {
        if (source.is_null()) return target.state = T::State::cleared, true;
        target.state = T::State::given;
        return read(reader, source, target.value);
    } else if constexpr (InstanceOf<T, std::optional>) {
        return read(reader, source, target.emplace());
    } else if constexpr (AnyJson<T>) {
        return target = source, true;
    } else if constexpr (std::same_as<T, bool>) {
        if (!source.is_bool()) return reader.wrong("field_bool"), false;
        return target = source.get_bool(), true;
    } else if constexpr (LimitedWhole<T>) {
        if (!read_whole(reader, source, target.value)) return false;
        if (target.value >= T::value_min && target.value <= T::value_max) return true;
        return reader.wrong(
                   "field_range",
                   {{"min", std::to_string(T::value_min)}, {"max", std::to_string(T::value_max)}}
               ),
               false;
    } else if constexpr (std::integral<T>) {
        std::int64_t number = 0;
        if (!read_whole(reader, source, number)) return false;
        if (!std::in_range<T>(number)) return reader.wrong("field_whole"), false;
        return target = static_cast<T>(number), true;
    } else if constexpr (std::floating_point<T>) {
        if (!source.is_number()) return reader.wrong("field_number"), false;
        return target = source.to_number<T>(), true;
    } else if constexpr (TypedPassword<T>) {
        return read_password(reader, source, {T::length_min, T::length_max, true}, target.value);
    } else if constexpr (Vector<T>) {
        return read_list(reader, source, target);
    } else if constexpr (StringMap<T>) {
        const auto* object = source.if_object();
        if (!object) return reader.wrong("field_object"), false;
        bool good = true;
        for (const auto& [name, value] : *object) {
            reader.enter(std::string_view(name.data(), name.size()));
            good &= read(reader, value, target[std::string(name)]);
            reader.leave();
        }
        return good;
    } else if constexpr (DescribedStruct<T> && !Identifier<T>) {
        return read_struct(reader, source, target);
    } else {
        const auto* text = source.if_string();
        if (!text) return reader.wrong("field_text"), false;
        return read_string(reader, std::string_view(text->data(), text->size()), target);
    }
}

}  // namespace luster::json
