#include "cms/themes/themes.h"

#include "testing/tenant.h"

#include <fmt/format.h>

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

TEST_CASE("themes: the sentences are whole in both languages") {
    CHECK(messages::flaws(sentences()).empty());
}

TEST_CASE("themes: a section's rules come from its schema, with or without presets") {
    auto rules = rules_of(files_with(R"({
        "settings": [{"type": "range", "id": "width", "min": 10, "max": 20, "default": 12}, {"type": "header"},
            {"type": "text", "id": "heading"}, {"type": "video", "id": "film"}],
        "blocks": [{"type": "line", "limit": 4}], "max_blocks": 6})"));
    REQUIRE(rules.contains("hero"));
    const auto& hero = rules.at("hero");
    CHECK(hero.settings.known.size() == 3);
    CHECK(hero.settings.known.at("width").takes(10));
    CHECK(!hero.settings.known.at("width").takes(9.5));
    CHECK(!hero.settings.known.at("width").takes("12"));
    CHECK(hero.settings.known.at("heading").takes("12"));
    CHECK(!hero.settings.known.at("heading").takes(12));
    CHECK(hero.settings.known.at("film").takes(12));  // of a type that nobody knows here
    CHECK(hero.settings.defaults.at("width") == 12);
    CHECK(hero.blocks.at("line").limit == 4);
    CHECK(hero.blocks_max == 6);
    CHECK(rules_of(files_with("{")).at("hero").settings.known.empty());
}

TEST_CASE("themes: a long list of choices is named in part") {
    boost::json::array options;
    for (int i = 0; i < 30; ++i) options.emplace_back(fmt::format("o{}", i));
    SettingRule rule({{"type", "select"}, {"options", options}});
    CHECK(rule.takes("o29"));
    CHECK(rule.allowed().arguments.at(0).second.ends_with("o18, o19, …"));
}

namespace {

// Themes as rows, with one section of this schema; ids are 01, 02 and so on.
Task<void> add_versions(testing::TenantCase& t, int first, int last, std::string schema) {
    co_await t.sql(
        t.tenant,
        fmt::format(
            "INSERT INTO theme_version (id, name, made_at)"
            " SELECT lpad(n::text, 32, '0')::uuid, 'small', $$2026-11-24$$ FROM "
            "generate_series({0}, {1}) n;"
            "INSERT INTO theme_file (version, path, content)"
            " SELECT lpad(n::text, 32, '0')::uuid, 'sections/box.liquid', convert_to({2}, 'UTF8')"
            "   FROM generate_series({0}, {1}) n",
            first,
            last,
            pg::literal("{% schema %}" + schema + "{% endschema %}")
        )
    );
}

Task<RulesPointer> rules_of_version(testing::TenantCase& t, Rulebook& rulebook, int version) {
    auto tx = co_await t.tenants->begin(t.as<Right::edit_content>(t.edda_editor));
    auto id = Uuid::parse(fmt::format("00000000-0000-0000-0000-{:012}", version)).value();
    co_return co_await rulebook.of(tx, ThemeVersionId{id});
}

}  // namespace

TENANT_TEST(Themes, a_versions_rules_are_read_once_and_shared_by_all_who_have_the_same) {
    Rulebook rulebook;
    co_await add_versions(t, 1, 2, "{}");
    co_await add_versions(t, 3, 3, R"({"max_blocks": 1})");
    auto first = co_await rules_of_version(t, rulebook, 1);
    auto other = co_await rules_of_version(t, rulebook, 3);
    CHECK(co_await rules_of_version(t, rulebook, 2) == first);
    CHECK(other->at("box").blocks_max == 1);
    co_await t.sql(t.tenant, "DELETE FROM theme_file");  // nobody asks for them again
    CHECK(co_await rules_of_version(t, rulebook, 1) == first);
    CHECK(co_await rules_of_version(t, rulebook, 3) == other);
}

TENANT_TEST(Themes, of_more_versions_than_fit_those_that_nobody_used_go) {
    Rulebook rulebook;
    co_await add_versions(t, 1, 501, "{}");
    for (int version = 1; version <= 500; ++version)
        co_await rules_of_version(t, rulebook, version);
    co_await rules_of_version(t, rulebook, 1);  // used again, so 2 is the oldest
    co_await rules_of_version(t, rulebook, 501);
    co_await t.sql(t.tenant, "DELETE FROM theme_file");
    CHECK((co_await rules_of_version(t, rulebook, 1))->contains("box"));
    CHECK((co_await rules_of_version(t, rulebook, 501))->contains("box"));
    CHECK(!(co_await rules_of_version(t, rulebook, 2))->contains("box"));
}

TENANT_TEST(Themes, an_organization_without_a_theme_has_no_rules) {
    Rulebook rulebook;
    auto tx = co_await t.tenants->begin(t.as<Right::edit_content>(t.edda_editor));
    CHECK(co_await rulebook.current(tx) == nullptr);
}

}  // namespace luster::themes
