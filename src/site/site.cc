#include "site/site.h"

#include "base/result.h"
#include "site/notices.h"

namespace luster::site {
namespace {

http::Response ready(const EntryPointer& entry, const Visit& visit) {
    http::Response response;
    response.direct = Entry::answer(entry, visit.request);
    response.status = response.direct->status;
    return response;
}

// What is one page's address today may be another's tomorrow: browsers ask again.
http::Response moved(unsigned status, const std::string& location) {
    auto response = http::Response::redirect(status, location);
    response.set("cache-control", "no-cache");
    return response;
}

// Where the answer to a route lies. Pages that don't exist share one answer a language: else
// whoever asks for nonsense drives the pages out.
bool key_of(const Route& route, const Visit& visit, CacheKey& key) {
    auto& request = visit.request;
    if (route.kind == Route::Kind::not_found) {
        return key.set(request.scheme, request.host, "!404 " + route.language, {});
    }
    if (route.kind == Route::Kind::search && has_parameter(request.query, "q")) return false;
    return key.set(request.scheme, request.host, request.path, page_number(request.query));
}

}  // namespace

PageManners Visit::manners() const {
    return {
        .secure = request.scheme == "https",
        .noindex = host.noindex,
        .preview = preview,
        .framed_by = framed_by
    };
}

Site::Site(
    Runtime& runtime,
    std::shared_ptr<Freshness> freshness,
    std::unique_ptr<Content> content,
    std::string slug
)
    : runtime_(runtime),
      freshness_(std::move(freshness)),
      content_(std::move(content)),
      slug_(std::move(slug)) {}

Task<http::Response> Site::answer(const Visit& visit) {
    auto self = shared_from_this();
    std::string fault;
    try {
        auto response = co_await fresh_answer(visit);
        met_none();
        co_return response;
    } catch (const std::exception& e) {
        fault = e.what();
    }
    if (visit.host.state == SiteHost::State::newborn)
        co_return notice(Notice::being_set_up, visit.request);
    met_fault(visit, fault);
    auto response = older_answer(visit);
    co_return response;
}

// Every visitor meets a database that is away: the log hears of the first.
void Site::met_fault(const Visit& visit, std::string_view fault) {
    runtime_.faults_.fetch_add(1);
    auto& around = runtime_.surroundings_;
    if (trouble_.met(around.clock.now()) && around.report)
        around.report(freshness_->organization, visit.request.id, fault);
}

void Site::met_none() {
    auto& around = runtime_.surroundings_;
    if (auto requests = trouble_.ended(); requests && around.recovered)
        around.recovered(freshness_->organization, requests);
}

Task<http::Response> Site::fresh_answer(const Visit& visit) {
    // A render that was begun before we asked may show what was before a change: then once more.
    for (int attempt = 0;; ++attempt) {
        auto dress = co_await current_dress();
        auto route = route_of(*dress, visit.request.path, visit.request.query);
        if (route.kind == Route::Kind::redirect) co_return moved(308, route.location);
        if (route.kind == Route::Kind::asset) co_return asset_answer(visit, *dress, route);
        CacheKey key;
        if (!key_of(route, visit, key))
            co_return ready(co_await make(*content_, *dress, route, visit), visit);
        auto generation = dress->outline().generation;
        auto kept = runtime_.cache_.find(key.text());
        if (kept && kept->is_of(generation)) co_return ready(kept, visit);
        std::string name(key.text());
        auto landed =
            co_await flights_.join(name, [&] { return make_kept(name, dress, route, visit); });
        constexpr int attempts_max = 3;
        if (!landed.joined || landed.value->is_of(generation) || attempt == attempts_max) {
            co_return ready(landed.value, visit);
        }
    }
}

// The database is away, or rendering fails: what was true lately is better than nothing.
http::Response Site::older_answer(const Visit& visit) {
    CacheKey key;
    if (key.set(visit.request)) {
        auto kept = runtime_.cache_.find(key.text());
        if (kept && !freshness_->closed()) {
            runtime_.stale_served_.fetch_add(1);
            return ready(kept, visit);
        }
    }
    return notice(Notice::unavailable, visit.request);
}

http::Response Site::asset_answer(const Visit& visit, const Dress& dress, const Route& route) {
    auto* asset = dress.asset(route.asset_name);
    if (!asset) return http::Response::text(404, "").set("cache-control", "no-store");
    auto made = asset_entry(*asset);
    CacheKey key;
    if (asset->hash == route.asset_hash) {
        if (!visit.preview && key.set(visit.request)) keep(std::string(key.text()), made);
        return ready(made, visit);
    }
    // An older page asks for its older file: this one is the nearest, but not under that name for
    // ever.
    auto response = http::Response::text(200, *asset->content);
    response.set("content-type", asset->content_type).set("cache-control", "no-store");
    return response.set("x-content-type-options", "nosniff");
}

Task<http::Response> Site::preview(const Visit& visit, Content& content) {
    auto self = shared_from_this();
    auto dress = co_await dressed(content, co_await content.outline());
    auto route = route_of(*dress, visit.request.path, visit.request.query);
    if (route.kind == Route::Kind::redirect) co_return moved(307, route.location);
    if (route.kind == Route::Kind::asset) co_return asset_answer(visit, *dress, route);
    co_return ready(co_await make(content, *dress, route, visit), visit);
}

}  // namespace luster::site
