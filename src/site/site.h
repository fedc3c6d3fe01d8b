// One organization's site, open on its home loop: outline, theme and what is being rendered.
#pragma once

#include "site/cache.h"
#include "site/content.h"
#include "site/flights.h"
#include "site/headers.h"
#include "site/render.h"
#include "site/route.h"
#include "site/runtime.h"
#include "site/trouble.h"

#include <memory>
#include <string>
#include <vector>

namespace luster::site {

using EntryPointer = std::shared_ptr<const Entry>;
using DressPointer = std::shared_ptr<const Dress>;

// A visitor's request, as far as it decides what is shown.
struct Visit {
    const http::Request& request;
    const SiteHost& host;
    std::string origin;  // "https://acme.example:8443"
    bool preview = false;
    std::vector<std::string> framed_by;

    PageManners manners() const;
};

class Site : public std::enable_shared_from_this<Site> {
public:
    Site(
        Runtime& runtime,
        std::shared_ptr<Freshness> freshness,
        std::unique_ptr<Content> content,
        std::string slug
    );

    // Never throws for what a database or a theme can do: then an older page is shown, or a plain
    // one.
    Task<http::Response> answer(const Visit& visit);
    // With the content of a draft; nothing is kept.
    Task<http::Response> preview(const Visit& visit, Content& content);

    bool closed() const { return freshness_->closed(); }
    bool busy() const { return flights_.size() + dressing_.size() > 0; }

private:
    Task<http::Response> fresh_answer(const Visit& visit);
    void met_fault(const Visit& visit, std::string_view fault);
    void met_none();
    http::Response older_answer(const Visit& visit);
    http::Response asset_answer(const Visit& visit, const Dress& dress, const Route& route);

    // dressing.cc: outline and theme
    Task<DressPointer> current_dress();
    Task<DressPointer> dress_anew();
    Task<DressPointer> dressed(Content& content, Outline outline);
    Task<std::shared_ptr<Theme>> theme_of(Content& content, ThemeVersionId version);

    // making.cc: entries
    Task<EntryPointer> make_kept(
        std::string key, DressPointer dress, Route route, const Visit& visit
    );
    Task<EntryPointer> make(
        Content& content, const Dress& dress, const Route& route, const Visit& visit
    );
    Task<EntryPointer> make_page(
        Content& content, const Dress& dress, const Route& route, const Visit& visit
    );
    EntryPointer entry(
        const Dress& dress, unsigned status, std::string type, Fields fields, std::string body
    ) const;
    EntryPointer asset_entry(const Asset& asset) const;
    void keep(const std::string& key, EntryPointer entry);

    Runtime& runtime_;
    std::shared_ptr<Freshness> freshness_;
    std::unique_ptr<Content> content_;
    std::string slug_;
    DressPointer dress_;
    std::shared_ptr<Theme> theme_;
    ThemeVersionId theme_version_;
    Time away_until_;  // while the database is away it is asked once a second
    std::string away_because_;
    Trouble trouble_;
    Flights<EntryPointer> flights_;
    Flights<DressPointer> dressing_;
};

}  // namespace luster::site
