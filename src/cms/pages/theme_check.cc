// Sections against the schemas of the site's theme: types, settings, how many blocks.
#include "cms/pages/sections.h"

#include <boost/json/object.hpp>

#include <algorithm>

namespace luster::pages {
namespace {

using boost::json::object;

const object* object_in(const object* members, std::string_view name) {
    const auto* value = members ? members->if_contains(name) : nullptr;
    return value ? value->if_object() : nullptr;
}

std::string type_of(const object& part) {
    const auto* type = part.if_contains("type");
    return type && type->is_string() ? std::string(type->get_string()) : "";
}

// The part that stood under this id, if it was of the same type.
const object* same_part(const object* parts, std::string_view id, const std::string& type) {
    const auto* part = object_in(parts, id);
    return part && type_of(*part) == type ? part : nullptr;
}

// A database writes 1e2 as 100.
bool same_value(const json::Value& value, const json::Value& other) {
    if (value.is_number() && other.is_number())
        return value.to_number<double>() == other.to_number<double>();
    return value == other;
}

template <class Map>
const typename Map::mapped_type* find(const Map& map, std::string_view name) {
    auto found = map.find(name);
    return found == map.end() ? nullptr : &found->second;
}

std::int64_t count_blocks(const object* blocks, std::string_view type) {
    if (!blocks) return 0;
    return std::ranges::count_if(*blocks, [&](const auto& block) {
        return block.value().is_object() && type_of(block.value().get_object()) == type;
    });
}

class Holder {
public:
    Holder(json::Reader& reader, const themes::Rules& rules) : reader_(reader), rules_(rules) {}

    void document(const object& document, const object* before) {
        const auto* stood = object_in(before, "sections");
        each(document, "sections", [&](std::string_view id, const json::Value& section) {
            hold_section(id, section.get_object(), stood);
        });
    }

private:
    template <class Hold>
    void each(const object& of, std::string_view name, Hold hold) {
        const auto* members = object_in(&of, name);
        if (!members) return;
        reader_.enter(name);
        for (const auto& member : *members) {
            reader_.enter(std::string_view(member.key()));
            hold(std::string_view(member.key()), member.value());
            reader_.leave();
        }
        reader_.leave();
    }

    void hold_section(std::string_view id, const object& section, const object* all_before) {
        auto type = type_of(section);
        const auto* before = same_part(all_before, id, type);
        const auto* rules = find(rules_, type);
        Message unknown{"themes_no_section", {{"type", type}}};
        // One sentence for a section that is new; of one that stood there, for what is new in it.
        if (!rules && !before) return wrong_at("type", unknown);
        hold_settings(section, before, rules ? &rules->settings : nullptr, unknown);
        const auto* stood = object_in(before, "blocks");
        each(section, "blocks", [&](std::string_view block_id, const json::Value& block) {
            hold_block(block_id, block.get_object(), stood, type, rules);
        });
        if (rules) hold_counts(object_in(&section, "blocks"), stood, *rules);
    }

    void hold_block(
        std::string_view id,
        const object& block,
        const object* all_before,
        const std::string& section_type,
        const themes::SectionRules* section
    ) {
        auto type = type_of(block);
        const auto* before = same_part(all_before, id, type);
        const auto* rules = section ? find(section->blocks, type) : nullptr;
        Message unknown{"themes_no_block", {{"section", section_type}, {"type", type}}};
        if (!section) unknown = {"themes_no_section", {{"type", section_type}}};
        if (!rules && !before) return wrong_at("type", unknown);
        hold_settings(block, before, rules ? &rules->settings : nullptr, unknown);
    }

    void hold_settings(
        const object& part,
        const object* before,
        const themes::SettingRules* rules,
        const Message& unknown
    ) {
        const auto* stood = object_in(before, "settings");
        each(part, "settings", [&](std::string_view id, const json::Value& value) {
            const auto* old = stood ? stood->if_contains(id) : nullptr;
            if (old && same_value(value, *old)) return;
            if (!rules) return wrong(unknown);
            const auto* rule = find(rules->known, id);
            if (!rule) {
                wrong({"themes_no_setting", {{"type", type_of(part)}, {"setting", std::string(id)}}}
                );
            } else if (!rule->takes(value)) {
                wrong(rule->allowed());
            }
        });
    }

    // Too many is a fault of whoever adds one, not of whoever leaves them or takes one away.
    void hold_counts(const object* blocks, const object* stood, const themes::SectionRules& rules) {
        auto count = blocks ? std::ssize(*blocks) : 0;
        if (count > rules.blocks_max && count > (stood ? std::ssize(*stood) : 0))
            wrong_at("blocks", {"themes_blocks_max", {{"max", std::to_string(rules.blocks_max)}}});
        for (const auto& [type, block] : rules.blocks) {
            if (!block.limit) continue;
            auto of_type = count_blocks(blocks, type);
            if (of_type <= *block.limit || of_type <= count_blocks(stood, type)) continue;
            wrong_at(
                "blocks",
                {"themes_block_limit", {{"max", std::to_string(*block.limit)}, {"type", type}}}
            );
        }
    }

    void wrong(const Message& message) { reader_.wrong(message.key, message.arguments); }
    void wrong_at(std::string_view name, const Message& message) {
        reader_.enter(name);
        wrong(message);
        reader_.leave();
    }

    json::Reader& reader_;
    const themes::Rules& rules_;
};

}  // namespace

void hold_to_theme(
    json::Reader& reader,
    const json::Value& sections,
    const json::Value& before,
    const themes::Rules& rules
) {
    Holder(reader, rules).document(sections.get_object(), before.if_object());
}

}  // namespace luster::pages
