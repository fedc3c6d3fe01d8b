// Entries: pages, what is generated, assets; and their compressed variants, made off the loop.
#include "base/result.h"
#include "site/generated.h"
#include "site/site.h"

#include <charconv>

namespace luster::site {
namespace {

constexpr std::size_t results_max = 50;
constexpr std::size_t terms_bytes_max = 120;

// What is no text finds nothing; the rest is cut at a character, not within one.
std::string cut_terms(std::string terms) {
    json::Reader reader;
    if (!json::read_text(reader, terms, {0, terms.size(), true}, terms)) return {};
    if (terms.size() <= terms_bytes_max) return terms;
    auto end = terms_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(terms[end]) & 0xc0) == 0x80) --end;
    terms.resize(end);
    return terms;
}

Task<SearchAsked> search(Content& content, const Route& route, std::string_view query) {
    SearchAsked asked;
    asked.terms = cut_terms(http::query_value(query, "q").value_or(""));
    asked.performed = asked.terms.find_first_not_of(" \t\r\n") != std::string::npos;
    if (asked.performed)
        asked.results = co_await content.search(route.language, asked.terms, results_max);
    co_return asked;
}

std::uint32_t number_of_page(std::string_view query) {
    auto digits = page_number(query);
    std::uint32_t number = 1;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

PageToRender frame_of(const Route& route, const Visit& visit, Time now) {
    PageToRender page;
    page.scheme = visit.request.scheme;
    page.host = visit.origin.substr(visit.origin.find("://") + 3);
    page.language = route.language;
    page.path = route.path;
    page.page_number = number_of_page(visit.request.query);
    page.noindex = visit.host.noindex;
    page.design_mode = visit.preview;
    page.now = now;
    return page;
}

}  // namespace

Task<EntryPointer> Site::make_kept(
    std::string key, DressPointer dress, Route route, const Visit& visit
) {
    auto made = co_await make(*content_, *dress, route, visit);
    keep(key, made);
    co_return made;
}

Task<EntryPointer> Site::make(
    Content& content, const Dress& dress, const Route& route, const Visit& visit
) {
    auto fields = [&] { return file_fields(visit.manners()); };
    switch (route.kind) {
        case Route::Kind::robots:
            co_return entry(
                dress,
                200,
                "text/plain; charset=utf-8",
                fields(),
                robots_text(visit.origin, visit.host.noindex)
            );
        case Route::Kind::sitemap:
            co_return entry(
                dress,
                200,
                "application/xml",
                fields(),
                sitemap_xml(dress, visit.origin, visit.host.noindex)
            );
        default:
            co_return co_await make_page(content, dress, route, visit);
    }
}

Task<EntryPointer> Site::make_page(
    Content& content, const Dress& dress, const Route& route, const Visit& visit
) {
    auto page = frame_of(route, visit, runtime_.surroundings_.clock.now());
    bool found = true;
    if (route.kind == Route::Kind::search) {
        page.template_name = "search";
        page.title = dress.theme().text(route.language, "search.title");
        page.search = co_await search(content, route, visit.request.query);
    } else if (route.line) {
        page.template_name = route.line->template_name;
        page.title = route.line->title;
        page.published_at = route.line->published_at;
        // Withdrawn since the outline was read: gone, under the older number.
        if (auto read = co_await content.page(route.line->id, route.language))
            page.content = std::move(*read);
        else
            found = false;
    } else {
        found = false;
    }
    if (!found) {
        page.template_name = "404";
        page.title = dress.theme().text(route.language, "not_found.title");
        page.path = "/404";
    }
    runtime_.renders_.fetch_add(1);
    auto html = dress.render(page);
    auto manners = visit.manners();
    manners.noindex = page.is_hidden();
    auto fields = page_fields(manners);
    co_return entry(
        dress, found ? 200 : 404, "text/html; charset=utf-8", std::move(fields), std::move(html)
    );
}

EntryPointer Site::entry(
    const Dress& dress, unsigned status, std::string type, Fields fields, std::string body
) const {
    Entry::Description description{status, std::move(type), std::move(fields)};
    return std::make_shared<const Entry>(
        freshness_, dress.outline().generation, std::move(description), std::move(body)
    );
}

EntryPointer Site::asset_entry(const Asset& asset) const {
    auto made = std::make_shared<Entry>(
        freshness_, 0, Entry::Description{200, asset.content_type, asset_fields()}, *asset.content
    );
    made->by_hash = true;
    return made;
}

void Site::keep(const std::string& key, EntryPointer entry) {
    runtime_.cache_.put(key, entry);
    if (entry->worth_compressing()) runtime_.compressor_.add(key, entry);
}

}  // namespace luster::site
