#include "cms/pages/pages.h"

#include "base/crypto.h"
#include "cms/seeds/seeds.h"
#include "testing/tenant.h"

#include <fmt/format.h>

namespace luster::pages {
namespace {

using testing::TenantCase;

const Author edda{UserId{}, "Edda"};

json::Value sections(std::string_view heading) {
    return {
        {"sections", {{"hero", {{"type", "hero"}, {"settings", {{"heading", heading}}}}}}},
        {"order", {"hero"}},
    };
}

json::Value document_of(const json::Value& section) {
    return {{"sections", {{"a", section}}}, {"order", {"a"}}};
}

json::Value parsed(std::string_view text) {
    std::string why;
    auto value = json::parse(text, &why);
    REQUIRE_MESSAGE(value, why);
    return *value;
}

// One organization's pages, as its editor changes them.
class Editor {
public:
    explicit Editor(TenantCase& t) : t_(t) {}

    Task<Page> page(std::string title, std::string slug = "") {
        auto made = co_await change([&](TenantTx& tx) {
            return create(
                tx,
                rulebook,
                new_id<PageTag>(now(), t_.random),
                {title, slug, "en", sections(title)},
                edda,
                now()
            );
        });
        REQUIRE(made.has_value());
        co_return *made;
    }
    // A page of one section, which is called `a`.
    Task<Result<Page>> page_of(json::Value section) {
        co_return co_await change([&](TenantTx& tx) {
            NewPage wanted{"Page", "", "en", document_of(section)};
            return create(tx, rulebook, new_id<PageTag>(now(), t_.random), wanted, edda, now());
        });
    }
    Task<Result<Page>> write(Page page, json::Value section) {
        Edit wanted;
        wanted.sections = document_of(section);
        co_return co_await edit(page, wanted);
    }
    // The site's theme from here on: of one section, `box`.
    Task<void> theme(std::string schema) {
        auto source = "{% schema %}" + schema + "{% endschema %}";
        themes::Folder folder{"small", {{"sections/box.liquid", source}}, {}, {}, source};
        co_await sql(seeds::theme_sql(folder, now()));
    }
    Task<Result<Page>> edit(Page page, Edit wanted) {
        co_return co_await change([&](TenantTx& tx) {
            return pages::edit(
                tx, rulebook, page.id, "en", {api::etag_of(page.revision)}, wanted, edda, now()
            );
        });
    }
    Task<Result<Page>> publish(Page page, std::optional<Time> at = {}) {
        co_return co_await change([&](TenantTx& tx) {
            return pages::publish(
                tx, page.id, "en", {api::etag_of(page.revision)}, at, edda, now()
            );
        });
    }
    // When it was done.
    Task<Time> bin(Page page) {
        auto at = now();
        auto binned = co_await change([&](TenantTx& tx) { return pages::bin(tx, page.id, at); });
        REQUIRE(binned.has_value());
        co_return at;
    }
    // A second language of it, with a revision of its own.
    Task<void> translate(Page page) {
        co_await sql(
            "INSERT INTO page (id, language, template, slug, title, sections, created_at,"
            " updated_at) SELECT id, 'de', template, slug, title, sections, created_at, updated_at"
            " FROM page WHERE title = '" +
            page.title + "'"
        );
        co_await sql(
            "INSERT INTO page_revision (page, language, revision, slug, title, sections, seo,"
            " made_at) SELECT id, language, revision, slug, title, sections, seo, created_at"
            " FROM page WHERE language = 'de'"
        );
    }
    // Commits what was granted, and nothing else.
    template <class Act>
    auto change(Act act) -> decltype(act(std::declval<TenantTx&>())) {
        auto tx = co_await t_.tenants->begin(t_.as<Right::edit_content>(t_.edda_editor));
        auto result = co_await act(tx);
        if (result) co_await tx.commit();
        co_return result;
    }
    pg::TenantReads reads() { return t_.pool().reads(t_.tenant.organization, t_.tenant.owner); }
    Task<std::string> sql(std::string text) {
        auto rows = co_await t_.sql(t_.tenant, std::move(text));
        co_return rows.empty() ? "" : rows[0][0].value_or("NULL");
    }
    // Of all rows, wherever they are.
    Task<std::string> titles() {
        return sql("SELECT COALESCE(string_agg(title, ', ' ORDER BY title), '') FROM page");
    }
    static Filter in_the_bin() {
        Filter filter;
        filter.state = State::binned;
        return filter;
    }
    // A moment later: what changes has a time of its own.
    Time now() {
        t_.time.move_by(std::chrono::milliseconds(1));
        return t_.time.now();
    }

