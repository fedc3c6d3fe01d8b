#include "site/runtime.h"

#include "site/media.h"
#include "site/notices.h"
#include "site/preview.h"
#include "site/site.h"

#include <fmt/core.h>

#include <iterator>
#include <list>

namespace luster::site {

// The sites that are open on one loop, most recently used first. Closing one frees its outline and
// its theme; its answers stay in the cache, and what still renders keeps itself.
class Home {
public:
    std::shared_ptr<Site> find(OrgId organization, Time now) {
        auto found = sites_.find(organization);
        if (found == sites_.end() || found->second.site->closed()) return nullptr;
        found->second.used_at = now;
        uses_.splice(uses_.begin(), uses_, found->second.use);
        return found->second.site;
    }
    void add(OrgId organization, std::shared_ptr<Site> site, Time now) {
        if (auto found = sites_.find(organization); found != sites_.end()) {
            uses_.erase(found->second.use);
            sites_.erase(found);
        }
        uses_.push_front(organization);
        sites_.emplace(organization, Open{std::move(site), now, uses_.begin()});
    }
    void close_idle(const RuntimeConfig& config, Time now) {
        while (!uses_.empty()) {
            auto last = sites_.find(uses_.back());
            bool idle = now - last->second.used_at > config.idle_max;
            if (!idle && sites_.size() <= config.open_sites_max) return;
            sites_.erase(last);
            uses_.pop_back();
        }
    }
    std::size_t size() const { return sites_.size(); }

private:
    struct Open {
        std::shared_ptr<Site> site;
        Time used_at;
        std::list<OrgId>::iterator use;
    };
    std::unordered_map<OrgId, Open> sites_;
    std::list<OrgId> uses_;
};

Runtime::Runtime(Surroundings surroundings, RuntimeConfig config)
    : surroundings_(std::move(surroundings)),
      config_(config),
      shelf_(theme_environment()),
      cache_(config.cache_bytes_max),
      compressor_(surroundings_.loops, surroundings_.work_pool, cache_) {
    for (std::size_t i = 0; i < surroundings_.loops.size(); ++i)
        homes_.push_back(std::make_unique<Home>());
}

Runtime::~Runtime() = default;

bool Runtime::try_now(const http::Request& request, http::Direct& out) noexcept {
    CacheKey key;
    if (!key.set(request)) return false;
    auto entry = cache_.find(key.text());
    if (!entry || !entry->is_current()) return false;
    out = Entry::answer(entry, request);
    return true;
}

Task<http::Response> Runtime::handle(http::Request& request) {
    auto host = surroundings_.hosts.find(request.host);
    if (!host) co_return notice(Notice::unknown, request);
    request.organization = host->organization;
    std::string fault;
    try {
        co_return co_await answer(request, *host);
    } catch (const std::exception& e) {
        fault = e.what();
    }
    faults_.fetch_add(1);
    if (surroundings_.report) surroundings_.report(host->organization, request.id, fault);
    co_return notice(Notice::unavailable, request);
}

Task<http::Response> Runtime::answer(http::Request& request, const SiteHost& host) {
    if (host.state == SiteHost::State::being_set_up)
        co_return notice(Notice::being_set_up, request);
    if (host.state == SiteHost::State::unavailable) co_return notice(Notice::unavailable, request);
    if (request.method != http::Method::get && request.method != http::Method::head) {
        co_return notice(Notice::method, request);
    }
    if (!host.address.empty()) {
        auto origin = std::string(request.scheme) + "://" + host.address + port_suffix();
        co_return http::Response::redirect(308, origin + std::string(request.target));
    }
    if (request.path.starts_with(media_prefix) && surroundings_.buckets) {
        co_return co_await media(*surroundings_.buckets, host.organization, request);
    }
    auto& loops = surroundings_.loops;
    auto index = loops.home(static_cast<std::uint64_t>(host.organization.value));
    co_return co_await on(loops.executor(index), at_home(*homes_[index], request, host));
}

Task<http::Response> Runtime::at_home(Home& home, http::Request& request, SiteHost host) {
    auto now = surroundings_.clock.now();
    auto site = home.find(host.organization, now);
    if (!site) {
        auto content = surroundings_.open_content(host.organization);
        auto freshness = freshness_of(host.organization);
        site = std::make_shared<Site>(*this, std::move(freshness), std::move(content), host.slug);
        home.add(host.organization, site, now);
    }
    home.close_idle(config_, now);
    Visit visit{
        request,
        host,
        std::string(request.scheme) + "://" + std::string(request.host) + port_suffix(),
        host.preview,
        {}
    };
    if (!host.preview) co_return co_await site->answer(visit);
    if (!surroundings_.previews) co_return notice(Notice::unknown, request);
    co_return co_await preview(*surroundings_.previews, *site, std::move(visit));
}

std::string Runtime::port_suffix() const {
    return config_.public_port ? ":" + std::to_string(config_.public_port) : "";
}

std::shared_ptr<Freshness> Runtime::freshness_of(OrgId organization) {
    std::lock_guard lock(freshness_mutex_);
    auto& freshness = freshness_[organization];
    if (!freshness) freshness = std::make_shared<Freshness>(organization, doubts_);
    return freshness;
}

void Runtime::raise(OrgId organization, std::int64_t generation) {
    std::lock_guard lock(freshness_mutex_);
    auto found = freshness_.find(organization);
    if (found != freshness_.end()) found->second->raise(generation);
}

void Runtime::doubt(OrgId organization) {
    std::lock_guard lock(freshness_mutex_);
    auto found = freshness_.find(organization);
    if (found != freshness_.end()) found->second->doubt();
}

void Runtime::close(OrgId organization) {
    std::lock_guard lock(freshness_mutex_);
    auto found = freshness_.find(organization);
    if (found == freshness_.end()) return;
    found->second->close();
    freshness_.erase(found);
}

void Runtime::write_metrics(std::string& out) const {
    auto write =
        [&](std::string_view name, std::string_view type, std::string_view help, std::uint64_t value
        ) {
            fmt::format_to(
                std::back_inserter(out),
                "# HELP {0} {1}\n# TYPE {0} {2}\n{0} {3}\n",
                name,
                help,
                type,
                value
            );
        };
    auto stats = cache_.stats();
    write("luster_site_cache_bytes", "gauge", "Bytes of complete answers in memory.", stats.bytes);
    write("luster_site_cache_entries", "gauge", "Complete answers in memory.", stats.entries);
    write(
        "luster_site_cache_evicted_total", "counter", "Answers driven out by others.", stats.evicted
    );
    write("luster_site_renders_total", "counter", "Pages rendered.", renders_);
    write(
        "luster_site_faults_total",
        "counter",
        "Requests that could not be answered afresh.",
        faults_
    );
    write("luster_site_older_total", "counter", "Older pages shown instead.", stale_served_);
}

}  // namespace luster::site
