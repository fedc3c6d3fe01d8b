#include "cms/themes/themes.h"

#include "cms/themes/seed.h"
#include "testing/postgres.h"

#include <algorithm>

namespace luster::themes {
namespace {

const std::filesystem::path themes_folder = std::filesystem::path(LUSTER_SOURCE_DIR) / "themes";

std::vector<File> files_with(std::string schema) {
    return {
        {"locales/de.schema.json", R"({"names": {"hero": "Auftakt"}})"},
        {"locales/en.schema.json", R"({"names": {"hero": "Hero", "add": "Hero with picture"}})"},
        {"sections/hero.liquid", "<h1></h1>{%- schema -%}" + schema + "{%- endschema -%}"},
    };
}

}  // namespace

TEST_CASE(
    "themes: a section's form comes from its schema, in the reader's language, else in English"
) {
    auto types = section_types(
        files_with(R"({
        "name": "t:names.hero",
        "settings": [{"type": "text", "id": "heading", "label": "Heading", "default": "Hello"}, {"type": "unheard_of", "id": "x"}],
        "presets": [{"name": "t:names.add"}]})"),
        "de"
    );
    REQUIRE(types.size() == 1);
    CHECK(types[0].type == "hero");
    CHECK(types[0].name == "Auftakt");
    CHECK(types[0].presets.at(0).name == "Hero with picture");
    REQUIRE(types[0].settings.size() == 1);
    CHECK(
        json::to_string(types[0].settings[0]) ==
        R"({"type":"text","id":"heading","label":"Heading","default":"Hello"})"
    );
}

TEST_CASE("themes: a section without presets, or with a broken schema, is not offered") {
    CHECK(section_types(files_with(R"({"name": "Static"})"), "en").empty());
    CHECK(section_types(files_with("{"), "en").empty());
    CHECK(schema_of("no schema here").is_null());
}

TEST_CASE("themes: the themes that ship are whole") {
    for (const auto* name : {"folio", "counter"}) {
        auto folder = read_folder(themes_folder / name);
        INFO(name);
        CHECK(std::ranges::any_of(folder.files, [](const File& file) {
            return file.path == "layout/theme.liquid";
        }));
        CHECK(section_types(folder.files, "en").size() >= 4);
        CHECK(folder.digest.size() == 64);
    }
}

PG_TEST(Themes, a_seed_brings_theme_and_demo_pages_that_the_theme_role_reads) {
    auto tenant = co_await t.make_tenant();
    auto folder = read_folder(themes_folder / "folio");
    co_await t.sql(
        tenant, theme_sql(folder, t.clock.now()) + content_sql(folder, true, "en", t.clock.now())
    );
    auto published = co_await t.sql(tenant, "SELECT count(*) FROM site.page");
    CHECK(published[0][0]->size() >= 1);
    auto files = co_await t.sql(tenant, "SELECT count(*) FROM site.theme_file");
    CHECK(*files[0][0] == std::to_string(folder.files.size()));
    auto theme = co_await current(t.pool().reads(tenant.organization, tenant.owner), "en");
    CHECK(theme.name == "folio");
}

PG_TEST(Themes, a_newborn_gets_its_name_and_language_once) {
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

}  // namespace luster::themes