    themes::Rulebook rulebook;

private:
    TenantCase& t_;
};

// Where the server's own listeners hear what is due while time passes.
struct BinCase : TenantCase {
    BinCase() {
        auto hear = [this](outbox::Delivery delivery, std::string payload) -> Task<void> {
            for (auto& listener : pages::listeners(TenantScopes(*tenants), time))
                if (listener.kind == ErasureDue::kind) co_await listener.hear(delivery, payload);
        };
        listeners.push_back({std::string(ErasureDue::kind), "erasures", hear});
    }
    Task<void> pass(Duration duration) {
        time.move_by(duration);
        co_await outbox->drain_due();
    }
};
#define BIN_TEST(name) LUSTER_CORO_TEST(BinCase, Pages, name)

std::string pointer_of(const Result<Page>& refused) {
    return refused ? ""
                   : refused.error().fields.at(0).pointer + " " +
                         refused.error().fields.at(0).message.key;
}

// What a person reads of a refusal: each field below the section `a`, and its sentence.
std::vector<std::string> told(const Result<Page>& refused, Language language = Language::en) {
    static const messages::Catalogue catalogue(
        std::array{messages::base(), pages::sentences(), themes::sentences()}
    );
    std::vector<std::string> lines;
    if (refused) return {"nothing"};
    for (const auto& field : refused.error().fields) {
        std::string_view pointer = field.pointer;
        REQUIRE(pointer.starts_with("/sections/sections/a/"));
        pointer.remove_prefix(std::string_view("/sections/sections/a/").size());
        lines.push_back(fmt::format("{}: {}", pointer, catalogue.sentence(language, field.message))
        );
    }
    return lines;
}
using Lines = std::vector<std::string>;

// The page as it was saved; what was against it otherwise.
Page saved(const Result<Page>& answer) {
    REQUIRE(told(answer) == Lines{"nothing"});
    return *answer;
}

constexpr auto every_setting = R"json({
    "settings": [
        {"type": "text", "id": "heading"},
        {"type": "richtext", "id": "words"},
        {"type": "select", "id": "align", "options": [{"value": "left"}, {"value": "center"}, {"value": "right"}]},
        {"type": "color_scheme", "id": "scheme"},
        {"type": "checkbox", "id": "quiet"},
        {"type": "range", "id": "width", "min": 0, "max": 100},
        {"type": "range", "id": "rows", "min": 1},
        {"type": "url", "id": "link"},
        {"type": "image", "id": "image"}],
    "blocks": [{"type": "button", "limit": 2, "settings": [{"type": "page", "id": "to"}]}, {"type": "line"}],
    "max_blocks": 3})json";

// A box with so many buttons and lines.
json::Value box_with(int buttons, int lines) {
    boost::json::object blocks;
    boost::json::array order;
    for (int i = 0; i < buttons + lines; ++i) {
        auto id = fmt::format("b{}", i);
        order.emplace_back(id);
        blocks[id] = {
            {"type", i < buttons ? "button" : "line"}, {"settings", boost::json::object()}
        };
    }
    return {
        {"type", "box"},
        {"settings", boost::json::object()},
        {"blocks", blocks},
        {"block_order", order},
    };
}

}  // namespace

TENANT_TEST(Pages, a_new_page_is_a_draft_that_visitors_do_not_see) {
    Editor editor(t);
    auto page = co_await editor.page("Our prices");
    CHECK(page.path == "/our-prices");
    CHECK(page.state == State::draft);
    CHECK(co_await editor.sql("SELECT count(*) FROM site.page") == "0");
    CHECK(co_await editor.sql("SELECT generation FROM site_state") == "1");
}

TENANT_TEST(Pages, publishing_shows_the_draft_and_raises_the_generation_once) {
    Editor editor(t);
    auto page = co_await editor.publish(co_await editor.page("Prices"));
    REQUIRE(page.has_value());
    CHECK(page->state == State::published);
    CHECK(co_await editor.sql("SELECT title || ' ' || text FROM site.page") == "Prices Prices");
    CHECK(co_await editor.sql("SELECT generation FROM site_state") == "2");
}

TENANT_TEST(Pages, every_change_of_what_is_shown_has_a_version_of_its_own) {
    Editor editor(t);
    auto page = co_await editor.page("Prices");
    auto published = *co_await editor.publish(page);
    CHECK(published.revision == page.revision + 1);
    CHECK(published.state == State::published);
    Edit wanted;
    wanted.title = "Prices 2027";
    CHECK(!co_await editor.edit(page, wanted));  // whoever saw it before it was published
    CHECK((co_await editor.edit(published, wanted))->state == State::changed);
}

TENANT_TEST(Pages, the_home_page_stays) {
    Editor editor(t);
    auto page = co_await editor.page("Welcome");
    co_await editor.sql("UPDATE page SET template = 'home', slug = ''");
    auto refused =
        co_await editor.change([&](TenantTx& tx) { return bin(tx, page.id, editor.now()); });
    REQUIRE(!refused);
    CHECK(refused.error().kind == Problem::Kind::conflict);
    CHECK(refused.error().message.key == "pages_home_stays");
    auto absent = co_await editor.change([&](TenantTx& tx) { return bin(tx, {}, editor.now()); });
    REQUIRE(!absent);
    CHECK(absent.error().kind == Problem::Kind::not_found);
}

