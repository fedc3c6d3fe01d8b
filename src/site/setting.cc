#include "site/setting.h"

#include "cms/richtext/richtext.h"

#include <algorithm>
#include <limits>
#include <string_view>

namespace luster::site {
namespace {

namespace json = boost::json;

std::string_view text_of(const json::value* value) {
    auto* text = value ? value->if_string() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

double number_of(const json::value* value, double without) {
    return value && value->is_number() ? value->to_number<double>() : without;
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

}  // namespace

Setting::Setting(const json::object& schema)
    : min_(number_of(schema.if_contains("min"), std::numeric_limits<double>::lowest())),
      max_(number_of(schema.if_contains("max"), std::numeric_limits<double>::max())) {
    auto type = text_of(schema.if_contains("type"));
    if (type == "richtext") kind_ = Kind::rich;
    if (type == "select") kind_ = Kind::choice;
    if (type == "color_scheme") kind_ = Kind::scheme;
    if (type == "checkbox") kind_ = Kind::flag;
    if (type == "range") kind_ = Kind::number;
    if (type == "url" || type == "page") kind_ = Kind::address;
    if (type == "image") kind_ = Kind::image;
    auto* options = schema.if_contains("options");
    if (!options || !options->is_array()) return;
    for (auto& option : options->get_array()) {
        auto* members = option.if_object();
        options_.emplace(text_of(members ? members->if_contains("value") : &option));
    }
}

bool Setting::takes(const json::value& value) const {
    if (value.is_null()) return true;
    auto text = text_of(&value);
    switch (kind_) {
        case Kind::words:
            return !value.is_object() && !value.is_array();
        case Kind::rich:
            return value.is_string() || value.is_object();
        case Kind::choice:
            return value.is_string() && options_.contains(text);
        case Kind::scheme:
            return value.is_string() &&
                   (options_.empty() ? is_word(text) : options_.contains(text));
        case Kind::flag:
            return value.is_bool();
        case Kind::number: {
            auto number = number_of(&value, std::numeric_limits<double>::quiet_NaN());
            return number >= min_ && number <= max_;
        }
        case Kind::address:
            return value.is_string() && (text.empty() || richtext::is_link_target(text));
        case Kind::image:
            return value.is_string() && is_media_key(text);
    }
    return false;
}

}  // namespace luster::site
