#include "cms/pages/sections.h"

#include "cms/pages/pages.h"
#include "cms/richtext/richtext.h"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <set>

namespace luster::pages {
namespace {

using boost::json::array;
using boost::json::object;

constexpr std::size_t sections_max = 50;
constexpr std::size_t blocks_max = 50;
constexpr std::size_t settings_max = 100;
constexpr std::size_t bytes_max = 262'144;
constexpr std::size_t text_bytes_max = 65'536;
constexpr std::size_t search_bytes_max = 200'000;

bool is_name(std::string_view name) {
    auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
    };
    return !name.empty() && name.size() <= 60 && std::ranges::all_of(name, plain);
}

class Checker {
public:
    explicit Checker(json::Reader& reader) : reader_(reader) {}

    void document(const json::Value& value) {
        if (boost::json::serialize(value).size() > bytes_max) {
            return reader_.wrong(
                "pages_sections_large", {{"max", std::to_string(bytes_max / 1024)}}
            );
        }
        const auto* members = object_of(value, {"sections", "order"});
        if (!members) return;
        const auto* sections = map_of(*members, "sections", sections_max);
        if (!sections) return;
        each(*sections, "sections", [&](const json::Value& section) { check_section(section); });
        check_order(*members, "order", *sections);
    }

private:
    template <class Check>
    void each(const object& of, std::string_view name, Check check) {
        reader_.enter(name);
        for (const auto& member : of) {
            reader_.enter(std::string_view(member.key()));
            if (!is_name(member.key())) reader_.wrong("pages_name");
            check(member.value());
            reader_.leave();
        }
        reader_.leave();
    }

    void check_section(const json::Value& value) {
        const auto* members =
            object_of(value, {"type", "settings", "blocks", "block_order", "disabled"});
        if (!members) return;
        check_type(*members);
        check_settings(*members);
        if (const auto* disabled = members->if_contains("disabled");
            disabled && !disabled->is_bool()) {
            wrong_at("disabled", "field_bool");
        }
        if (!members->contains("blocks") && !members->contains("block_order")) return;
        const auto* blocks = map_of(*members, "blocks", blocks_max);
        if (!blocks) return;
        each(*blocks, "blocks", [&](const json::Value& block) { check_block(block); });
        check_order(*members, "block_order", *blocks);
    }

    void check_block(const json::Value& value) {
        const auto* members = object_of(value, {"type", "settings"});
        if (!members) return;
        check_type(*members);
        check_settings(*members);
    }

    void check_type(const object& members) {
        const auto* type = members.if_contains("type");
        if (!type || !type->is_string() || !is_name(type->get_string()))
            wrong_at("type", "pages_name");
    }

    void check_settings(const object& members) {
        const auto* settings = map_of(members, "settings", settings_max);
        if (!settings) return;
        each(*settings, "settings", [&](const json::Value& value) { check_setting(value); });
    }

    // Texts, numbers, flags, nothing, and rich text: what a setting's form can give.
    void check_setting(const json::Value& value) {
        if (richtext::is_document(value)) return richtext::check(reader_, value);
        if (value.is_object() || value.is_array()) return reader_.wrong("pages_setting");
        const auto* text = value.if_string();
        if (!text) return;
        std::string trimmed;
        json::read_text(reader_, {text->data(), text->size()}, {0, text_bytes_max, true}, trimmed);
    }

    // The order names each id once, and no other.
    void check_order(const object& members, std::string_view name, const object& of) {
        const auto* order = members.if_contains(name);
        if (!order || !order->is_array()) return wrong_at(name, "field_list");
        std::set<std::string_view> seen;
        for (const auto& id : order->get_array()) {
            bool good = id.is_string() && of.contains(id.get_string()) &&
                        seen.insert(id.get_string()).second;
            if (!good) return wrong_at(name, "pages_order");
        }
        if (seen.size() != of.size()) wrong_at(name, "pages_order");
    }

    const object* object_of(
        const json::Value& value, std::initializer_list<std::string_view> known
    ) {
        const auto* members = value.if_object();
        if (!members) return reader_.wrong("field_object"), nullptr;
        for (const auto& member : *members) {
            std::string_view name = member.key();
            if (std::ranges::find(known, name) == known.end()) wrong_at(name, "field_unknown");
        }
        return members;
    }

    const object* map_of(const object& members, std::string_view name, std::size_t size_max) {
        const auto* value = members.if_contains(name);
        if (!value || !value->is_object()) return wrong_at(name, "field_object"), nullptr;
        if (value->get_object().size() > size_max) {
            reader_.enter(name);
            reader_.wrong("field_list_long", {{"max", std::to_string(size_max)}});
            reader_.leave();
            return nullptr;
        }
        return &value->get_object();
    }

    void wrong_at(std::string_view name, std::string key) {
        reader_.enter(name);
        reader_.wrong(std::move(key));
        reader_.leave();
    }

    json::Reader& reader_;
};

// Texts that look like words, not like choices ("tinted") or addresses.
bool is_prose(std::string_view text) {
    return text.find(' ') != std::string_view::npos && text.find("://") == std::string_view::npos;
}

// What a picture shows, for who can't see it, is no sentence of the page.
constexpr std::string_view picture_words = "alt";

void add_texts(const json::Value& value, std::string& text) {
    if (text.size() > search_bytes_max) return;
    if (richtext::is_document(value)) {
        (text += '\n') += richtext::plain_text(value);
    } else if (const auto* words = value.if_string()) {
        if (is_prose(*words)) (text += '\n') += std::string_view(*words);
    } else if (const auto* members = value.if_object()) {
        for (const auto& member : *members) {
            if (member.key() != picture_words) add_texts(member.value(), text);
        }
    } else if (const auto* items = value.if_array()) {
        for (const auto& item : *items) add_texts(item, text);
    }
}

bool is_hidden(const json::Value& section) {
    const auto* members = section.if_object();
    const auto* disabled = members ? members->if_contains("disabled") : nullptr;
    return disabled && disabled->is_bool() && disabled->get_bool();
}

}  // namespace

void check_sections(json::Reader& reader, const json::Value& sections) {
    Checker(reader).document(sections);
}

std::string plain_text(std::string_view title, const json::Value& sections) {
    std::string text(title);
    const auto* document = sections.if_object();
    const auto* by_id = document ? document->if_contains("sections") : nullptr;
    const auto* order = document ? document->if_contains("order") : nullptr;
    if (!by_id || !by_id->is_object() || !order || !order->is_array()) return text;
    for (const auto& id : order->get_array()) {
        const auto* section =
            id.is_string() ? by_id->get_object().if_contains(id.get_string()) : nullptr;
        if (section && !is_hidden(*section)) add_texts(*section, text);
    }
    return text;
}

}  // namespace luster::pages
