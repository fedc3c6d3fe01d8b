#include "site/excerpt.h"

#include "base/json.h"
#include "cms/pages/pages.h"
#include "site/stored_content.h"
#include "testing/tenant.h"

#include <doctest/doctest.h>

namespace luster::site {
namespace {

// As PostgreSQL marks it: [word].
std::string excerpt(std::string text) {
    for (auto& c : text) c = c == '[' ? mark_begin : c == ']' ? mark_end : c;
    return excerpt_of(text);
}

std::string words(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "blank ";
    return text;
}

}  // namespace

TEST_CASE("excerpt: it begins with the sentence of the found word") {
    CHECK(excerpt("A first one. We [plan] it.") == "We <mark>plan</mark> it.");
    CHECK(excerpt("A heading\nWe [plan] it. Then rest.") == "We <mark>plan</mark> it. Then rest.");
    CHECK(excerpt("“Who [plans]?” We.") == "“Who <mark>plans</mark>?” We.");
    CHECK(excerpt("“Who, they?” We [plan].") == "We <mark>plan</mark>.");
    CHECK(excerpt("[Plan].") == "<mark>Plan</mark>.");
    CHECK(excerpt("Nothing found here.") == "Nothing found here.");
    CHECK(excerpt("") == "");
}

TEST_CASE("excerpt: a long sentence is cut between words, and an ellipsis says so") {
    auto html = excerpt(words(40) + "[plan] " + words(60));
    CHECK(html.starts_with("… blank blank "));
    CHECK(html.contains(" <mark>plan</mark> "));
    CHECK(html.ends_with("blank …"));
    CHECK(html.size() < 300);
    CHECK(excerpt("[plan] " + words(60)).starts_with("<mark>plan</mark> blank"));
    CHECK(excerpt(words(20) + "end. " + words(60) + "[plan]").ends_with("<mark>plan</mark>"));
}

TEST_CASE("excerpt: it ends with a sentence where one fits") {
    auto html = excerpt("We [plan]. " + words(25) + "Done. " + words(60));
    CHECK(html.ends_with("blank Done."));
}

TEST_CASE("excerpt: of many found words it shows where most stand together") {
    auto html = excerpt("One [a]. " + words(80) + "end. Two [a] and [b] here.");
    CHECK(html == "Two <mark>a</mark> and <mark>b</mark> here.");
}

TEST_CASE("excerpt: headings are parted from what follows") {
    CHECK(
        excerpt("Our [plan]\nWe walk first.\nThen draw") ==
        "Our <mark>plan</mark> · We walk first. Then draw"
    );
}

TEST_CASE("excerpt: what people typed is escaped, characters stay whole") {
    CHECK(excerpt("<b>[x]</b> & \"y\"") == "&lt;b&gt;<mark>x</mark>&lt;/b&gt; &amp; &quot;y&quot;");
    std::string run = "[x]";
    for (int i = 0; i < 200; ++i) run += "ü";
    auto html = excerpt(run);
    CHECK(html.starts_with("<mark>x</mark>üü"));
    CHECK(html.ends_with("ü …"));
    CHECK(excerpt("[open") == "<mark>open</mark>");
}

TENANT_TEST(Search, shows_a_sentence_with_the_found_words_of_what_is_published) {
    auto sections = json::parse(R"({"sections": {
        "b": {"type": "t", "settings": {"text": "It rains. We walk <there> in boots."}},
        "a": {"type": "t", "settings": {"text": "Our way"}},
        "hidden": {"type": "t", "disabled": true, "settings": {"text": "Secret boots of ours."}}
    }, "order": ["hidden", "a", "b"]})");
    auto tx = co_await t.tenants->begin(t.as<Right::edit_content>(t.edda_editor));
    auto id = new_id<PageTag>(t.time.now(), t.random);
    pages::Author edda{UserId{}, "Edda"};
    themes::Rulebook rulebook;
    auto page = co_await pages::create(
        tx, rulebook, id, {"Walking boots", "", "en", *sections}, edda, t.time.now()
    );
    REQUIRE(page.has_value());
    auto published = co_await pages::publish(
        tx, id, "en", {api::etag_of(page->revision)}, std::nullopt, edda, t.time.now()
    );
    REQUIRE(published.has_value());
    co_await tx.commit();
    StoredContent content(*t.tenants, t.tenant.organization);
    auto excerpts = [&](std::string terms) -> Task<std::string> {
        auto found = co_await content.search("en", std::move(terms), 5);
        co_return found.size() == 1 ? found[0].excerpt : std::to_string(found.size());
    };
    CHECK(co_await excerpts("boots") == "We walk &lt;there&gt; in <mark>boots</mark>.");
    // The title stands above the excerpt already.
    CHECK((co_await excerpts("walking")).starts_with("Our way · It rains. We walk"));
    CHECK(co_await excerpts("secret") == "0");
}

}  // namespace luster::site
