#include "site/route.h"

#include "io/http/http.h"

namespace luster::site {
namespace {

Route redirect(std::string location, std::string_view query) {
    Route route;
    route.kind = Route::Kind::redirect;
    route.location = std::move(location);
    if (!query.empty()) route.location.append("?").append(query);
    return route;
}

// "/assets/{hash}/{name}"
Route asset_route(std::string_view path) {
    Route route;
    path.remove_prefix(std::string_view("/assets/").size());
    auto slash = path.find('/');
    if (slash == path.npos) return route;
    route.kind = Route::Kind::asset;
    route.asset_hash = path.substr(0, slash);
    route.asset_name = path.substr(slash + 1);
    return route;
}

}  // namespace

Route route_of(const Dress& dress, std::string_view path, std::string_view query) {
    Route nowhere;
    nowhere.language = dress.outline().language;
    nowhere.path = path;
    auto decoded = http::percent_decoded(path);
    // "//elsewhere.example" in a Location would lead away.
    if (!decoded || decoded->starts_with("//")) return nowhere;
    if (path.starts_with("/assets/")) {
        auto route = asset_route(*decoded);
        route.language = nowhere.language;
        return route;
    }
    // One page, one address: else it could be asked for in any number of spellings, each to be
    // rendered.
    auto canonical = escape_path(*decoded);
    while (canonical.size() > 1 && canonical.ends_with('/')) canonical.pop_back();
    if (canonical != path) return redirect(canonical, query);
    auto [language, rest, redundant] = split_language(dress.outline(), *decoded);
    if (redundant) return redirect(escape_path(rest), query);

    Route route;
    route.language = language;
    route.path = rest;
    if (*decoded == "/robots.txt")
        route.kind = Route::Kind::robots;
    else if (*decoded == "/sitemap.xml")
        route.kind = Route::Kind::sitemap;
    else if (rest == "/search")
        route.kind = Route::Kind::search;
    else if ((route.line = dress.find_page(language, rest)))
        route.kind = Route::Kind::page;
    return route;
}

}  // namespace luster::site
