// Themes: folders in the format that Shopify's designers know. In an organization's database every
// file, assets too, is a row of an immutable version; one version is the site's.
#pragma once

#include "base/json.h"
#include "base/messages.h"
#include "cms/themes/rules.h"
#include "core/tenancy/tenants.h"

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace luster::themes {

// --- a theme on disk, as it ships
// -------------------------------------------------------------------
struct File {
    std::string path;  // "sections/hero.liquid"
    std::string content;
};
struct Folder {
    std::string name;         // "folio"
    std::vector<File> files;  // what becomes a version, by path
    std::vector<File> demo;   // content.LANGUAGE.json, empty.LANGUAGE.json
    std::vector<File> media;  // bucket keys, "2026/11/lake.svg"
    std::string digest;       // of all of it
};
// Throws a Fault that names the file that can't be read, or is none of a theme's.
Folder read_folder(const std::filesystem::path& folder);

// --- what the panel's forms are built from
// ----------------------------------------------------------
struct SettingOption {
    std::string value;
    std::string label;
};
BOOST_DESCRIBE_STRUCT(SettingOption, (), (value, label))

enum class SettingType {
    text,
    textarea,
    richtext,
    url,
    checkbox,
    select,
    range,
    color_scheme,
    image,
    page,
    header,
    paragraph
};
BOOST_DESCRIBE_ENUM(
    SettingType,
    text,
    textarea,
    richtext,
    url,
    checkbox,
    select,
    range,
    color_scheme,
    image,
    page,
    header,
    paragraph
)

struct Setting {
    SettingType type = SettingType::text;
    Omitted<std::string> id;
    Omitted<std::string> label;
    Omitted<std::string> info;
    Omitted<json::Value> default_;
    Omitted<std::vector<SettingOption>> options;
    Omitted<double> min, max, step;
    Omitted<std::string> unit;
};
BOOST_DESCRIBE_STRUCT(Setting, (), (type, id, label, info, default_, options, min, max, step, unit))

struct BlockType {
    std::string type;
    std::string name;
    std::vector<Setting> settings;
    Omitted<std::int64_t> limit;
};
BOOST_DESCRIBE_STRUCT(BlockType, (), (type, name, settings, limit))

struct PresetBlock {
    std::string type;
    Omitted<std::map<std::string, json::Value>> settings;
};
BOOST_DESCRIBE_STRUCT(PresetBlock, (), (type, settings))
struct Preset {
    std::string name;
    Omitted<std::map<std::string, json::Value>> settings;
    Omitted<std::vector<PresetBlock>> blocks;
};
BOOST_DESCRIBE_STRUCT(Preset, (), (name, settings, blocks))

struct SectionType {
    std::string type;
    std::string name;
    std::vector<Setting> settings;
    std::vector<BlockType> blocks;
    std::int64_t max_blocks = SectionRules::blocks_max_default;
    std::vector<Preset> presets;
};
BOOST_DESCRIBE_STRUCT(SectionType, (), (type, name, settings, blocks, max_blocks, presets))

// The section types that a person may add (those with presets), from their {% schema %}, in words
// of `language` (else English) from locales/LANGUAGE.schema.json. What a schema has wrong is left
// out.
std::vector<SectionType> section_types(const std::vector<File>& files, std::string_view language);
// The JSON between {% schema %} and {% endschema %}; null where there is none.
json::Value schema_of(std::string_view liquid);
// "sections/hero.liquid" → "hero"
std::optional<std::string> section_type_of(std::string_view path);
// Of every section that the theme has, those without presets too.
Rules rules_of(const std::vector<File>& files);

// --- in an organization's database
// ------------------------------------------------------------------
struct Theme {
    std::string name;
    std::vector<SectionType> sections;
};
BOOST_DESCRIBE_STRUCT(Theme, (), (name, sections))

Task<Theme> current(pg::TenantReads reads, std::string language);

// What organizations' themes allow, by version and in memory: a version never changes. For all
// loops.
using RulesPointer = std::shared_ptr<const Rules>;
class Rulebook {
public:
    // Of the version that is the site's now, or of one that the caller knows to be it. Null where
    // an organization has no theme (yet).
    Task<RulesPointer> current(TenantTx& tx);
    Task<RulesPointer> of(TenantTx& tx, std::optional<ThemeVersionId> version);

private:
    static constexpr std::size_t kept_max =
        500;  // entries: most share the rules of a theme that ships
    // Ids of versions are unique within their organization only.
    using Key = std::pair<OrgId, ThemeVersionId>;
    struct Kept {
        RulesPointer rules;
        std::string digest;  // of the sections' sources
        std::uint64_t used;
    };

    RulesPointer find(const Key& key);
    RulesPointer keep(const Key& key, const std::vector<File>& files);

    std::mutex mutex_;
    std::map<Key, Kept> kept_;
    std::uint64_t uses_ = 0;
};

messages::Source sentences();

}  // namespace luster::themes
