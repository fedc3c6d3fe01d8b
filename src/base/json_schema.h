// JSON Schema 2020-12 (as OpenAPI 3.1 embeds it) of described structs, from the same description
// that reads and writes them.
#pragma once

#include "base/json.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace luster::json {

enum class Direction { input, output };

// What read_text refuses in a text: control characters, and in one line also what ends it.
inline constexpr std::string_view pattern_of_line =
    R"(^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$)";
inline constexpr std::string_view pattern_of_lines =
    R"(^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]*$)";

// "PageView" for luster::pages::PageView, "PageSummaryListing" for Listing<PageSummary>.
// A struct may choose another: `static constexpr std::string_view schema_name = "Page";`.
template <class T>
std::string type_name() {
    if constexpr (requires { T::schema_name; }) return std::string(T::schema_name);
    std::string_view full = __PRETTY_FUNCTION__;  // … [T = luster::pages::PageView]
    full.remove_prefix(full.find("T = ") + 4);
    full.remove_suffix(1);
    auto last_part = [](std::string_view name) {
        auto colon = name.rfind(':');
        return std::string(colon == std::string_view::npos ? name : name.substr(colon + 1));
    };
    auto open = full.find('<');
    if (open == std::string_view::npos) return last_part(full);
    auto inner = full.substr(open + 1, full.find_first_of("<>,", open + 1) - open - 1);
    return last_part(inner) + last_part(full.substr(0, open));
}

// The named schemas of a document. A struct that is read and written in different forms has two.
class SchemaBook {
public:
    template <class T>
    Value of(Direction direction) {
        if constexpr (InstanceOf<T, Change>) {
            using Inner = decltype(T::value);
            return Value{{"anyOf", {of<Inner>(direction), {{"type", "null"}}}}};
        } else if constexpr (InstanceOf<T, std::optional>) {
            auto inner = of<typename T::value_type>(direction);
            if (direction == Direction::input) return inner;
            return Value{{"anyOf", {inner, {{"type", "null"}}}}};
        } else if constexpr (InstanceOf<T, Omitted>) {
            return of<typename T::value_type>(direction);
        } else if constexpr (std::same_as<T, Value>) {
            return boost::json::object();
        } else if constexpr (AnyJson<T> || InstanceOf<T, Written>) {
            return of<typename T::Shape>(direction);
        } else if constexpr (std::same_as<T, bool>) {
            return {{"type", "boolean"}};
        } else if constexpr (LimitedWhole<T>) {
            return {{"type", "integer"}, {"minimum", T::value_min}, {"maximum", T::value_max}};
        } else if constexpr (std::integral<T>) {
            return {{"type", "integer"}};
        } else if constexpr (std::floating_point<T>) {
            return {{"type", "number"}};
        } else if constexpr (TypedPassword<T>) {
            return {{"type", "string"}, {"minLength", T::length_min}, {"maxLength", T::length_max}};
        } else if constexpr (LimitedText<T>) {
            return {
                {"type", "string"},
                {"minLength", T::length_min},
                {"maxLength", T::length_max},
                {"pattern", T::lines ? pattern_of_lines : pattern_of_line}
            };
        } else if constexpr (std::convertible_to<const T&, std::string_view>) {
            return {{"type", "string"}};
        } else if constexpr (std::same_as<T, OrgId>) {
            return {{"type", "string"}, {"pattern", "^org_[1-9][0-9]{0,17}$"}};
        } else if constexpr (Identifier<T>) {
            return {
                {"type", "string"},
                {"pattern", "^" + id_prefix<T>() + "_[0-7][0-9a-hjkmnp-tv-z]{25}$"}
            };
        } else if constexpr (std::same_as<T, Time>) {
            return {{"type", "string"}, {"format", "date-time"}};
        } else if constexpr (Vector<T>) {
            boost::json::object schema{
                {"type", "array"}, {"items", of<typename T::value_type>(direction)}
            };
            if constexpr (requires { T::size_max; }) schema["maxItems"] = T::size_max;
            return schema;
        } else if constexpr (StringMap<T>) {
            return {
                {"type", "object"}, {"additionalProperties", of<typename T::mapped_type>(direction)}
            };
        } else if constexpr (DescribedEnum<T>) {
            boost::json::array names;
            boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto entry) {
                names.emplace_back(entry.name);
            });
            return {{"type", "string"}, {"enum", std::move(names)}};
        } else {
            return reference(type_name<T>(), struct_of<T>(direction, {}));
        }
    }

    // The members of a struct but those named in `without` (path parameters, say).
    template <DescribedStruct T>
    Value struct_of(Direction direction, const std::vector<std::string_view>& without) {
        boost::json::object properties;
        boost::json::array required;
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            using M = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
            for (auto name : without) {
                if (name == wire_name(member.name)) return;
            }
            properties[wire_name(member.name)] = of<M>(direction);
            constexpr bool may_miss =
                InstanceOf<M, Change> || InstanceOf<M, std::optional> || InstanceOf<M, Omitted>;
            constexpr bool may_be_left_out = InstanceOf<M, Omitted>;
            if (direction == Direction::output ? !may_be_left_out : !may_miss)
                required.emplace_back(wire_name(member.name));
        });
        return {
            {"type", "object"},
            {"properties", std::move(properties)},
            {"required", std::move(required)},
            {"additionalProperties", false},
        };
    }

    Value reference(std::string name, Value schema) {
        auto [known, added] = schemas_.emplace(name, schema);
        if (!added && known->second != schema) {
            name += "Input";
            schemas_.emplace(name, std::move(schema));
        }
        return {{"$ref", "#/components/schemas/" + name}};
    }

    // What a reference stands for.
    const Value& resolved(const Value& schema) const {
        const auto* reference = schema.as_object().if_contains("$ref");
        if (!reference) return schema;
        std::string_view name = reference->as_string();
        return schemas_.at(std::string(name.substr(name.rfind('/') + 1)));
    }

    const std::map<std::string, Value>& schemas() const { return schemas_; }

private:
    template <class T>
    static std::string id_prefix() {
        auto text = T{}.text();
        return text.substr(0, text.rfind('_'));
    }

    std::map<std::string, Value> schemas_;
};

}  // namespace luster::json
