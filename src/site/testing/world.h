// A site in memory with everything around it, served over real sockets.
#pragma once

#include "io/http/testing/client.h"
#include "io/s3/memory.h"
#include "site/one_site.h"
#include "site/runtime.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace luster::site::testing {

// What the organization's database would hold. Changed by the test, read by the runtime's loops.
struct FakeSite {
    std::mutex mutex;
    Outline outline;
    std::map<std::string, PageContent> contents;  // by language and path: "en /about"
    std::map<ThemeVersionId, std::vector<ThemeFile>> themes;
    std::function<void()> before_page;   // between the outline and the page's content
    std::chrono::milliseconds pause{0};  // of each read of a page
    std::atomic<bool> away = false;
    std::atomic<int> outline_reads = 0, page_reads = 0, generation_reads = 0, theme_reads = 0;

    // A page whose one section says `text`.
    void set_page(
        const std::string& path, const std::string& text, const std::string& language = "en"
    );
    void remove_page(const std::string& path);
    void hide_page(const std::string& path);  // by its own setting, from search engines
    // What a committed change does; tell the runtime by Runtime::raise.
    std::int64_t next_generation();
    void set_theme_file(const std::string& path, const std::string& content);  // a new version
};

// Made of a handful of files: enough to see what was rendered from what.
std::vector<ThemeFile> small_theme();
// A theme of the repository.
std::vector<ThemeFile> shipped_theme(const std::string& name);
// Fills a site with a theme's demo content: "content" or "empty".
void fill_with_demo(FakeSite& site, const std::string& theme, const std::string& kind = "content");

class FakeHosts : public Hosts {
public:
    std::optional<SiteHost> find(std::string_view host) override;
    void set(const std::string& host, SiteHost site);

private:
    std::mutex mutex_;
    std::map<std::string, SiteHost, std::less<>> sites_;
};

class FakePreviews : public Previews {
public:
    Task<std::optional<Opened>> open(OrgId organization, std::string token) override;
    Task<std::unique_ptr<Content>> content(OrgId organization, std::string cookie) override;
    std::vector<std::string> panel_origins() const override { return {"https://panel.test"}; }

    FakeSite drafts;
};

struct WorldSettings {
    RuntimeConfig runtime;
    std::size_t loops = 1;
    bool alone = false;  // as in a pod: acme.test is all that is served
};

// Two sites: acme.test (organization 7, at acme--preview.test also its preview) and other.test (8).
class World {
public:
    explicit World(WorldSettings settings = {});
    ~World();

    http::testing::Answer get(
        const std::string& target,
        const std::string& fields = {},
        const std::string& host = "acme.test"
    );
    // Renders and compresses, so that the next visitor finds everything.
    void warm(const std::string& target);
    // A change that was committed, and that the runtime has heard of as this host hears of it.
    void publish(const std::string& path, const std::string& text);
    void hear(std::int64_t generation);
    std::uint64_t metric(const std::string& name) const;
    std::uint64_t hits() const;

    FakeSite acme, other;
    FakeHosts hosts;
    FakePreviews previews;
    s3::MemoryBuckets buckets;
    std::atomic<int> reported = 0;
    std::atomic<std::uint64_t> recovered_after = 0;  // so many requests that met faults

private:
    bool alone_;
    static http::Config server_config();
    SystemClock clock_;

public:
    http::testing::RunningServer server;

private:
    WorkPool work_pool_{1, 100};

public:
    std::unique_ptr<Runtime> runtime;

private:
    OneSite one_site_;
};

// The two hosts of the runtime: what holds in one holds in the other.
struct InServer {
    static constexpr bool alone = false;
};
struct InPod {
    static constexpr bool alone = true;
};
template <class Host>
class WorldIn : public World {
public:
    explicit WorldIn(WorldSettings settings = {}) : World(placed(settings)) {}

private:
    static WorldSettings placed(WorldSettings settings) {
        settings.alone = Host::alone;
        return settings;
    }
};
#define SITE_TEST(sentence)                                                           \
    TEST_CASE_TEMPLATE(                                                               \
        sentence, Host, luster::site::testing::InServer, luster::site::testing::InPod \
    )

}  // namespace luster::site::testing
