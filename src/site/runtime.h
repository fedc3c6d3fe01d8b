// The site runtime: host → page cache → render → answer, for all sites of the process (`luster
// serve`) or for one (`luster site`). What it promises (site.md, 4):
// - a page is served from memory only if it is of the organization's current generation, or the
//   database is away, or rendering fails;
// - one render a page at a time;
// - a hit costs a look-up and a write: no coroutine, no allocation.
#pragma once

#include "io/clock/clock.h"
#include "io/http/http.h"
#include "io/loop/loops.h"
#include "io/loop/work_pool.h"
#include "io/s3/buckets.h"
#include "site/cache.h"
#include "site/compressor.h"
#include "site/content.h"
#include "site/theme.h"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace luster::site {

class Home;
class Site;

struct RuntimeConfig {
    std::size_t cache_bytes_max = 256 * 1024 * 1024;
    std::chrono::minutes idle_max{15};  // an open site without a miss
    std::size_t open_sites_max = 500;   // a loop; beyond it the least recently used is closed
    std::uint16_t public_port = 0;      // of the sites' addresses, where it isn't the scheme's own
};

// What the runtime works with. All of it outlives the runtime.
struct Surroundings {
    Loops& loops;
    Clock& clock;
    WorkPool& work_pool;
    Hosts& hosts;
    OpenContent open_content;
    s3::Buckets* buckets = nullptr;  // null: no media here
    Previews* previews = nullptr;    // null: no previews here (a pod)
    // A fault that visitors didn't see as such: an old page, or a plain one, was shown.
    // With the request's id, which the visitor was told. Of those that many meet, the first.
    std::function<void(OrgId, std::string_view request, std::string_view fault)> report{};
    // A page could be shown afresh again, after so many requests that could not.
    std::function<void(OrgId, std::uint64_t requests)> recovered{};
};

class Runtime : public http::Handler {
public:
    Runtime(Surroundings surroundings, RuntimeConfig config);
    ~Runtime() override;  // after the loops have stopped

    bool try_now(const http::Request& request, http::Direct& out) noexcept override;
    Task<http::Response> handle(http::Request& request) override;

    // From any loop. A change that visitors see was committed under this generation.
    void raise(OrgId organization, std::int64_t generation);
    // A change may have been missed: every site reads its generation afresh before anything of it
    // is served from memory.
    void doubt() { doubts_.fetch_add(2); }
    // The same for one site. Whoever writes calls it between commit and answer: then nothing else
    // has to be in time.
    void doubt(OrgId organization);
    // As long as changes aren't heard of (no connection, or none yet), every visitor has the
    // generation read afresh.
    void deaf() { doubts_.fetch_or(1); }
    void hears() {
        deaf();
        doubts_.fetch_add(1);
    }
    // The site was removed or shut, its hosts or its `noindex` changed: forget what lies in memory.
    void close(OrgId organization);

    PageCache& cache() { return cache_; }
    void write_metrics(std::string& out) const;

private:
    friend class Site;
    std::shared_ptr<Freshness> freshness_of(OrgId organization);
    Task<http::Response> answer(http::Request& request, const SiteHost& host);
    Task<http::Response> at_home(Home& home, http::Request& request, SiteHost host);
    std::string port_suffix() const;

    Surroundings surroundings_;
    RuntimeConfig config_;
    TemplateShelf shelf_;
    PageCache cache_;
    Compressor compressor_;
    std::atomic<std::uint64_t> doubts_ = 0;
    std::vector<std::unique_ptr<Home>> homes_;  // one a loop
    std::mutex freshness_mutex_;
    std::unordered_map<OrgId, std::shared_ptr<Freshness>> freshness_;
    std::atomic<std::uint64_t> renders_ = 0, stale_served_ = 0, faults_ = 0;
};

}  // namespace luster::site
