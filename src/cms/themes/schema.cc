// Section schemas: the JSON in {% schema %}, in the reader's language.
#include "cms/themes/themes.h"

#include <boost/json/parse.hpp>

#include <algorithm>

namespace luster::themes {
namespace {

using boost::json::object;

// "t:names.hero" → the text at that path of the locale's document.
const json::Value* at_path(const json::Value& document, std::string_view path) {
    const auto* value = &document;
    while (!path.empty()) {
        auto dot = std::min(path.find('.'), path.size());
        const auto* members = value->if_object();
        value = members ? members->if_contains(path.substr(0, dot)) : nullptr;
        if (!value) return nullptr;
        path.remove_prefix(std::min(dot + 1, path.size()));
    }
    return value;
}

void translate(json::Value& value, const json::Value& words) {
    if (auto* text = value.if_string()) {
        if (!text->starts_with("t:")) return;
        const auto* found = at_path(words, std::string_view(*text).substr(2));
        if (found && found->is_string()) value = *found;
    } else if (auto* members = value.if_object()) {
        for (auto& member : *members) translate(member.value(), words);
    } else if (auto* items = value.if_array()) {
        for (auto& item : *items) translate(item, words);
    }
}

template <class T>
void take(const object& from, std::string_view name, T& target) {
    if (const auto* value = from.if_contains(name)) {
        json::Reader reader;
        T read{};
        if (json::read(reader, *value, read)) target = std::move(read);
    }
}
template <class T>
void take(const object& from, std::string_view name, Omitted<T>& target) {
    if (!from.contains(name)) return;
    T value{};
    take(from, name, value);
    target.emplace(std::move(value));
}

// What is an array of objects, one by one; what isn't is left out.
template <class Each>
void each_object(const object& from, std::string_view name, Each each) {
    const auto* list = from.if_contains(name);
    if (!list || !list->is_array()) return;
    for (const auto& item : list->get_array()) {
        if (item.is_object()) each(item.get_object());
    }
}

std::vector<Setting> settings_of(const object& from) {
    std::vector<Setting> settings;
    each_object(from, "settings", [&](const object& source) {
        const auto* type = source.if_contains("type");
        auto known = type && type->is_string()
                         ? json::enumerator<SettingType>(std::string_view(type->get_string()))
                         : std::nullopt;
        if (!known) return;
        Setting setting;
        setting.type = *known;
        take(source, "id", setting.id);
        take(source, "label", setting.label);
        take(source, "info", setting.info);
        take(source, "default", setting.default_);
        take(source, "options", setting.options);
        take(source, "min", setting.min);
        take(source, "max", setting.max);
        take(source, "step", setting.step);
        take(source, "unit", setting.unit);
        settings.push_back(std::move(setting));
    });
    return settings;
}

std::vector<BlockType> blocks_of(const object& from) {
    std::vector<BlockType> blocks;
    each_object(from, "blocks", [&](const object& source) {
        BlockType block;
        take(source, "type", block.type);
        take(source, "name", block.name);
        take(source, "limit", block.limit);
        block.settings = settings_of(source);
        if (!block.type.empty()) blocks.push_back(std::move(block));
    });
    return blocks;
}

std::vector<Preset> presets_of(const object& from) {
    std::vector<Preset> presets;
    each_object(from, "presets", [&](const object& source) {
        Preset preset;
        take(source, "name", preset.name);
        take(source, "settings", preset.settings);
        std::vector<PresetBlock> blocks;
        each_object(source, "blocks", [&](const object& one) {
            PresetBlock block;
            take(one, "type", block.type);
            take(one, "settings", block.settings);
            blocks.push_back(std::move(block));
        });
        if (!blocks.empty()) preset.blocks = std::move(blocks);
        presets.push_back(std::move(preset));
    });
    return presets;
}

json::Value words_in(const std::vector<File>& files, std::string_view language) {
    auto path = "locales/" + std::string(language) + ".schema.json";
    auto found = std::ranges::find(files, path, &File::path);
    if (found == files.end()) return object();
    return json::parse(found->content).value_or(json::Value(object()));
}

}  // namespace

json::Value schema_of(std::string_view liquid) {
    auto tag = [&](std::string_view name, std::size_t from) {
        for (auto at = liquid.find("{%", from); at != std::string_view::npos;
             at = liquid.find("{%", at + 2)) {
            auto end = liquid.find("%}", at);
            if (end == std::string_view::npos) break;
            auto inner = liquid.substr(at + 2, end - at - 2);
            auto first = inner.find_first_not_of("- \t\n");
            auto last = inner.find_last_not_of("- \t\n");
            if (first != std::string_view::npos && inner.substr(first, last - first + 1) == name) {
                return std::pair(at, end + 2);
            }
        }
        return std::pair(std::string_view::npos, std::string_view::npos);
    };
    auto open = tag("schema", 0);
    if (open.first == std::string_view::npos) return nullptr;
    auto close = tag("endschema", open.second);
    if (close.first == std::string_view::npos) return nullptr;
    return json::parse(liquid.substr(open.second, close.first - open.second)).value_or(nullptr);
}

std::optional<std::string> section_type_of(std::string_view path) {
    constexpr std::string_view folder = "sections/", suffix = ".liquid";
    if (!path.starts_with(folder) || !path.ends_with(suffix)) return std::nullopt;
    path.remove_prefix(folder.size());
    path.remove_suffix(suffix.size());
    return std::string(path);
}

std::vector<SectionType> section_types(const std::vector<File>& files, std::string_view language) {
    auto english = words_in(files, "en");
    auto words = words_in(files, language);
    std::vector<SectionType> types;
    for (const auto& file : files) {
        auto name = section_type_of(file.path);
        if (!name) continue;
        auto schema = schema_of(file.content);
        if (!schema.is_object()) continue;
        translate(schema, words);
        translate(schema, english);
        const auto& source = schema.get_object();
        SectionType type;
        type.type = std::move(*name);
        take(source, "name", type.name);
        take(source, "max_blocks", type.max_blocks);
        type.settings = settings_of(source);
        type.blocks = blocks_of(source);
        type.presets = presets_of(source);
        if (!type.presets.empty()) types.push_back(std::move(type));
    }
    return types;
}

}  // namespace luster::themes
