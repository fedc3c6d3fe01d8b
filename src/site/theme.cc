#include "site/theme.h"

#include "base/crypto.h"
#include "base/result.h"
#include "io/http/files.h"
#include "site/entry.h"

#include <boost/json/parse.hpp>

namespace luster::site {
namespace {

namespace json = boost::json;

constexpr std::string_view liquid_suffix = ".liquid";

json::object parse_object(std::string_view text) {
    boost::system::error_code error;
    auto value = json::parse(text, error);
    return !error && value.is_object() ? std::move(value.as_object()) : json::object();
}

// "folder/name.suffix" → "name".
std::optional<std::string> name_in(
    std::string_view path, std::string_view folder, std::string_view suffix
) {
    if (!path.starts_with(folder) || !path.ends_with(suffix)) return std::nullopt;
    path.remove_prefix(folder.size());
    path.remove_suffix(suffix.size());
    return path.contains('/') ? std::nullopt : std::optional(std::string(path));
}

std::string_view word_below(const json::object* level, std::string_view key) {
    while (level) {
        auto dot = key.find('.');
        auto* value = level->if_contains(key.substr(0, dot));
        if (!value) return {};
        if (dot == key.npos) {
            auto* text = value->if_string();
            return text ? std::string_view(text->data(), text->size()) : std::string_view();
        }
        level = value->if_object();
        key.remove_prefix(dot + 1);
    }
    return {};
}

// In the language asked for, else in English.
std::string_view word_in(
    const std::map<std::string, json::object, std::less<>>& locales,
    std::string_view language,
    std::string_view key
) {
    for (auto candidate : {language, std::string_view("en")}) {
        auto locale = locales.find(candidate);
        if (locale == locales.end()) continue;
        if (auto word = word_below(&locale->second, key); word.data()) return word;
    }
    return {};
}

std::string digest_of(std::string_view content) {
    auto digest = crypto::sha256(content);
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

void merge_over(json::object& base, const json::object& over) {
    for (auto& [key, value] : over) {
        auto* below = base.if_contains(key);
        if (below && below->is_object() && value.is_object())
            merge_over(below->get_object(), value.get_object());
        else
            base.insert_or_assign(key, value);
    }
}

template <class T>
std::shared_ptr<T> TemplateShelf::Shelf<T>::find(const std::string& key) const {
    auto found = kept.find(key);
    return found == kept.end() ? nullptr : found->second.lock();
}

template <class T>
void TemplateShelf::Shelf<T>::put(const std::string& key, const std::shared_ptr<T>& value) {
    if (kept.size() >= sweep_at) {
        std::erase_if(kept, [](auto& entry) { return entry.second.expired(); });
        sweep_at = std::max<std::size_t>(256, kept.size() * 2);
    }
    kept[key] = value;
}

liquid::Result<liquid::TemplatePointer> TemplateShelf::parse(
    const std::string& path, std::string_view source
) {
    auto key = path + "\n" + digest_of(source);
    {
        std::lock_guard lock(mutex_);
        if (auto kept = templates_.find(key)) return kept;
    }
    liquid::ParseOptions options;
    options.name = path;
    auto parsed = liquid::parse(environment_, source, options);
    if (!parsed) return parsed;
    std::lock_guard lock(mutex_);
    templates_.put(key, *parsed);
    return parsed;
}

Text TemplateShelf::keep(std::string content) {
    auto key = digest_of(content);
    std::lock_guard lock(mutex_);
    if (auto kept = texts_.find(key)) return kept;
    auto text = std::make_shared<const std::string>(std::move(content));
    texts_.put(key, text);
    return text;
}

Theme::Theme(std::vector<ThemeFile> files, TemplateShelf& shelf) : shelf_(shelf) {
    for (auto& file : files) read_file(file);
    read_settings();
}

void Theme::read_file(ThemeFile& file) {
    if (auto label_name = name_in(file.path, "locales/", ".schema.json")) {
        label_locales_[*label_name] = parse_object(file.content);
    } else if (auto locale_name = name_in(file.path, "locales/", ".json")) {
        locales_[*locale_name] = parse_object(file.content);
    } else if (auto template_name = name_in(file.path, "templates/", ".json")) {
        json_templates_[*template_name] = parse_object(file.content);
    } else if (auto rendered = name_in(file.path, "assets/", liquid_suffix)) {
        rendered_assets_.push_back(*rendered);
    } else if (auto asset = name_in(file.path, "assets/", "")) {
        auto type = std::string(http::content_type_of(*asset));
        auto hash = content_hash(file.content);
        auto content = shelf_.keep(std::move(file.content));
        assets_[*asset] = Asset{*asset, std::move(hash), std::move(type), std::move(content)};
        return;
    }
    files_[file.path] = shelf_.keep(std::move(file.content));
}

void Theme::read_settings() {
    if (auto* schema = source("config/settings_schema.json")) {
        boost::system::error_code error;
        auto groups = json::parse(*schema, error);
        if (!error && groups.is_array()) {
            for (auto& group : groups.get_array()) {
                if (auto* object = group.if_object())
                    merge_over(
                        settings_, themes::setting_rules(object->if_contains("settings")).defaults
                    );
            }
        }
    }
    if (auto* data = source("config/settings_data.json")) {
        auto parsed = parse_object(*data);
        auto* current = parsed.if_contains("current");
        if (current && current->is_object()) merge_over(settings_, current->get_object());
    }
}

const std::string* Theme::source(const std::string& path) const {
    auto found = files_.find(path);
    return found == files_.end() ? nullptr : found->second.get();
}

const liquid::Template* Theme::find(const std::string& path) {
    if (auto found = parsed_.find(path); found != parsed_.end()) return found->second.get();
    auto* text = source(path);
    if (!text) return nullptr;
    auto result = shelf_.parse(path, *text);
    if (!result) throw Fault(path + ": " + result.error().text());
    return (parsed_[path] = *result).get();
}

liquid::Partial Theme::partial(const std::string& path) {
    auto found = parsed_.find(path);
    if (found != parsed_.end()) return {found->second, {}, {}};
    auto* text = source(path);
    if (!text) return {nullptr, "No such template '" + path + "'", {}};
    auto result = shelf_.parse(path, *text);
    if (!result) return {nullptr, {}, result.error()};
    return {parsed_[path] = *result, {}, {}};
}

const json::object* Theme::json_template(const std::string& name) const {
    auto found = json_templates_.find(name);
    return found == json_templates_.end() ? nullptr : &found->second;
}

const themes::SectionRules& Theme::rules_of(const std::string& section_type) {
    auto [place, added] = rules_.try_emplace(section_type);
    auto* text = source("sections/" + section_type + ".liquid");
    if (added && text) place->second = themes::section_rules(*text);
    return place->second;
}

std::string_view Theme::name_of(const std::string& section_type, std::string_view language) {
    auto& name = rules_of(section_type).name;
    return name.starts_with("t:") ? label(language, std::string_view(name).substr(2)) : name;
}

std::string_view Theme::text(std::string_view language, std::string_view key) const {
    return word_in(locales_, language, key);
}

std::string_view Theme::label(std::string_view language, std::string_view key) const {
    return word_in(label_locales_, language, key);
}

}  // namespace luster::site
