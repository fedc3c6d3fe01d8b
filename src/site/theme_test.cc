// Filters, tags and objects of themes, each in a page of its own.
#include "base/result.h"
#include "site/render.h"
#include "site/route.h"
#include "site/testing/world.h"

#include <doctest/doctest.h>

using namespace luster;
using namespace luster::site;
using namespace luster::site::testing;

namespace {

// What `source` becomes as the layout of a page at /about, in German where asked.
std::string rendered(
    const std::string& source, const std::string& language = "en", std::vector<ThemeFile> more = {}
) {
    static TemplateShelf shelf{theme_environment()};
    auto files = small_theme();
    std::erase_if(files, [](auto& file) { return file.path == "layout/theme.liquid"; });
    files.push_back({"layout/theme.liquid", source});
    for (auto& file : more) files.push_back(file);
    FakeSite site;
    site.outline.name = "Acme & Sons";
    site.outline.language = "en";
    site.outline.languages = {"en", "de", "fr"};  // fr has no home, and nothing of this page
    site.set_page("/", "home");
    site.set_page("/about", "about");
    site.set_page("/about", "über uns", "de");
    site.set_page("/autre", "autre", "fr");
    site.outline.menus = {
        {"main", "en", {{"Us", "/about", {{"Elsewhere", "https://else.test", {}}}}}},
        {"main", "de", {{"Wir", "/about", {}}}},
        {"footer", "en", {{"Home", "/", {}}, {"Us", "/about", {}}}},
    };
    Dress dress(
        std::make_shared<Theme>(files, shelf), std::make_shared<const Outline>(site.outline), "acme"
    );
    PageToRender page;
    page.scheme = "https";
    page.host = "acme.test";
    page.language = language;
    page.path = "/about";
    page.template_name = "page";
    page.title = "About";
    page.content = site.contents.at(language + " /about");
    return dress.render(page);
}

}  // namespace

TEST_CASE("theme: objects say what site, page, request and menus are") {
    CHECK(
        rendered("{{ site.name | escape }} {{ site.url }} {{ site.languages | join: ' ' }} {{ "
                 "site.slug }}") == "Acme &amp; Sons https://acme.test en de acme"
    );
    CHECK(
        rendered("{{ page.title }} {{ page.path }} {{ page.url }} {{ page.template }}", "de") ==
        "About /about /de/about page"
    );
    CHECK(
        rendered(
            "{{ request.path }} {{ request.language }} {{ request.host }} {{ request.design_mode "
            "}}",
            "de"
        ) == "/about de acme.test false"
    );
    CHECK(
        rendered("{% for l in menus.main.links %}{{ l.title }} {{ l.url }} {{ l.active }} {{ "
                 "l.links[0].url }}{% endfor %}") == "Us /about true https://else.test"
    );
    CHECK(rendered("{{ menus.main.links[0].url }}", "de") == "/de/about");
    CHECK(
        rendered("{% for l in menus.footer.links %}{{ l.url }} {% endfor %}", "de") ==
        "/ /de/about "
    );
    CHECK(
        rendered("{{ pages['/about'].title }} {{ pages['/none'].title }}{{ pages.size }}") ==
        "Title of /about 2"
    );
    CHECK(rendered("{% for p in pages %}{{ p.url }} {% endfor %}", "de") == "/de/about ");
}

TEST_CASE("theme: addresses of assets, media and languages") {
    auto url = rendered("{{ 'app.js' | asset_url }}");
    CHECK(url.size() == std::string("/assets//app.js").size() + 32);
    CHECK(
        rendered("{{ 'app.js' | asset_url | script_tag }}") ==
        "<script src=\"" + url + "\" defer></script>"
    );
    CHECK(rendered("{{ 'x.css' | stylesheet_tag }}") == "<link rel=\"stylesheet\" href=\"x.css\">");
    CHECK(
        rendered("{{ '2026/11/a b.webp' | media_url }} {{ 'https://x.test/y' | media_url }}") ==
        "/media/2026/11/a%20b.webp https://x.test/y"
    );
    CHECK(
        rendered("{{ 'a.webp' | image_tag: alt: 'A \"b\"', width: 10 }}") ==
        "<img src=\"/media/a.webp\" alt=\"A &quot;b&quot;\" loading=\"lazy\" width=\"10\" "
        "decoding=\"async\">"
    );
    CHECK(
        rendered(
            "{{ '/about?a=b' | localized_url }} {{ request.path | localized_url: 'en' }} {{ '/' | "
            "localized_url }}",
            "de"
        ) == "/de/about?a=b /about /"  // German has no home
    );
    CHECK(
        rendered(
            "{{ 'https://else.test/x' | localized_url }} {{ '#top' | localized_url }}", "de"
        ) == "https://else.test/x #top"
    );
    CHECK(rendered("{{ '\"><script>' | asset_url }}").find('<') == std::string::npos);
}

TEST_CASE("theme: words come in the page's language, with what is filled in escaped") {
    CHECK(rendered("{{ 'search.title' | t }}", "de") == "Suche");
    CHECK(rendered("{{ 'not_found.title' | t }}", "de") == "Not here");
    CHECK(rendered("{{ 'greeting' | t: name: '<b>' }}") == "Hello &lt;b&gt;");
    CHECK(rendered("{{ 'no.such<' | t }}") == "translation missing: no.such&lt;");
}