TENANT_TEST(Pages, a_change_after_publication_stays_a_draft_until_it_is_published) {
    Editor editor(t);
    auto page = *co_await editor.publish(co_await editor.page("Prices"));
    Edit wanted;
    wanted.title = "Prices 2027";
    page = *co_await editor.edit(page, wanted);
    CHECK(page.state == State::changed);
    CHECK(co_await editor.sql("SELECT title FROM site.page") == "Prices");
    CHECK((*co_await editor.publish(page)).state == State::published);
    CHECK(co_await editor.sql("SELECT title FROM site.page") == "Prices 2027");
    CHECK(co_await editor.sql("SELECT count(*) FROM page_revision") == "2");
}

TENANT_TEST(Pages, refuses_to_change_over_a_newer_revision_and_shows_it) {
    Editor editor(t);
    auto seen = co_await editor.page("Prices");
    Edit theirs;
    theirs.title = "Their title";
    REQUIRE((co_await editor.edit(seen, theirs)).has_value());
    auto mine = co_await editor.publish(seen);
    REQUIRE(!mine);
    CHECK(mine.error().kind == Problem::Kind::changed_meanwhile);
    CHECK(mine.error().current.at("title") == "Their title");
    CHECK(mine.error().current_etag == "\"2\"");
}

TENANT_TEST(Pages, two_pages_of_one_language_never_share_an_address) {
    Editor editor(t);
    co_await editor.page("Prices");
    CHECK((co_await editor.page("Prices")).path == "/prices-2");
    auto other = co_await editor.page("Other");
    Edit wanted;
    wanted.slug = "prices";
    CHECK(pointer_of(co_await editor.edit(other, wanted)) == "/slug pages_slug_taken");
    wanted.slug = "Prices!";
    CHECK(pointer_of(co_await editor.edit(other, wanted)) == "/slug pages_slug_rule");
    wanted.slug = "assets";
    CHECK(pointer_of(co_await editor.edit(other, wanted)) == "/slug field_slug_reserved");
}

TENANT_TEST(Pages, of_two_who_take_an_address_at_the_same_moment_the_second_is_told_so) {
    Editor editor(t);
    auto make = [&](TenantTx& tx) {
        auto id = new_id<PageTag>(editor.now(), t.random);
        return create(
            tx, editor.rulebook, id, {"Prices", "", "en", sections("Prices")}, edda, editor.now()
        );
    };
    auto first = co_await t.tenants->begin(t.as<Right::edit_content>(t.edda_editor));
    REQUIRE((co_await make(first)).has_value());
    Result<Page> second;
    auto take = [&]() -> Task<void> { second = co_await editor.change(make); };
    auto commit = [&]() -> Task<void> {
        co_await sleep(std::chrono::milliseconds(50));
        co_await first.commit();
    };
    std::vector<Task<void>> both;
    both.push_back(take());
    both.push_back(commit());
    co_await all_of(std::move(both));
    CHECK(pointer_of(second) == "/slug pages_slug_taken");
}

TENANT_TEST(Pages, a_new_page_needs_a_language_that_is_one) {
    Editor editor(t);
    auto made_in = [&](std::string language) -> Task<std::string> {
        auto made = co_await editor.change([&](TenantTx& tx) {
            auto id = new_id<PageTag>(editor.now(), t.random);
            return create(
                tx,
                editor.rulebook,
                id,
                {"Prices", "", language, sections("Prices")},
                edda,
                editor.now()
            );
        });
        co_return made ? made->language : pointer_of(made);
    };
    for (std::string good : {"en", "pt-BR", "zh-Hant-TW"}) CHECK(co_await made_in(good) == good);
    for (std::string bad : {"00", "EN", "e", "en-", "en--us", "-en", "en-x", "abcd"})
        CHECK(co_await made_in(bad) == "/language pages_language_rule");
}

TENANT_TEST(Pages, wrong_sections_are_told_by_pointer_and_change_nothing) {
    Editor editor(t);
    auto page = co_await editor.page("Prices");
    auto wrong = [&](json::Value value) -> Task<std::string> {
        Edit wanted;
        wanted.sections = std::move(value);
        co_return pointer_of(co_await editor.edit(page, wanted));
    };
    CHECK(
        co_await wrong({{"sections", boost::json::object()}, {"order", {"gone"}}}) ==
        "/sections/order pages_order"
    );
    CHECK(
        co_await wrong({{"sections", {{"a", {{"type", "hero"}}}}}, {"order", {"a"}}}) ==
        "/sections/sections/a/settings field_object"
    );
    CHECK(
        co_await wrong(
            {{"sections", {{"a", {{"type", "hero"}, {"settings", {{"x", {1, 2}}}}}}}},
             {"order", {"a"}}}
        ) == "/sections/sections/a/settings/x pages_setting"
    );
    auto link =
        R"json({"sections": {"a": {"type": "text", "settings": {"x": {"type": "doc", "content": [
        {"type": "paragraph", "content": [{"type": "text", "text": "here", "marks": [
            {"type": "link", "attrs": {"href": "javascript:alert(1)"}}]}]}]}}}}, "order": ["a"]})json";
    CHECK(
        co_await wrong(json::parse(link).value()) ==
        "/sections/sections/a/settings/x/content/0/content/0/marks/0/attrs/href pages_richtext_href"
    );
    CHECK(co_await editor.sql("SELECT revision FROM page") == "1");
}

