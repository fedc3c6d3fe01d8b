// The shipped themes with their demo content, as the runtime renders them.
#include "base/result.h"
#include "site/render.h"
#include "site/route.h"
#include "site/testing/world.h"

#include <boost/json/parse.hpp>
#include <doctest/doctest.h>

#include <set>

using namespace luster;
using namespace luster::site;
using namespace luster::site::testing;

namespace {

namespace json = boost::json;

struct Shown {
    Shown(const std::string& theme, const std::string& kind) {
        site.outline.language = "en";
        fill_with_demo(site, theme, kind);
        auto files = site.themes.begin()->second;
        dress = std::make_unique<Dress>(
            std::make_shared<Theme>(std::move(files), shelf),
            std::make_shared<const Outline>(site.outline),
            "demo"
        );
    }

    PageToRender frame(const std::string& language) const {
        PageToRender page;
        page.scheme = "https";
        page.host = "demo.test";
        page.language = language;
        page.now = Time{1'790'000'000'000'000};
        return page;
    }
    std::string page(const PageLine& line) {
        auto page = frame(line.language);
        page.path = line.path;
        page.title = line.title;
        page.template_name = line.template_name;
        page.published_at = line.published_at;
        page.content = site.contents.at(line.language + " " + line.path);
        return dress->render(page);
    }
    std::string other(
        const std::string& template_name, const std::string& language, SearchAsked search = {}
    ) {
        auto page = frame(language);
        page.path = "/" + template_name;
        page.template_name = template_name;
        page.title = dress->theme().text(
            language, template_name == "404" ? "not_found.title" : "search.title"
        );
        page.search = std::move(search);
        return dress->render(page);
    }

    Theme& theme() { return dress->theme(); }

    FakeSite site;
    TemplateShelf shelf{theme_environment()};
    std::unique_ptr<Dress> dress;
};

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
    return found;
}

// The values of an attribute, ` id="`, in the order in which they stand there.
std::vector<std::string> values_of(const std::string& html, const std::string& opening) {
    std::vector<std::string> values;
    for (auto at = html.find(opening); at != html.npos; at = html.find(opening, at)) {
        at += opening.size();
        values.push_back(html.substr(at, html.find('"', at) - at));
    }
    return values;
}

bool has_inline_handler(const std::string& html) {
    for (auto at = html.find(" on"); at != html.npos; at = html.find(" on", at + 1)) {
        auto end = html.find_first_not_of("abcdefghijklmnopqrstuvwxyz", at + 1);
        if (end != html.npos && html[end] == '=') return true;
    }
    return false;
}

void check_whole(const std::string& html) {
    CHECK(html.starts_with("<!doctype html>"));
    CHECK(html.contains("</html>"));
    CHECK(count(html, "<h1") == 1);
    CHECK(count(html, "<title>") == 1);
    for (auto wrong :
         {"Liquid error",
          "Liquid syntax error",
          "No such template",
          "translation missing",
          " style=\"",
          "<style",
          "<script>",
          "javascript:",
          "/assets/-/"}) {
        CAPTURE(wrong);
        CHECK(!html.contains(wrong));
    }
    CHECK(!has_inline_handler(html));
    std::set<std::string> ids;
    for (auto& id : values_of(html, " id=\"")) {
        CAPTURE(id);
        CHECK(ids.insert(id).second);
    }
}

void check_address(const Shown& shown, std::string url) {
    url = url.substr(0, url.find_first_of("?#"));
    if (!url.starts_with('/') || url.starts_with("/media/") || url.starts_with("/-/")) return;
    CAPTURE(url);
    auto route = route_of(*shown.dress, url, "");
    CHECK(route.kind != Route::Kind::not_found);
    CHECK(route.kind != Route::Kind::redirect);
    if (route.kind != Route::Kind::asset) return;
    auto* asset = shown.dress->asset(route.asset_name);
    CHECK((asset && asset->hash == route.asset_hash));
}

void check_addresses(const Shown& shown, const std::string& html) {
    for (auto attribute : {" href=\"", " src=\"", " action=\""}) {
        for (auto& url : values_of(html, attribute)) check_address(shown, url);
    }
}

const std::string shipped[] = {"folio", "counter"};

// A section of a type with nothing in it: every word and picture is taken away, choices stay.
json::object emptied(const themes::SettingRules& settings) {
    json::object values;
    for (auto& [id, setting] : settings.known) {
        if (setting.takes("")) values[id] = "";
    }
    return values;
}
json::object emptied(const std::string& type, const themes::SectionRules& rules, bool with_blocks) {
    json::object blocks;
    json::array order;
    for (auto& [block, known] : rules.blocks) {
        if (!with_blocks) break;
        blocks[block] = json::object{{"type", block}, {"settings", emptied(known.settings)}};
        order.push_back(json::string(block));
    }
    auto settings = emptied(rules.settings);
    for (auto& [id, setting] : rules.settings.known) {  // what the editor leaves in a rich text
        if (setting.is_rich())
            settings[id] = json::parse(R"({"type":"doc","content":[{"type":"paragraph"}]})");
    }
    return {{"type", type}, {"settings", settings}, {"blocks", blocks}, {"block_order", order}};
}

std::vector<std::string> section_types(const std::string& theme) {
    std::vector<std::string> types;
    for (auto& file : shipped_theme(theme)) {
        if (!file.path.starts_with("sections/")) continue;
        types.push_back(file.path.substr(9, file.path.find('.') - 9));
    }
    return types;
}

}  // namespace

