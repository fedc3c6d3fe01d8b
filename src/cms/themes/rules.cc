#include "cms/richtext/richtext.h"
#include "cms/themes/themes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

namespace luster::themes {
namespace {

using boost::json::object;

constexpr std::size_t choices_named_max = 20;

std::string_view text_of(const json::Value* value) {
    const auto* text = value ? value->if_string() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

std::optional<double> number_of(const json::Value* value) {
    if (!value || !value->is_number()) return std::nullopt;
    return value->to_number<double>();
}

bool is_word(std::string_view text) {
    return text.size() <= 60 && std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-';
           });
}

// A file of the organization's media, never a place outside of it.
bool is_media_key(std::string_view key) {
    if (key.starts_with('/') || key.find_first_of("\\<>\"'?#") != key.npos) return false;
    while (!key.empty()) {
        auto segment = key.substr(0, key.find('/'));
        if (segment == "." || segment == "..") return false;
        key.remove_prefix(std::min(key.size(), segment.size() + 1));
    }
    return true;
}

// Each member of an array that is an object with a name under `key`.
template <class Each>
void each_named(const json::Value* list, std::string_view key, Each each) {
    if (!list || !list->is_array()) return;
    for (const auto& item : list->get_array()) {
        const auto* members = item.if_object();
        auto name = members ? text_of(members->if_contains(key)) : std::string_view();
        if (!name.empty()) each(name, *members);
    }
}

std::optional<std::int64_t> count_in(const object& schema, std::string_view name) {
    const auto* value = schema.if_contains(name);
    if (!value || !value->is_int64()) return std::nullopt;
    return value->get_int64();
}

}  // namespace

SettingRule::SettingRule(const object& schema)
    : min_(number_of(schema.if_contains("min"))), max_(number_of(schema.if_contains("max"))) {
    auto type = text_of(schema.if_contains("type"));
    if (type == "text" || type == "textarea") kind_ = Kind::text;
    if (type == "richtext") kind_ = Kind::rich;
    if (type == "select") kind_ = Kind::choice;
    if (type == "color_scheme") kind_ = Kind::scheme;
    if (type == "checkbox") kind_ = Kind::flag;
    if (type == "range") kind_ = Kind::number;
    if (type == "url" || type == "page") kind_ = Kind::address;
    if (type == "image") kind_ = Kind::image;
    const auto* options = schema.if_contains("options");
    if (!options || !options->is_array()) return;
    for (const auto& option : options->get_array()) {
        const auto* members = option.if_object();
        options_.emplace_back(text_of(members ? members->if_contains("value") : &option));
    }
}

bool SettingRule::takes(const json::Value& value) const {
    if (value.is_null()) return true;
    auto text = text_of(&value);
    auto is_option = [&] { return std::ranges::find(options_, text) != options_.end(); };
    switch (kind_) {
        case Kind::plain:
            return !value.is_object() && !value.is_array();
        case Kind::text:
            return value.is_string();
        case Kind::rich:
            return value.is_string() || value.is_object();
        case Kind::choice:
            return value.is_string() && is_option();
        case Kind::scheme:
            return value.is_string() && (options_.empty() ? is_word(text) : is_option());
        case Kind::flag:
            return value.is_bool();
        case Kind::number: {
            constexpr auto infinite = std::numeric_limits<double>::infinity();
            auto number = number_of(&value);
            return number && *number >= min_.value_or(-infinite) &&
                   *number <= max_.value_or(infinite);
        }
        case Kind::address:
            return value.is_string() && (text.empty() || richtext::is_link_target(text));
        case Kind::image:
            return value.is_string() && is_media_key(text);
    }
    return false;
}

Message SettingRule::allowed() const {
    auto choices = [&]() -> Message {
        auto named = std::span(options_).first(std::min(options_.size(), choices_named_max));
        auto more = named.size() < options_.size() ? ", …" : "";
        return {"themes_choice", {{"choices", fmt::format("{}{}", fmt::join(named, ", "), more)}}};
    };
    switch (kind_) {
        case Kind::plain:
        case Kind::text:
            return {"themes_words", {}};
        case Kind::rich:
            return {"themes_rich", {}};
        case Kind::choice:
            return choices();
        case Kind::scheme:
            return options_.empty() ? Message{"themes_scheme", {}} : choices();
        case Kind::flag:
            return {"field_bool", {}};
        case Kind::number:
            return range();
        case Kind::address:
            return {"themes_address", {}};
        case Kind::image:
            return {"themes_image", {}};
    }
    return {"field_unknown", {}};
}

Message SettingRule::range() const {
    auto words = [](double number) { return fmt::format("{}", number); };
    if (min_ && max_) return {"themes_between", {{"min", words(*min_)}, {"max", words(*max_)}}};
    if (min_) return {"themes_at_least", {{"min", words(*min_)}}};
    if (max_) return {"themes_at_most", {{"max", words(*max_)}}};
    return {"field_number", {}};
}

SettingRules setting_rules(const json::Value* settings) {
    SettingRules rules;
    each_named(settings, "id", [&](std::string_view id, const object& schema) {
        rules.known.emplace(id, SettingRule(schema));
        if (const auto* value = schema.if_contains("default")) rules.defaults[id] = *value;
    });
    return rules;
}

SectionRules section_rules(std::string_view liquid) {
    SectionRules rules;
    auto schema = schema_of(liquid);
    const auto* members = schema.if_object();
    if (!members) return rules;
    if (const auto* name = members->if_contains("name"); name && name->is_string())
        rules.name = name->get_string();
    rules.settings = setting_rules(members->if_contains("settings"));
    rules.blocks_max = count_in(*members, "max_blocks").value_or(rules.blocks_max);
    each_named(members->if_contains("blocks"), "type", [&](auto type, const object& block) {
        rules.blocks.insert_or_assign(
            std::string(type),
            BlockRules{setting_rules(block.if_contains("settings")), count_in(block, "limit")}
        );
    });
    return rules;
}

}  // namespace luster::themes