TENANT_TEST(Pages, a_value_that_the_theme_does_not_take_is_refused_with_what_it_takes) {
    const std::string link_leads =
        "A link leads to http://, https://, mailto: or tel:, or to a path of this site.";
    Editor editor(t);
    co_await editor.theme(every_setting);
    auto refused = co_await editor.page_of(parsed(R"json({"type": "box", "settings": {
        "heading": {"type": "doc", "content": []}, "words": 7, "align": "justify", "scheme": "a b", "quiet": "yes",
        "width": 101, "rows": 0, "link": "javascript:alert(1)", "image": "../keys", "extra": 1},
        "blocks": {"b": {"type": "button", "settings": {"to": "//else.test", "kind": "x"}},
                   "c": {"type": "lion", "settings": {"roar": true}}}, "block_order": ["b", "c"]})json"
    ));
    CHECK(
        told(refused) ==
        Lines{
            "settings/heading: This takes words without formatting.",
            "settings/words: This takes words, or a rich text document.",
            "settings/align: Choose one of left, center, right.",
            "settings/scheme: This takes a colour scheme's name: up to 60 letters, digits, _ and "
            "-.",
            "settings/quiet: This must be true or false.",
            "settings/width: Between 0 and 100.",
            "settings/rows: At least 1.",
            "settings/link: " + link_leads,
            "settings/image: This takes the name of a file among the media, such as "
            "2026/11/lake.svg.",
            "settings/extra: 'box' has no setting 'extra' in this theme.",
            "blocks/b/settings/to: " + link_leads,
            "blocks/b/settings/kind: 'button' has no setting 'kind' in this theme.",
            "blocks/c/type: The section 'box' has no block 'lion'.",
        }
    );
    CHECK(co_await editor.sql("SELECT count(*) FROM page") == "0");
}

TENANT_TEST(Pages, what_the_theme_takes_is_saved) {
    Editor editor(t);
    co_await editor.theme(every_setting);
    auto page = co_await editor.page_of(parsed(R"json({"type": "box", "settings": {
        "heading": "Prices", "words": {"type": "doc", "content": []}, "align": "center", "scheme": "dark-2", "quiet": true,
        "width": 100, "rows": 2.5, "link": "", "image": "2026/11/lake.svg"},
        "blocks": {"b": {"type": "button", "settings": {"to": "/prices"}}}, "block_order": ["b"]})json"
    ));
    CHECK(told(page) == Lines{"nothing"});
    CHECK(
        told(co_await editor.write(
            *page, parsed(R"({"type": "box", "settings": {"align": null, "link": "#prices"}})")
        )) == Lines{"nothing"}
    );
}

TENANT_TEST(
    Pages, a_section_that_the_theme_does_not_have_is_refused_once_and_in_the_readers_words
) {
    Editor editor(t);
    co_await editor.theme(every_setting);
    auto refused = co_await editor.page_of(
        parsed(R"({"type": "bxo", "settings": {"align": "left", "quiet": true}})")
    );
    CHECK(told(refused) == Lines{"type: This theme has no section 'bxo'."});
    CHECK(told(refused, Language::de) == Lines{"type: Dieses Theme hat keinen Abschnitt 'bxo'."});
}

TENANT_TEST(Pages, more_blocks_than_a_section_holds_are_refused_from_whoever_adds_one) {
    Editor editor(t);
    co_await editor.theme(every_setting);
    CHECK(told(co_await editor.page_of(box_with(2, 1))) == Lines{"nothing"});
    CHECK(
        told(co_await editor.page_of(box_with(0, 4))) ==
        Lines{"blocks: At most 3 blocks fit into this section."}
    );
    CHECK(
        told(co_await editor.page_of(box_with(3, 0))) ==
        Lines{"blocks: At most 2 blocks of the type 'button' may be in this section."}
    );
    auto page = saved(co_await editor.page_of(box_with(2, 1)));
    co_await editor.theme(
        R"({"blocks": [{"type": "button", "limit": 1}, {"type": "line"}], "max_blocks": 1})"
    );
    CHECK(
        told(co_await editor.write(page, box_with(3, 1))) ==
        Lines{
            "blocks: At most one block fits into this section.",
            "blocks: At most one block of the type 'button' may be in this section.",
        }
    );
    page = saved(co_await editor.write(page, box_with(2, 1)));  // as it stood
    CHECK(told(co_await editor.write(page, box_with(2, 0))) == Lines{"nothing"});
}

