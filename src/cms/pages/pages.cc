#include "cms/pages/pages.h"

#include "base/crypto.h"
#include "base/text_language.h"
#include "base/text_slug.h"
#include "cms/pages/sections.h"
#include "cms/pages/store.h"

#include <fmt/format.h>

#include <charconv>

namespace luster::pages {
namespace {

constexpr char sentences_en[] = {
#embed "messages/en.json"
};
constexpr char sentences_de[] = {
#embed "messages/de.json"
};

constexpr std::size_t slug_length_max = 100;
constexpr int slug_tries_max = 50;
// A time that has just passed means now: clocks differ, and requests take a while. One long past is
// a mistake, and nothing should go out by it.
constexpr Duration late_max = std::chrono::minutes(5);
constexpr std::size_t title_length_max = 200;
constexpr std::size_t uuid_length = 36;

Problem home_stays(std::string key) {
    return conflict({std::move(key), {}});
}

Problem changed(const Page& now) {
    return changed_meanwhile(to_json(now), api::etag_of(now.revision));
}

// Lower-case words joined by single hyphens, as in an organization's slug, but of any length and
// never reserved: it stands below the site's own host.
bool is_slug(std::string_view slug) {
    auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    if (slug.empty() || slug.size() > slug_length_max) return false;
    if (!plain(slug.front()) || !plain(slug.back())) return false;
    for (std::size_t i = 0; i < slug.size(); ++i) {
        if (!plain(slug[i]) && !(slug[i] == '-' && slug[i - 1] != '-')) return false;
    }
    return true;
}

// What the site itself answers under.
bool is_reserved(std::string_view slug) {
    return slug == "search" || slug == "assets" || slug == "media" || slug == "sitemap" ||
           slug.size() == 2;
}

Result<void> check_slug(std::string_view slug) {
    if (!is_slug(slug)) return refuse(invalid_field("/slug", {"pages_slug_rule", {}}));
    if (is_reserved(slug)) return refuse(invalid_field("/slug", {"field_slug_reserved", {}}));
    return {};
}

Problem slug_taken() {
    return invalid_field("/slug", {"pages_slug_taken", {}});
}

// A free slug from a title: "prices", else "prices-2" and so on.
Task<std::string> free_slug(TenantTx& tx, const NewPage& page, PageId id) {
    auto base = text::suggest_slug(page.title);
    if (!is_slug(base) || is_reserved(base)) base = "page-" + base;
    if (!is_slug(base)) base = "page";
    for (int number = 1; number < slug_tries_max; ++number) {
        auto slug = number == 1 ? base : fmt::format("{}-{}", base, number);
        if (!co_await store::slug_taken(tx, page.language, slug, id)) co_return slug;
    }
    co_return fmt::format("{}-{}", base, id.text().substr(id.text().size() - 8));
}

// Their form, then what the theme has against them; without a theme nobody has.
Result<void> check_sections(
    const json::Value& sections, const json::Value& before, const themes::RulesPointer& rules
) {
    json::Reader reader;
    reader.enter(std::string_view("sections"));
    pages::check_sections(reader, sections);
    if (reader.errors.empty() && rules) hold_to_theme(reader, sections, before, *rules);
    if (reader.errors.empty()) return {};
    return refuse(invalid(std::move(reader.errors)));
}

json::Value empty_sections() {
    return {{"sections", boost::json::object()}, {"order", boost::json::array()}};
}

struct Locked {
    Page page;
    std::optional<ThemeVersionId> theme;
};
Task<Result<Locked>> locked(TenantTx& tx, PageId id, std::string language, api::IfMatch seen) {
    auto row = co_await store::lock(tx, id, std::move(language));
    if (!row) co_return refuse(not_found("page"));
    auto page = store::page_of(*row);
    if (!seen.matches(page.revision)) co_return refuse(changed(page));
    co_return Locked{std::move(page), row->theme};
}

Task<void> site_changed(TenantTx& tx, PageId page) {
    co_await store::raise_generation(tx);
    co_await outbox::tell(tx, SiteChanged{page});
}

// Visitors may still know another page by this one's new address, until that one is published anew.
Task<Result<Page>> publish_now(TenantTx& tx, const Page& page, Time now) {
    if (co_await store::slug_taken(tx, page.language, page.slug, page.id))
        co_return refuse(conflict({"pages_slug_taken_meanwhile", {}}));
    auto row =
        co_await store::publish(tx, page, plain_text(page.title, page.sections.value()), now);
    co_await site_changed(tx, page.id);
    co_return store::page_of(row);
}

void apply(const Edit& edit, Page& page) {
    if (edit.title) page.title = *edit.title;
    if (edit.slug) page.slug = *edit.slug;
    if (edit.sections) page.sections.text = json::to_string(*edit.sections);
    edit.seo_title.apply(page.seo.title);
    edit.seo_description.apply(page.seo.description);
    if (edit.noindex) page.seo.noindex = *edit.noindex;
}

Task<Result<void>> check_edit(
    TenantTx& tx, const Page& page, const Edit& edit, const themes::RulesPointer& rules
) {
    if (edit.sections) CO_TRY(check_sections(*edit.sections, page.sections.value(), rules));
    if (!edit.slug || *edit.slug == page.slug) co_return Result<void>();
    if (page.template_ == Template::home) co_return refuse(home_stays("pages_home_has_no_slug"));
    CO_TRY(check_slug(*edit.slug));
    if (co_await store::slug_taken(tx, page.language, *edit.slug, page.id))
        co_return refuse(slug_taken());
    co_return Result<void>();
}

}  // namespace

messages::Source sentences() {
    return {"pages", {sentences_en, sizeof sentences_en}, {sentences_de, sizeof sentences_de}};
}

json::Value to_json(const Page& page) {
    return json::parse(json::to_string(page)).value();
}

// "t" and the title, or "u" and the time, then the id: of a text that was cut the end is no id.
std::string to_text(const Cursor& cursor) {
    auto place =
        cursor.title ? "t" + *cursor.title : fmt::format("u{}", cursor.updated_at->unix_us);
    return crypto::base64url(place + cursor.id.uuid.text());
}

std::optional<Cursor> parse_cursor(std::string_view text) {
    auto plain = crypto::parse_base64url(text);
    if (!plain || plain->size() <= uuid_length) return std::nullopt;
    auto id = Uuid::parse(std::string_view(*plain).substr(plain->size() - uuid_length));
    if (!id) return std::nullopt;
    auto place = plain->substr(1, plain->size() - uuid_length - 1);
    if (plain->front() == 't') {
        json::Reader reader;
        std::string title;
        if (!json::read_text(reader, place, {0, title_length_max, true}, title))
            return std::nullopt;
        return Cursor{place, std::nullopt, PageId{*id}};
    }
    Time time;
    auto [end, error] = std::from_chars(place.data(), place.data() + place.size(), time.unix_us);
    bool whole = error == std::errc() && end == place.data() + place.size() && time >= Time{};
    if (plain->front() != 'u' || !whole) return std::nullopt;
    return Cursor{std::nullopt, time, PageId{*id}};
}

Task<Found> list(pg::TenantReads reads, Filter filter) {
    auto rows = co_await store::list(reads, filter);
    Found found;
    if (std::ssize(rows) > filter.limit) {
        rows.resize(static_cast<std::size_t>(filter.limit));
        found.next = store::cursor_of(rows.back(), filter.orders_by_title());
    }
    for (const auto& row : rows) found.items.push_back(store::summary_of(row));
    co_return found;
}

Task<Progress> progress(pg::TenantReads reads) {
    co_return co_await store::progress(reads);
}

Task<Counts> count(pg::TenantReads reads, std::optional<std::string> language) {
    co_return co_await store::count(reads, std::move(language));
}

Task<Result<Page>> find(pg::TenantReads reads, PageId id, std::string language) {
    auto row = co_await store::find(reads, id, std::move(language));
    if (!row) co_return refuse(not_found("page"));
    co_return store::page_of(std::move(*row));
}

Task<Result<Page>> create(
    TenantTx& tx, themes::Rulebook& rulebook, PageId id, NewPage wanted, Author author, Time now
) {
    if (!text::is_language_tag(wanted.language))
        co_return refuse(invalid_field("/language", {"pages_language_rule", {}}));
    Page page;
    page.id = id;
    page.language = wanted.language;
    page.title = wanted.title;
    if (wanted.sections.is_null()) {
        wanted.sections = empty_sections();
    } else {
        CO_TRY(check_sections(wanted.sections, nullptr, co_await rulebook.current(tx)));
    }
    page.sections.text = json::to_string(wanted.sections);
    if (wanted.slug.empty()) {
        page.slug = co_await free_slug(tx, wanted, id);
    } else {
        CO_TRY(check_slug(wanted.slug));
        if (co_await store::slug_taken(tx, wanted.language, wanted.slug, id))
            co_return refuse(slug_taken());
        page.slug = wanted.slug;
    }
    try {
        co_return store::page_of(co_await store::insert(tx, page, std::move(author), now));
    } catch (const pg::Error& error) {
        if (!error.violates("page_slug_once")) throw;
    }
    co_return refuse(slug_taken());  // by somebody at the same moment
}

Task<Result<Page>> edit(
    TenantTx& tx,
    themes::Rulebook& rulebook,
    PageId id,
    std::string language,
    api::IfMatch seen,
    Edit wanted,
    Author author,
    Time now
) {
    auto [page, theme] = CO_TRY(co_await locked(tx, id, std::move(language), std::move(seen)));
    auto rules = wanted.sections ? co_await rulebook.of(tx, theme) : nullptr;
    CO_TRY(co_await check_edit(tx, page, wanted, rules));
    apply(wanted, page);
    try {
        co_return store::page_of(co_await store::update(tx, page, std::move(author), now));
    } catch (const pg::Error& error) {
        if (!error.violates("page_slug_once")) throw;
    }
    co_return refuse(slug_taken());  // by somebody at the same moment
}

Task<Result<Page>> publish(
    TenantTx& tx,
    PageId id,
    std::string language,
    api::IfMatch seen,
    std::optional<Time> at,
    Author,
    Time now
) {
    if (at && *at < now - late_max)
        co_return refuse(invalid_field("/publish_at", {"pages_publish_at_past", {}}));
    auto page = CO_TRY(co_await locked(tx, id, std::move(language), std::move(seen))).page;
    if (at && *at > now) {
        co_await outbox::tell(tx, PublicationDue{page.id, page.language, *at}, *at);
        co_return store::page_of(co_await store::schedule(tx, page, *at));
    }
    co_return co_await publish_now(tx, page, now);
}

Task<void> publish_due(TenantTx& tx, PublicationDue event, Time now) {
    auto row = co_await store::lock(tx, event.page, event.language);
    if (!row || row->publish_at != event.at) co_return;
    auto page = store::page_of(*row);
    // Trying again would not help: it has no time any more, as everyone sees in the list.
    if (!co_await publish_now(tx, page, now)) co_await store::schedule(tx, page, std::nullopt);
}

std::vector<outbox::Listener> listeners(TenantScopes scopes, Clock& clock) {
    auto publish = [scopes, &clock](outbox::Delivery delivery, PublicationDue event) -> Task<void> {
        auto tx = co_await scopes.begin(delivery.organization);
        co_await publish_due(tx, std::move(event), clock.now());
        co_await tx.commit();
    };
    auto erase = [scopes](outbox::Delivery delivery, ErasureDue event) -> Task<void> {
        auto tx = co_await scopes.begin(delivery.organization);
        co_await erase_due(tx, event);
        co_await tx.commit();
    };
    return {
        outbox::listener<PublicationDue>("publications", publish),
        outbox::listener<ErasureDue>("erasures", erase)
    };
}

Task<Result<Page>> withdraw(
    TenantTx& tx, PageId id, std::string language, api::IfMatch seen, Time
) {
    auto page = CO_TRY(co_await locked(tx, id, std::move(language), std::move(seen))).page;
    if (page.template_ == Template::home)
        co_return refuse(home_stays("pages_home_stays_published"));
    auto row = co_await store::withdraw(tx, page);
    co_await site_changed(tx, page.id);
    co_return store::page_of(row);
}

Task<Result<Page>> unschedule(TenantTx& tx, PageId id, std::string language, api::IfMatch seen) {
    auto page = CO_TRY(co_await locked(tx, id, std::move(language), std::move(seen))).page;
    if (!page.publish_at) co_return page;
    // The event that was announced finds no time of its own, and does nothing.
    co_return store::page_of(co_await store::schedule(tx, page, std::nullopt));
}

Task<Result<void>> bin(TenantTx& tx, PageId id, Time now) {
    auto found = co_await store::template_of(tx, id);
    if (!found) co_return refuse(not_found("page"));
    if (*found == Template::home) co_return refuse(home_stays("pages_home_stays"));
    co_await store::bin(tx, id, now);
    co_await outbox::tell(tx, ErasureDue{id, now + bin_keeps}, now + bin_keeps);
    co_await site_changed(tx, id);
    co_return Result<void>();
}

Task<Result<PageSummary>> restore(TenantTx& tx, PageId id, Time now) {
    try {
        auto rows = co_await store::restore(tx, id, now);
        if (rows.empty()) co_return refuse(not_found("page"));
        co_await site_changed(tx, id);
        co_return store::summary_of(rows.front());
    } catch (const pg::Error& error) {
        if (!error.violates("page_slug_once") && !error.violates("page_published_slug_once")) throw;
    }
    co_return refuse(conflict({"pages_slug_taken_meanwhile", {}}));
}

// Visitors have not seen it since it came into the bin: nothing of the site changes.
Task<Result<void>> erase(TenantTx& tx, PageId id) {
    if (co_await store::erase(tx, id) == 0) co_return refuse(not_found("page"));
    co_return Result<void>();
}

// Measured from the event, not from the clock: one that went back a little between the delivery
// and here would leave the page for ever.
Task<void> erase_due(TenantTx& tx, ErasureDue event) {
    co_await store::erase_older(tx, event.page, event.at - bin_keeps);
}

}  // namespace luster::pages
