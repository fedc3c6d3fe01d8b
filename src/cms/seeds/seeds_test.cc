#include "cms/seeds/seeds.h"

#include "cms/pages/sections.h"
#include "testing/postgres.h"

#include <algorithm>

namespace luster::seeds {
namespace {

const std::filesystem::path themes_folder = std::filesystem::path(LUSTER_SOURCE_DIR) / "themes";

// What the theme has against sections, all of them new.
std::string faults_in(const json::Value& sections, const themes::Rules& rules) {
    json::Reader reader;
    pages::check_sections(reader, sections);
    if (reader.errors.empty()) pages::hold_to_theme(reader, sections, nullptr, rules);
    std::string faults;
    for (const auto& error : reader.errors)
        faults += error.pointer + " " + error.message.key + "\n";
    return faults;
}

using Values = std::map<std::string, json::Value>;

// As the panel fills a new part: the schema's defaults, and the preset's values over them.
boost::json::object filled(
    const std::vector<themes::Setting>& settings, const Omitted<Values>& preset
) {
    boost::json::object values;
    for (const auto& setting : settings) {
        if (setting.id && setting.default_) values[*setting.id] = *setting.default_;
    }
    if (preset) {
        for (const auto& [name, value] : *preset) values[name] = value;
    }
    return values;
}

json::Value section_of(const themes::SectionType& type, const themes::Preset& preset) {
    boost::json::object blocks;
    boost::json::array order;
    if (preset.blocks) {
        for (const auto& block : *preset.blocks) {
            auto id = "b" + std::to_string(order.size());
            auto known = std::ranges::find(type.blocks, block.type, &themes::BlockType::type);
            REQUIRE(known != type.blocks.end());
            blocks[id] = {
                {"type", block.type}, {"settings", filled(known->settings, block.settings)}
            };
            order.emplace_back(id);
        }
    }
    boost::json::object section{
        {"type", type.type},
        {"settings", filled(type.settings, preset.settings)},
        {"blocks", blocks},
        {"block_order", order},
    };
    return {{"sections", {{"a", section}}}, {"order", {"a"}}};
}

}  // namespace

TEST_CASE("seeds: every page that a new organization is born with could be saved as it is") {
    for (const auto* name : {"folio", "counter"}) {
        auto folder = themes::read_folder(themes_folder / name);
        auto rules = themes::rules_of(folder.files);
        int pages = 0;
        for (const auto& file : folder.demo) {
            auto document = json::parse(file.content).value();
            for (const auto& page : document.at("pages").as_array()) {
                INFO(name, " ", file.path, " ", json::to_string(page.at("slug")));
                CHECK(faults_in(page.at("sections"), rules) == "");
                ++pages;
            }
        }
        CHECK(pages >= 8);  // of content and empty, each in two languages
    }
}

TEST_CASE("seeds: a section could be saved as the panel adds it, from each of its presets") {
    for (const auto* name : {"folio", "counter"}) {
        auto folder = themes::read_folder(themes_folder / name);
        auto rules = themes::rules_of(folder.files);
        for (const auto* language : {"en", "de"}) {
            for (const auto& type : themes::section_types(folder.files, language)) {
                for (const auto& preset : type.presets) {
                    INFO(name, " ", type.type, " ", preset.name);
                    CHECK(faults_in(section_of(type, preset), rules) == "");
                }
                for (const auto& block : type.blocks) {
                    INFO(name, " ", type.type, " ", block.type);
                    themes::Preset one{block.name, {}, {}};
                    one.blocks = std::vector{themes::PresetBlock{block.type, {}}};
                    CHECK(faults_in(section_of(type, one), rules) == "");
                }
            }
        }
    }
}

TEST_CASE("seeds: what shipped templates hold, their theme takes") {
    for (const auto* name : {"folio", "counter"}) {
        auto folder = themes::read_folder(themes_folder / name);
        auto rules = themes::rules_of(folder.files);
        for (const auto& file : folder.files) {
            if (!file.path.starts_with("templates/")) continue;
            INFO(name, " ", file.path);
            CHECK(faults_in(json::parse(file.content).value(), rules) == "");
        }
    }
}

PG_TEST(Seeds, a_seed_brings_theme_and_demo_pages_that_the_theme_role_reads) {
    auto tenant = co_await t.make_tenant();
    auto folder = themes::read_folder(themes_folder / "folio");
    co_await t.sql(
        tenant, theme_sql(folder, t.clock.now()) + content_sql(folder, true, "en", t.clock.now())
    );
    auto published = co_await t.sql(tenant, "SELECT count(*) FROM site.page");
    CHECK(published[0][0]->size() >= 1);
    auto files = co_await t.sql(tenant, "SELECT count(*) FROM site.theme_file");
    CHECK(*files[0][0] == std::to_string(folder.files.size()));
    auto theme = co_await themes::current(t.pool().reads(tenant.organization, tenant.owner), "en");
    CHECK(theme.name == "folio");
}

PG_TEST(Seeds, a_newborn_gets_its_name_and_language_once) {
    auto tenant = co_await t.make_tenant();
    ThemeSeeder seeder(themes_folder, "en");
    Newborn newborn{
        tenant.organization, "Bäckerei Süß", "de", "Europe/Berlin", {"website", true}, t.clock.now()
    };
    for (int pass = 0; pass < 2; ++pass) {
        auto tx = co_await t.pool().begin(tenant.organization, tenant.owner);
        co_await seeder.assign_theme(tx, newborn);
        co_await seeder.bring_content(tx, newborn);
        co_await tx.commit();
        newborn.name = "must not be taken";
    }
    auto name =
        co_await t.sql(tenant, "SELECT value #>> '{}' FROM setting WHERE key = 'site_name'");
    CHECK(*name[0][0] == "Bäckerei Süß");
    auto languages = co_await t.sql(tenant, "SELECT string_agg(DISTINCT language, ',') FROM page");
    CHECK(*languages[0][0] == "de");
}

}  // namespace luster::seeds