TENANT_TEST(Pages, what_stands_in_a_page_stays_although_its_theme_takes_it_no_more) {
    Editor editor(t);
    co_await editor.theme(every_setting);
    auto old = parsed(
        R"json({"type": "box", "settings": {"align": "center", "width": 1e1, "heading": "Old"},
        "blocks": {"b": {"type": "button", "settings": {"to": "/prices"}}}, "block_order": ["b"]})json"
    );
    auto page = saved(co_await editor.page_of(old));
    co_await editor.theme(R"({"settings": [
        {"type": "text", "id": "heading"}, {"type": "range", "id": "width", "min": 50, "max": 60},
        {"type": "select", "id": "align", "options": [{"value": "left"}]}]})");

    old.at("settings").as_object()["heading"] = "New";
    page = saved(co_await editor.write(page, old));

    auto changed = old;
    changed.at("settings").as_object()["align"] = "right";
    changed.at("blocks").at("b").at("settings").as_object()["to"] = "/";
    CHECK(
        told(co_await editor.write(page, changed)) ==
        Lines{
            "settings/align: Choose one of left.",
            "blocks/b/settings/to: The section 'box' has no block 'button'.",
        }
    );
    // Under another id it is new.
    Edit moved;
    moved.sections = {{"sections", {{"other", old}}}, {"order", {"other"}}};
    auto refused = co_await editor.edit(page, moved);
    REQUIRE(!refused);
    CHECK(refused.error().fields.size() == 3);
}

TENANT_TEST(Pages, a_section_of_a_theme_that_is_gone_stays_and_takes_nothing_new) {
    Editor editor(t);
    auto old = parsed(R"({"type": "hero", "settings": {"align": "justify"}})");
    auto page =
        saved(co_await editor.page_of(old));  // without a theme nobody has anything against it
    co_await editor.theme(every_setting);
    page = saved(co_await editor.write(page, old));
    auto changed = old;
    changed.at("settings").as_object()["align"] = "left";
    CHECK(
        told(co_await editor.write(page, changed)) ==
        Lines{"settings/align: This theme has no section 'hero'."}
    );
    changed = parsed(R"({"type": "box", "settings": {"align": "justify"}})");  // of another type
    CHECK(
        told(co_await editor.write(page, changed)) ==
        Lines{"settings/align: Choose one of left, center, right."}
    );
    changed = parsed(R"({"type": "box", "settings": {"align": "center"}})");
    CHECK(told(co_await editor.write(page, changed)) == Lines{"nothing"});
}

TENANT_TEST(Pages, publishing_and_coming_back_from_the_bin_ask_no_theme) {
    Editor editor(t);
    auto page = saved(co_await editor.page_of(parsed(R"({"type": "hero", "settings": {"x": 1}})")));
    co_await editor.theme(every_setting);
    auto published = co_await editor.publish(page);
    REQUIRE(published.has_value());
    Edit wanted;
    wanted.title = "Another title";
    CHECK((co_await editor.edit(*published, wanted)).has_value());
    co_await editor.change([&](TenantTx& tx) { return bin(tx, page.id, editor.now()); });
    CHECK((co_await editor.change([&](TenantTx& tx) { return restore(tx, page.id, editor.now()); })
    ).has_value());
}

TENANT_TEST(Pages, a_binned_page_is_gone_for_visitors_and_comes_back_as_it_was) {
    Editor editor(t);
    auto page = *co_await editor.publish(co_await editor.page("Prices"));
    CHECK((co_await editor.change([&](TenantTx& tx) { return bin(tx, page.id, editor.now()); })
    ).has_value());
    CHECK(co_await editor.sql("SELECT count(*) FROM site.page") == "0");
    CHECK((co_await list(editor.reads(), {})).items.empty());
    Filter in_the_bin;
    in_the_bin.state = State::binned;
    auto binned = co_await list(editor.reads(), in_the_bin);
    REQUIRE(binned.items.size() == 1);
    CHECK(binned.items[0].title == "Prices");
    CHECK(binned.items[0].state == State::binned);
    auto counts = co_await count(editor.reads(), std::nullopt);
    CHECK(counts.binned == 1);
    CHECK(counts.all == 0);
    auto restored =
        co_await editor.change([&](TenantTx& tx) { return restore(tx, page.id, editor.now()); });
    REQUIRE(restored.has_value());
    CHECK(restored->state == State::published);
}

BIN_TEST(a_page_in_the_bin_tells_until_when_it_stays_and_no_other_does) {
    Editor editor(t);
    auto page = co_await editor.page("Prices");
    CHECK(!page.binned_until);
    auto binned_at = co_await editor.bin(page);
    auto binned = co_await list(editor.reads(), Editor::in_the_bin());
    CHECK(binned.items.at(0).binned_until == binned_at + std::chrono::days(30));
    auto restored =
        co_await editor.change([&](TenantTx& tx) { return restore(tx, page.id, editor.now()); });
    REQUIRE(restored.has_value());
    CHECK(!restored->binned_until);
}

