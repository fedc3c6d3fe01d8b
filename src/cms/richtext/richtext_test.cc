#include "cms/richtext/richtext.h"

#include <doctest/doctest.h>

using namespace luster;

namespace {

std::string document(std::string_view content) {
    return R"({"type":"doc","content":[)" + std::string(content) + "]}";
}

std::string html(std::string_view content) {
    return richtext::html_of(json::parse(document(content)).value());
}

// "/content/0/type pages_richtext_type", the first of what is wrong.
std::string fault(std::string_view content) {
    json::Reader reader;
    richtext::check(reader, json::parse(document(content)).value());
    if (reader.errors.empty()) return "";
    return reader.errors[0].pointer + " " + reader.errors[0].message.key;
}

std::string linked(std::string_view href) {
    return R"({"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"link","attrs":{"href":")" +
           std::string(href) + R"("}}]}]})";
}

constexpr auto everything = R"(
    {"type":"heading","attrs":{"level":3},"content":[{"type":"text","text":"A & B"}]},
    {"type":"paragraph","content":[
        {"type":"text","text":"one "},
        {"type":"text","text":"two","marks":[{"type":"bold"},{"type":"italic"}]},
        {"type":"hardBreak"},
        {"type":"text","text":"x < y","marks":[{"type":"code"}]}]},
    {"type":"bulletList","content":[{"type":"listItem","content":[
        {"type":"paragraph","content":[{"type":"text","text":"item"}]}]}]},
    {"type":"orderedList","attrs":{"start":1},"content":[]},
    {"type":"blockquote","content":[{"type":"paragraph"}]},
    {"type":"codeBlock","content":[{"type":"text","text":"<b>"}]},
    {"type":"horizontalRule"})";

}  // namespace

TEST_CASE("richtext: every block and mark has its HTML, and words are escaped") {
    CHECK(fault(everything) == "");
    CHECK(
        html(everything) ==
        "<h3>A &amp; B</h3><p>one <strong><em>two</em></strong><br><code>x &lt; y</code></p>"
        "<ul><li><p>item</p></li></ul><ol></ol><blockquote><p></p></blockquote>"
        "<pre><code>&lt;b&gt;</code></pre><hr>"
    );
    CHECK(
        richtext::plain_text(json::parse(document(everything)).value()) ==
        "A & B one two x < y item <b>"
    );
    CHECK(html(R"({"type":"orderedList","attrs":{"start":5}})") == "<ol start=\"5\"></ol>");
    CHECK(
        html(linked("https://a.example/?x=1&y")) ==
        "<p><a href=\"https://a.example/?x=1&amp;y\">x</a></p>"
    );
}

TEST_CASE("richtext: what an editor leaves where all was deleted is blank") {
    auto blank = [](std::string blocks) {
        return richtext::is_blank(json::parse(document(blocks)).value());
    };
    CHECK(blank(""));
    CHECK(blank(R"({"type":"paragraph"})"));
    CHECK(
        blank(R"({"type":"paragraph","content":[{"type":"text","text":" "},{"type":"hardBreak"}]})")
    );
    CHECK(blank(
        R"({"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph"}]}]})"
    ));
    CHECK(!blank(R"({"type":"paragraph","content":[{"type":"text","text":"x"}]})"));
    CHECK(!blank(R"({"type":"horizontalRule"})"));
    CHECK(richtext::is_blank(nullptr));
}

TEST_CASE("richtext: links lead to http, https, mailto, tel and the site itself, nowhere else") {
    for (auto good :
         {"https://a.example",
          "HTTP://a.example",
          "mailto:a@b.example",
          "tel:+4930123",
          "/about",
          "#top"}) {
        INFO(good);
        CHECK(fault(linked(good)) == "");
    }
    for (auto bad :
         {"javascript:alert(1)",
          "JavaScript:alert(1)",
          "java\\tscript:alert(1)",
          "\\u0001javascript:alert(1)",
          " https://a.example",
          "data:text/html,x",
          "vbscript:x",
          "//elsewhere.example",
          "/\\\\elsewhere.example",
          "https:",
          "about",
          ""}) {
        INFO(bad);
        CHECK(fault(linked(bad)) == "/content/0/content/0/marks/0/attrs/href pages_richtext_href");
        CHECK(html(linked(bad)) == "<p>x</p>");
    }
}

TEST_CASE("richtext: what is not known is refused where it stands, and never printed") {
    CHECK(
        fault(R"({"type":"image","attrs":{"src":"x"}})") == "/content/0/type pages_richtext_type"
    );
    CHECK(html(R"({"type":"script","content":[{"type":"text","text":"x"}]})") == "");
    CHECK(fault(R"({"type":"text","text":"x"})") == "/content/0/type pages_richtext_type");
    CHECK(
        fault(R"({"type":"paragraph","content":[{"type":"paragraph"}]})") ==
        "/content/0/content/0/type pages_richtext_type"
    );
    CHECK(fault(R"({"type":"paragraph","onclick":"x"})") == "/content/0/onclick field_unknown");
    CHECK(
        fault(R"({"type":"heading","attrs":{"level":1}})") ==
        "/content/0/attrs pages_richtext_level"
    );
    CHECK(
        fault(
            R"({"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"style"}]}]})"
        ) == "/content/0/content/0/marks/0/type pages_richtext_type"
    );
    CHECK(fault("7") == "/content/0 field_object");
    CHECK(
        fault(R"({"type":"paragraph","content":[{"type":"text","text":"a\u0000b"}]})") ==
        "/content/0/content/0/text field_control"
    );
    CHECK(
        fault(R"({"type":"paragraph","attrs":{"x":"\u0000"}})") ==
        "/content/0/attrs/x field_control"
    );
    CHECK(fault(R"({"type":"paragraph","attrs":{"x":[1]}})") == "/content/0/attrs/x field_unknown");
    CHECK(fault(R"({"type":"orderedList","attrs":{"start":5,"type":null}})") == "");
    std::string deep;
    for (int i = 0; i < 13; ++i) deep += R"({"type":"blockquote","content":[)";
    for (int i = 0; i < 13; ++i) deep += "]}";
    CHECK(fault(deep).ends_with(" pages_richtext_depth"));
}

TEST_CASE("richtext: words where a document belongs are words") {
    CHECK(
        richtext::html_of_plain("<script>alert(1)</script>\n\nTwo") ==
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p><p>Two</p>"
    );
}
