// The shipped themes with their demo content, as the runtime renders them. The golden files are
// written anew by LUSTER_GOLDEN=write, and then looked at.
#include "base/result.h"
#include "site/render.h"
#include "site/route.h"
#include "site/testing/world.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

using namespace luster;
using namespace luster::site;
using namespace luster::site::testing;

namespace {

const std::filesystem::path source_folder(LUSTER_SOURCE_DIR);

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

std::string without_hashes(std::string html) {
    constexpr std::string_view folder = "/assets/";
    for (auto at = html.find(folder); at != html.npos; at = html.find(folder, at + 1)) {
        auto hash = at + folder.size();
        html.replace(hash, html.find('/', hash) - hash, "HASH");
    }
    return html;
}

void check_golden(const std::string& name, const std::string& html) {
    auto path = source_folder / "src/site/golden" / (name + ".html");
    auto text = without_hashes(html);
    const char* mode = std::getenv("LUSTER_GOLDEN");
    if (mode && std::string_view(mode) == "write") std::ofstream(path, std::ios::binary) << text;
    std::ifstream in(path, std::ios::binary);
    std::string golden{std::istreambuf_iterator<char>(in), {}};
    CAPTURE(name);
    CHECK(golden == text);
}

const std::string themes[] = {"folio", "counter"};

}  // namespace

TEST_CASE("site: every demo page of the shipped themes renders whole") {
    for (auto& theme : themes) {
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
    for (auto& theme : themes) {
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
                "<b>garden</b>", true, {{"A <garden>", "/", "An \"excerpt\" & more"}}
            };
            auto html = shown.other("search", language, asked);
            check_whole(html);
            CHECK(!html.contains("<b>garden</b>"));
            CHECK(html.contains("&lt;b&gt;garden"));
        }
    }
}

TEST_CASE("site: the shipped themes look as they did") {
    for (auto& theme : themes) {
        Shown shown(theme, "content");
        for (auto& line : shown.site.outline.pages) {
            if (line.path == "/") check_golden(theme + "_home_" + line.language, shown.page(line));
        }
        check_golden(theme + "_404_en", shown.other("404", "en"));
        check_golden(
            theme + "_search_de",
            shown.other("search", "de", {"Garten", true, {{"Garten", "/", "Ein Satz"}}})
        );
    }
}