BIN_TEST(what_was_binned_goes_for_good_after_thirty_days_in_all_languages_and_with_its_revisions) {
    Editor editor(t);
    auto page = co_await editor.page("Prices");
    co_await editor.page("Stays");
    co_await editor.translate(page);
    REQUIRE(co_await editor.sql("SELECT count(*) FROM page_revision") == "3");
    co_await editor.bin(page);
    co_await t.pass(std::chrono::days(30) - std::chrono::seconds(1));
    CHECK(co_await editor.titles() == "Prices, Prices, Stays");
    co_await t.pass(std::chrono::seconds(1));
    CHECK(co_await editor.titles() == "Stays");
    CHECK(co_await editor.sql("SELECT count(*) FROM page_revision") == "1");
}

BIN_TEST(a_page_that_was_brought_back_outlives_the_time_of_the_bin) {
    Editor editor(t);
    auto page = *co_await editor.publish(co_await editor.page("Prices"));
    co_await editor.bin(page);
    co_await t.pass(std::chrono::days(29));
    co_await editor.change([&](TenantTx& tx) { return restore(tx, page.id, editor.now()); });
    co_await t.pass(std::chrono::days(2));
    CHECK(co_await editor.sql("SELECT title FROM site.page") == "Prices");
}

BIN_TEST(a_page_that_was_binned_anew_has_thirty_days_from_then) {
    Editor editor(t);
    auto page = co_await editor.page("Prices");
    co_await editor.bin(page);
    co_await t.pass(std::chrono::days(20));
    co_await editor.change([&](TenantTx& tx) { return restore(tx, page.id, editor.now()); });
    co_await editor.bin(page);
    co_await t.pass(std::chrono::days(20));
    CHECK(co_await editor.titles() == "Prices");
    co_await t.pass(std::chrono::days(10));
    CHECK((co_await editor.titles()).empty());
}

BIN_TEST(an_end_of_time_in_the_bin_that_is_told_twice_changes_nothing_more) {
    Editor editor(t);
    auto gone = co_await editor.page("Gone");
    auto back = co_await editor.page("Back");
    auto at = co_await editor.bin(gone) + bin_keeps;
    co_await editor.bin(back);
    co_await editor.change([&](TenantTx& tx) { return restore(tx, back.id, editor.now()); });
    for (int times = 0; times < 2; ++times) {
        for (const auto& page : {gone, back}) {
            co_await editor.change([&](TenantTx& tx) -> Task<Result<void>> {
                co_await erase_due(tx, {page.id, at});
                co_return Result<void>();
            });
        }
        CHECK(co_await editor.titles() == "Back");
        CHECK(co_await editor.sql("SELECT count(*) FROM page_revision") == "1");
    }
}

BIN_TEST(a_page_goes_for_good_by_hand_only_out_of_the_bin) {
    Editor editor(t);
    auto page = co_await editor.page("Prices");
    co_await editor.page("Stays");
    co_await editor.translate(page);
    auto erased = [&]() -> Task<std::string> {
        auto answer = co_await editor.change([&](TenantTx& tx) { return erase(tx, page.id); });
        if (answer) co_return "gone";
        co_return answer.error().kind == Problem::Kind::not_found ? "not found" : "refused";
    };
    CHECK(co_await erased() == "not found");
    CHECK(co_await editor.titles() == "Prices, Prices, Stays");
    co_await editor.bin(page);
    CHECK(co_await erased() == "gone");
    CHECK(co_await editor.titles() == "Stays");
    CHECK(co_await editor.sql("SELECT count(*) FROM page_revision") == "1");
    CHECK(co_await erased() == "not found");
    co_await t.pass(std::chrono::days(30));  // what was told when it was binned finds nothing
    CHECK(co_await editor.titles() == "Stays");
}

TENANT_TEST(Pages, an_address_that_visitors_know_stays_its_pages_until_that_is_published_anew) {
    Editor editor(t);
    auto first = *co_await editor.publish(co_await editor.page("Alpha"));
    Edit moved;
    moved.slug = "beta";
    first = *co_await editor.edit(first, moved);
    auto second = co_await editor.page("Second");
    Edit wanted;
    wanted.slug = "alpha";
    CHECK(pointer_of(co_await editor.edit(second, wanted)) == "/slug pages_slug_taken");
    // However it came to it: a publication says so, one that was due becomes a draft again.
    co_await editor.sql("UPDATE page SET slug = 'alpha' WHERE title = 'Second'");
    auto refused = co_await editor.publish(second);
    REQUIRE(!refused);
    CHECK(refused.error().message.key == "pages_slug_taken_meanwhile");
    co_await editor.publish(first);
    CHECK((co_await editor.publish(second)).has_value());
}