TEST_CASE("site: every demo page of the shipped themes renders whole") {
    for (auto& theme : shipped) {
        for (auto kind : {"content", "empty"}) {
            Shown shown(theme, kind);
            for (auto& line : shown.site.outline.pages) {
                CAPTURE(theme);
                CAPTURE(kind);
                CAPTURE(line.language);
                CAPTURE(line.path);
                auto html = shown.page(line);
                check_whole(html);
                check_addresses(shown, html);
                CHECK(html.contains("<html lang=\"" + line.language + "\""));
                auto& sections = shown.site.contents.at(line.language + " " + line.path).sections;
                for (auto& id : sections.at("order").as_array()) {
                    CHECK(html.contains("id=\"section-" + std::string(id.as_string()) + "\""));
                }
            }
        }
    }
}

TEST_CASE("site: search and 404 of the shipped themes render whole") {
    for (auto& theme : shipped) {
        Shown shown(theme, "content");
        for (std::string language : {"en", "de"}) {
            CAPTURE(theme);
            CAPTURE(language);
            for (auto& html : {shown.other("404", language), shown.other("search", language)}) {
                check_whole(html);
                check_addresses(shown, html);
                CHECK(html.contains("<meta name=\"robots\" content=\"noindex\">"));
            }
            SearchAsked asked{
                "<b>garden</b>", true, {{"A <garden>", "/", "A <mark>garden</mark> &amp; more"}}
            };
            auto html = shown.other("search", language, asked);
            check_whole(html);
            CHECK(!html.contains("<b>garden</b>"));
            CHECK(html.contains("&lt;b&gt;garden"));
            CHECK(html.contains("<p>A <mark>garden</mark> &amp; more</p>"));
        }
    }
}

TEST_CASE("site: a section with nothing to show has no place on the page, but a strip in a preview"
) {
    // What they show comes from elsewhere: the site's name, the page's title, the menus, the
    // search.
    const std::set<std::string> always{
        "header", "footer", "hero", "page-header", "search-results", "not-found"
    };
    // A picture that was not chosen yet is drawn.
    const std::set<std::string> with_drawings{"gallery", "projects", "collections"};
    for (auto& theme : shipped) {
        Shown shown(theme, "empty");
        for (auto& type : section_types(theme)) {
            for (bool with_blocks : {false, true}) {
                CAPTURE(theme);
                CAPTURE(type);
                CAPTURE(with_blocks);
                auto page = shown.frame("en");
                page.path = "/nowhere";
                page.content.sections = {
                    {"sections", {{"one", emptied(type, shown.theme().rules_of(type), with_blocks)}}
                    },
                    {"order", {"one"}},
                };
                auto html = shown.dress->render(page);
                check_whole(html);
                page.design_mode = true;
                auto preview = shown.dress->render(page);
                CHECK(preview.contains("data-section-id=\"one\""));
                bool shows = always.contains(type) || (with_blocks && with_drawings.contains(type));
                CHECK(html.contains("data-section-id=\"one\"") == shows);
                CHECK(preview.contains("data-section-empty=\"") == !shows);
                CHECK(!preview.contains("data-section-empty=\"\""));
                CHECK(!html.contains("\"></h2>"));
                CHECK(!html.contains("\"></h3>"));
                CHECK(!html.contains("\"></a>"));
            }
        }
    }
}
