#include "cms/themes/themes.h"

#include <doctest/doctest.h>

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

}  // namespace luster::themes