TENANT_TEST(Pages, a_due_publication_that_meets_a_taken_address_becomes_a_draft_again) {
    Editor editor(t);
    auto first = *co_await editor.publish(co_await editor.page("Alpha"));
    auto second = co_await editor.page("Second");
    auto later = editor.now() + std::chrono::hours(1);
    co_await editor.publish(second, later);
    co_await editor.sql("UPDATE page SET slug = 'beta' WHERE title = 'Alpha'");
    co_await editor.sql("UPDATE page SET slug = 'alpha' WHERE title = 'Second'");
    co_await editor.change([&](TenantTx& tx) -> Task<Result<void>> {
        co_await publish_due(tx, {second.id, second.language, later}, later);
        co_return Result<void>();
    });
    CHECK(
        co_await editor.sql(
            "SELECT publish_at IS NULL AND published_at IS NULL FROM page WHERE title = 'Second'"
        ) == "t"
    );
}

TENANT_TEST(Pages, what_was_done_stays_done_however_many_pages_come_after) {
    Editor editor(t);
    auto home = co_await editor.page("Welcome");
    co_await editor.publish(home);
    co_await editor.sql("UPDATE page SET template = 'home', slug = ''");
    for (int i = 0; i < 6; ++i) co_await editor.page("Page " + std::to_string(i));
    auto progress = co_await pages::progress(editor.reads());
    CHECK(progress.home_edited);
    CHECK(progress.own_published);
}

TENANT_TEST(Pages, a_page_whose_address_was_taken_meanwhile_stays_in_the_bin) {
    Editor editor(t);
    auto page = co_await editor.page("Prices");
    co_await editor.change([&](TenantTx& tx) { return bin(tx, page.id, editor.now()); });
    co_await editor.page("Prices");
    auto restored =
        co_await editor.change([&](TenantTx& tx) { return restore(tx, page.id, editor.now()); });
    REQUIRE(!restored);
    CHECK(restored.error().kind == Problem::Kind::conflict);
}

TENANT_TEST(Pages, a_publication_for_later_is_scheduled) {
    Editor editor(t);
    auto page = co_await editor.page("Prices");
    auto later = editor.now() + std::chrono::hours(1);
    auto scheduled = co_await editor.publish(page, later);
    REQUIRE(scheduled.has_value());
    CHECK(scheduled->state == State::scheduled);
    CHECK(scheduled->publish_at == later);
    CHECK(co_await editor.sql("SELECT count(*) FROM site.page") == "0");
    auto due = [&](Time at) {
        return editor.change([&, at](TenantTx& tx) -> Task<Result<void>> {
            co_await publish_due(tx, {page.id, "en", at}, later);
            co_return Result<void>();
        });
    };
    co_await due(later + std::chrono::seconds(1));  // ordered anew since: not this one
    CHECK(co_await editor.sql("SELECT count(*) FROM site.page") == "0");
    co_await due(later);
    CHECK(co_await editor.sql("SELECT count(*) FROM site.page") == "1");
}

TENANT_TEST(Pages, what_is_out_stays_so_while_its_next_publication_has_a_time) {
    Editor editor(t);
    auto page = *co_await editor.publish(co_await editor.page("Prices"));
    auto later = editor.now() + std::chrono::hours(1);
    auto timed = co_await editor.publish(page, later);
    REQUIRE(timed.has_value());
    CHECK(timed->state == State::published);
    CHECK(timed->publish_at == later);
    CHECK((co_await list(editor.reads(), {})).items.at(0).publish_at == later);
    Edit renamed;
    renamed.title = "Costs";
    CHECK((co_await editor.edit(*timed, renamed))->state == State::changed);
    auto counts = co_await count(editor.reads(), std::nullopt);
    CHECK(counts.changed == 1);
    CHECK(counts.scheduled == 0);
}

TENANT_TEST(Pages, nothing_goes_out_by_a_time_long_past) {
    Editor editor(t);
    auto page = co_await editor.page("Prices");
    auto refused = co_await editor.publish(page, editor.now() - std::chrono::hours(1));
    REQUIRE(!refused);
    CHECK(refused.error().fields.at(0).pointer == "/publish_at");
    auto just_passed = co_await editor.publish(page, editor.now() - std::chrono::seconds(2));
    CHECK(just_passed->state == State::published);
}

TENANT_TEST(Pages, a_time_is_taken_back_and_what_is_out_stays) {
    Editor editor(t);
    auto page = *co_await editor.publish(co_await editor.page("Prices"));
    auto later = editor.now() + std::chrono::hours(1);
    auto timed = *co_await editor.publish(page, later);
    auto unscheduled = [&](const Page& seen) {
        return editor.change([&](TenantTx& tx) {
            return unschedule(tx, seen.id, "en", {api::etag_of(seen.revision)});
        });
    };
    CHECK(!co_await unscheduled(page));  // somebody gave it a time meanwhile
    auto back = co_await unscheduled(timed);
    REQUIRE(back.has_value());
    CHECK(!back->publish_at);
    CHECK(back->state == State::published);
    CHECK(back->published_at == page.published_at);
    CHECK((co_await unscheduled(*back))->revision == back->revision);
    co_await editor.change([&](TenantTx& tx) -> Task<Result<void>> {
        co_await publish_due(tx, {page.id, "en", later}, later);
        co_return Result<void>();
    });
    CHECK((co_await find(editor.reads(), page.id, "en"))->published_at == page.published_at);
}