TEST_CASE("theme: tags of the host") {
    CHECK(rendered("{% section 'header' %}").contains("<header>Acme & Sons!</header>"));
    CHECK(rendered("{% style %}a { }{% endstyle %}{% javascript %}x{% endjavascript %}-") == "-");
    CHECK(
        rendered("{% form 'contact', class: 'wide', onclick: 'x' %}in{% endform %}") ==
        "<form method=\"post\" action=\"/-/forms/contact\" class=\"wide\" "
        "accept-charset=\"utf-8\">in</form>"
    );
    CHECK(rendered("{% form 'search' %}{% endform %}", "de")
              .contains("method=\"get\" action=\"/de/search\""));
    CHECK(
        rendered(
            "{% assign list = 'a,b,c,d,e' | split: ',' %}{% paginate list by 2 %}{{ paginate.items "
            "| join }} {{ paginate.pages }} {{ paginate.next.url }}{% endpaginate %}"
        ) == "a b 3 /about?page=2"
    );
}

TEST_CASE("theme: a setting that its form can't have given is left out, and the default stands") {
    ThemeFile section{
        "sections/box.liquid",
        "[{{ section.settings.layout }}|{{ section.settings.scheme }}|{{ section.settings.url }}|"
        "{{ section.settings.image }}|{{ section.settings.columns }}|{{ section.settings.quiet }}|"
        "{{ section.settings.extra }}]"
        "{% schema %}{\"settings\":[{\"type\":\"select\",\"id\":\"layout\",\"default\":\"full\","
        "\"options\":[{\"value\":\"full\"},{\"value\":\"split\"}]},"
        "{\"type\":\"color_scheme\",\"id\":\"scheme\",\"default\":\"tinted\"},"
        "{\"type\":\"url\",\"id\":\"url\",\"default\":\"/\"},"
        "{\"type\":\"image\",\"id\":\"image\",\"default\":\"a.svg\"},"
        "{\"type\":\"range\",\"id\":\"columns\",\"default\":2,\"min\":1,\"max\":4},"
        "{\"type\":\"checkbox\",\"id\":\"quiet\",\"default\":false}]}{% endschema %}"
    };
    auto with = [&](const std::string& settings) {
        ThemeFile data{
            "config/settings_data.json",
            R"({"current":{"sections":{"box":{"type":"box","settings":)" + settings + "}}}}"
        };
        auto html = rendered("{% section 'box' %}", "en", {section, data});
        return html.substr(html.find('['), html.find(']') - html.find('[') + 1);
    };
    CHECK(with("{}") == "[full|tinted|/|a.svg|2|false|]");
    CHECK(
        with(R"({"layout":"split","scheme":"dark-2","url":"mailto:a@b.example",
                 "image":"2026/11/b.svg","columns":4,"quiet":true})") ==
        "[split|dark-2|mailto:a@b.example|2026/11/b.svg|4|true|]"
    );
    CHECK(with(R"x({"layout":"x\" onmouseover=\"a","scheme":"\"><img src=x onerror=alert(1)>",
                 "url":"javascript:alert(1)","image":"../../keys","columns":99,"quiet":"<b>",
                 "extra":"<script>"
})x") == "[full|tinted|/|a.svg|2|false|]");
}

TEST_CASE("theme: sections get their settings, and the schema's defaults where they have none") {
    ThemeFile section{
        "sections/boxes.liquid",
        "{{ section.settings.title }}:{% for b in section.blocks %}{{ b.settings.label }},{% "
        "endfor %}"
        "{% schema %}{\"settings\":[{\"id\":\"title\",\"default\":\"t:names.boxes\"}],"
        "\"blocks\":[{\"type\":\"box\",\"settings\":[{\"id\":\"label\",\"default\":\"empty\"}]}]}{%"
        " endschema %}"
    };
    ThemeFile labels{"locales/en.schema.json", R"({"names":{"boxes":"Boxes"}})"};
    ThemeFile settings{
        "config/settings_data.json",
        R"({"current":{"sections":{"boxes":{"type":"boxes","blocks":{"x":{"type":"box"},"y":{"type":"box","settings":{"label":"full"}}},"block_order":["y","x","none"]}}}})"
    };
    CHECK(rendered("{% section 'boxes' %}", "en", {section, labels, settings})
              .contains("Boxes:full,empty,"));
}

TEST_CASE("theme: rich text is HTML that the server made, whoever wrote it") {
    ThemeFile section{
        "sections/words.liquid",
        "[{{ section.settings.words }}]{% schema %}{\"settings\":[{\"type\":\"richtext\",\"id\":"
        "\"words\",\"default\":\"<p>theirs</p>\"}]}{% endschema %}"
    };
    auto shown = [&](const std::string& words) {
        ThemeFile settings{
            "config/settings_data.json",
            R"({"current":{"sections":{"words":{"type":"words","settings":{)" + words + "}}}}}"
        };
        auto html = rendered("{% section 'words' %}", "en", {section, settings});
        auto begin = html.find('[') + 1;
        return html.substr(begin, html.find(']') - begin);
    };
    CHECK(shown("") == "<p>theirs</p>");  // the theme's own
    CHECK(
        shown(R"("words":{"type":"doc","content":[{"type":"paragraph","content":[
            {"type":"text","text":"<x>","marks":[{"type":"bold"}]}]}]})") ==
        "<p><strong>&lt;x&gt;</strong></p>"
    );
    CHECK(shown(R"("words":"<script>x</script>")") == "<p>&lt;script&gt;x&lt;/script&gt;</p>");
    CHECK(shown(R"("words":{"type":"script"})") == "");
}

TEST_CASE("theme: a layout that is missing or broken is a fault, never half a page") {
    static TemplateShelf shelf{theme_environment()};
    auto outline = std::make_shared<const Outline>();
    Dress bare(std::make_shared<Theme>(std::vector<ThemeFile>{}, shelf), outline, "acme");
    CHECK_THROWS_AS(bare.render({}), Fault);
    CHECK_THROWS_AS(rendered("{% if %}"), Fault);
    CHECK_THROWS_AS(rendered("{% for i in (1..99999999) %}x{% endfor %}"), Fault);
}