TENANT_TEST(Pages, have_the_path_under_which_visitors_find_them) {
    Editor editor(t);
    auto page = co_await editor.publish(co_await editor.page("Prices", "prices"));
    REQUIRE(page.has_value());
    CHECK(page->path == "/prices");
    Edit renamed;
    renamed.slug = "costs";
    auto draft = co_await editor.edit(*page, renamed);
    REQUIRE(draft.has_value());
    CHECK(draft->slug == "costs");
    CHECK(draft->path == "/prices");  // until it is published
    CHECK((co_await editor.publish(*draft))->path == "/costs");
    co_await editor.sql(
        "INSERT INTO setting (key, value, public) VALUES ('language', '\"de\"', true)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    );
    CHECK((co_await find(editor.reads(), page->id, "en"))->path == "/en/costs");
}

TENANT_TEST(Pages, whose_hour_came_in_the_bin_is_a_draft_again) {
    Editor editor(t);
    auto restored = [&](Time at) -> Task<PageSummary> {
        auto page = co_await editor.page("Prices");
        co_await editor.publish(page, editor.now() + std::chrono::hours(1));
        co_await editor.change([&](TenantTx& tx) { return bin(tx, page.id, editor.now()); });
        auto back = co_await editor.change([&](TenantTx& tx) { return restore(tx, page.id, at); });
        REQUIRE(back.has_value());
        co_await editor.change([&](TenantTx& tx) { return bin(tx, page.id, editor.now()); });
        co_return *back;
    };
    CHECK((co_await restored(editor.now())).state == State::scheduled);
    CHECK((co_await restored(editor.now() + std::chrono::hours(2))).state == State::draft);
}

TEST_CASE("pages: a cursor is taken whole, or not at all") {
    PageId id{Uuid{{1, 2, 3}}};
    for (const auto& cursor :
         {Cursor{"Über uns", std::nullopt, id},
          Cursor{"", std::nullopt, id},
          Cursor{std::nullopt, Time{1'795'516'200'000'000}, id}}) {
        auto text = to_text(cursor);
        auto back = parse_cursor(text);
        REQUIRE(back.has_value());
        CHECK(back->title == cursor.title);
        CHECK(back->updated_at == cursor.updated_at);
        CHECK(back->id == id);
        for (std::size_t length = 0; length < text.size(); ++length)
            CHECK(!parse_cursor(text.substr(0, length)));
    }
    CHECK(!parse_cursor("xyz"));
    CHECK(!parse_cursor(crypto::base64url("u" + id.uuid.text())));
    CHECK(!parse_cursor(crypto::base64url("u-1" + id.uuid.text())));
    CHECK(!parse_cursor(crypto::base64url("x1" + id.uuid.text())));
}

TENANT_TEST(Pages, lists_go_page_by_page_without_gap_or_repeat) {
    Editor editor(t);
    for (int i = 0; i < 7; ++i) co_await editor.page("Page " + std::to_string(i));
    for (bool by_title : {false, true}) {
        std::vector<std::string> titles;
        Filter filter;
        filter.limit = 3;
        filter.by_title = by_title;
        do {
            auto found = co_await list(editor.reads(), filter);
            for (const auto& page : found.items) titles.push_back(page.title);
            filter.cursor = found.next;
        } while (filter.cursor && titles.size() < 20);
        CHECK(titles.size() == 7);
        CHECK(titles.front() == (by_title ? "Page 0" : "Page 6"));
        CHECK(titles.back() == (by_title ? "Page 6" : "Page 0"));
    }
}

TEST_CASE(
    "Pages: what visitors search are a page's words, not its choices nor what its pictures show"
) {
    auto sections = json::parse(R"({"order": ["a"], "sections": {"a": {"type": "hero", "settings": {
        "heading": "Gardens that last", "layout": "wide", "url": "https://else.test/a b",
        "image": "1.webp", "alt": "Drawing of a courtyard"}}}})");
    CHECK(plain_text("Home", sections.value()) == "Home\nGardens that last");
}

TENANT_TEST(Pages, a_search_finds_words_of_titles_and_takes_percent_signs_as_they_are) {
    Editor editor(t);
    co_await editor.page("100 % wool");
    co_await editor.page("Linen");
    auto find = [&](std::string text) -> Task<std::size_t> {
        Filter filter;
        filter.search = std::move(text);
        co_return (co_await list(editor.reads(), filter)).items.size();
    };
    CHECK(co_await find("%") == 1);
    CHECK(co_await find("LIN") == 1);
    CHECK(co_await find("silk") == 0);
    CHECK((co_await count(editor.reads(), std::nullopt)).draft == 2);
}

}  // namespace luster::pages
