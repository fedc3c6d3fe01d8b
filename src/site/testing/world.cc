#include "site/testing/world.h"

#include "base/messages.h"
#include "io/loop/event.h"
#include "site/notices.h"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>

namespace luster::site::testing {
namespace {

namespace json = boost::json;

const OrgId acme_id{7};
const OrgId other_id{8};

PageId page_id(std::size_t number) {
    PageId id;
    id.uuid.bytes[15] = static_cast<std::uint8_t>(number);
    id.uuid.bytes[14] = static_cast<std::uint8_t>(number >> 8);
    return id;
}

class FakeContent : public Content {
public:
    explicit FakeContent(FakeSite& site) : site_(site) {}

    Task<std::int64_t> generation() override {
        ++site_.generation_reads;
        check();
        std::lock_guard lock(site_.mutex);
        co_return site_.outline.generation;
    }
    Task<Outline> outline() override {
        ++site_.outline_reads;
        check();
        std::lock_guard lock(site_.mutex);
        co_return site_.outline;
    }
    Task<std::optional<PageContent>> page(PageId id, std::string language) override {
        ++site_.page_reads;
        check();
        if (site_.before_page) site_.before_page();
        std::optional<PageContent> found;
        {
            std::lock_guard lock(site_.mutex);
            for (auto& line : site_.outline.pages) {
                if (line.id == id && line.language == language)
                    found = site_.contents[language + " " + line.path];
            }
        }
        if (site_.pause.count()) co_await Event().wait_for(site_.pause);
        co_return found;
    }
    Task<std::vector<ThemeFile>> theme(ThemeVersionId version) override {
        ++site_.theme_reads;
        check();
        std::lock_guard lock(site_.mutex);
        co_return site_.themes.at(version);
    }
    Task<std::vector<Found>> search(std::string language, std::string terms, std::size_t limit)
        override {
        check();
        std::lock_guard lock(site_.mutex);
        std::vector<Found> found;
        for (auto& line : site_.outline.pages) {
            bool fits =
                line.language == language && line.title.contains(terms) && found.size() < limit;
            if (fits) found.push_back({line.title, line.path, "about " + terms});
        }
        co_return found;
    }

private:
    void check() const {
        if (site_.away) throw Fault("the database is away");
    }
    FakeSite& site_;
};

std::string file_text(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<MenuLink> links_of(const json::value& list) {
    std::vector<MenuLink> links;
    for (auto& item : list.as_array()) {
        auto& link = item.as_object();
        links.push_back(
            {std::string(link.at("title").as_string()), std::string(link.at("page").as_string()), {}
            }
        );
    }
    return links;
}

json::object one_section(const std::string& text) {
    return {
        {"sections",
         json::object{
             {"main", json::object{{"type", "text"}, {"settings", json::object{{"text", text}}}}}
         }},
        {"order", json::array{"main"}}
    };
}

}  // namespace

void FakeSite::set_page(
    const std::string& path, const std::string& text, const std::string& language
) {
    std::lock_guard lock(mutex);
    contents[language + " " + path] = PageContent{one_section(text), "", "", false};
    auto& pages = outline.pages;
    auto same = [&](auto& line) { return line.path == path && line.language == language; };
    if (std::ranges::any_of(pages, same)) return;
    auto sibling = std::ranges::find(pages, path, &PageLine::path);
    auto id = sibling != pages.end() ? sibling->id : page_id(pages.size() + 1);
    auto name = path == "/" ? "home" : "page";
    pages.push_back(
        {id,
         language,
         path,
         "Title of " + path,
         name,
         Time{1'780'000'000'000'000},
         Time{1'780'000'000'000'000},
         false}
    );
}

void FakeSite::hide_page(const std::string& path) {
    std::lock_guard lock(mutex);
    for (auto& line : outline.pages) {
        if (line.path != path) continue;
        line.noindex = true;
        contents[line.language + " " + path].noindex = true;
    }
}

void FakeSite::remove_page(const std::string& path) {
    std::lock_guard lock(mutex);
    std::erase_if(outline.pages, [&](auto& line) { return line.path == path; });
}

std::int64_t FakeSite::next_generation() {
    std::lock_guard lock(mutex);
    return ++outline.generation;
}

void FakeSite::set_theme_file(const std::string& path, const std::string& content) {
    std::lock_guard lock(mutex);
    auto files = themes[outline.theme];
    auto found = std::ranges::find(files, path, &ThemeFile::path);
    if (found != files.end())
        found->content = content;
    else
        files.push_back({path, content});
    outline.theme.uuid.bytes[0]++;
    themes[outline.theme] = std::move(files);
}

std::vector<ThemeFile> small_theme() {
    return {
        {"layout/theme.liquid",
         "<html lang=\"{{ request.language }}\"><head>{{ 'settings.css' | asset_url | "
         "stylesheet_tag }}"
         "{{ content_for_header }}</head><body>{% section 'header' %}{{ content_for_layout "
         "}}</body></html>"},
        {"sections/header.liquid",
         "<header>{{ site.name }}{{ section.settings.tail }}</header>"
         R"({% schema %}{"settings":[{"type":"text","id":"tail"}]}{% endschema %})"},
        {"sections/text.liquid",
         "<p>{{ section.settings.text }}</p>{% schema "
         "%}{\"settings\":[{\"id\":\"text\",\"default\":\"nothing\"}]}{% endschema %}"},
        {"sections/results.liquid",
         "<p>{{ search.terms | escape }}: {{ search.results_count }}</p>{% for r in search.results "
         "%}<a href=\"{{ r.url }}\">{{ r.title }}</a>{% endfor %}"},
        {"templates/404.json",
         R"({"sections":{"m":{"type":"text","settings":{"text":"lost"}}},"order":["m"]})"},
        {"templates/search.json", R"({"sections":{"m":{"type":"results"}},"order":["m"]})"},
        {"assets/settings.css.liquid", "body { color: {{ settings.color }} }"},
        {"assets/app.js",
         "console.log('a file of the theme that is long enough to be worth compressing'); " +
             std::string(400, ' ')},
        {"assets/picture.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>"},
        {"config/settings_schema.json", R"([{"settings":[{"id":"color","default":"black"}]}])"},
        {"config/settings_data.json",
         R"({"current":{"sections":{"header":{"type":"header","settings":{"tail":"!"}}}}})"},
        {"locales/en.json",
         R"({"search":{"title":"Search"},"not_found":{"title":"Not here"},"greeting":"Hello {{ name }}"})"
        },
        {"locales/de.json", R"({"search":{"title":"Suche"}})"},
    };
}

std::vector<ThemeFile> shipped_theme(const std::string& name) {
    std::filesystem::path folder = std::filesystem::path(LUSTER_SOURCE_DIR) / "themes" / name;
    std::vector<ThemeFile> files;
    for (auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        auto path = std::filesystem::relative(entry.path(), folder).string();
        if (entry.is_regular_file() && !path.starts_with("demo/"))
            files.push_back({path, file_text(entry.path())});
    }
    std::ranges::sort(files, {}, &ThemeFile::path);
    return files;
}

void fill_with_demo(FakeSite& site, const std::string& theme, const std::string& kind) {
    std::filesystem::path folder =
        std::filesystem::path(LUSTER_SOURCE_DIR) / "themes" / theme / "demo";
    std::lock_guard lock(site.mutex);
    auto& outline = site.outline;
    outline.pages.clear();
    outline.menus.clear();
    outline.languages = {"en", "de"};
    site.themes[outline.theme] = shipped_theme(theme);
    for (auto& language : outline.languages) {
        auto demo = json::parse(file_text(folder / (kind + "." + language + ".json"))).as_object();
        outline.name = demo.at("site_name").as_string();
        for (auto& [name, links] : demo.at("menus").as_object()) {
            outline.menus.push_back({std::string(name), language, links_of(links)});
        }
        std::size_t number = 0;
        for (auto& item : demo.at("pages").as_array()) {
            auto& page = item.as_object();
            auto text = [&](const char* key) { return std::string(page.at(key).as_string()); };
            Time published{1'780'000'000'000'000};
            outline.pages.push_back(
                {page_id(++number),
                 language,
                 text("path"),
                 text("title"),
                 text("template"),
                 published,
                 published,
                 false}
            );
            auto& seo = page.at("seo").as_object();
            site.contents[language + " " + text("path")] = PageContent{
                page.at("sections").as_object(),
                std::string(seo.at("title").as_string()),
                std::string(seo.at("description").as_string()),
                false
            };
        }
    }
    std::ranges::sort(outline.pages, {}, &PageLine::path);
}

std::optional<SiteHost> FakeHosts::find(std::string_view host) {
    std::lock_guard lock(mutex_);
    auto found = sites_.find(host);
    return found == sites_.end() ? std::nullopt : std::optional(found->second);
}

void FakeHosts::set(const std::string& host, SiteHost site) {
    std::lock_guard lock(mutex_);
    sites_[host] = std::move(site);
}

Task<std::optional<Previews::Opened>> FakePreviews::open(OrgId, std::string token) {
    if (token != "good") co_return std::nullopt;
    co_return Opened{"secret", "/draft", 600};
}

Task<std::unique_ptr<Content>> FakePreviews::content(OrgId, std::string cookie) {
    if (cookie != "secret") co_return nullptr;
    co_return std::make_unique<FakeContent>(drafts);
}

http::Config World::server_config() {
    http::Config config;
    config.trusted_proxies = {"127.0.0.1"};
    return config;
}

World::World(WorldSettings settings)
    : buckets(clock_),
      alone_(settings.alone),
      server(server_config(), settings.loops),
      one_site_(acme_id, "acme", {"acme.test", "www.acme.test"}, false) {
    const messages::Source sources[] = {sentences()};
    messages::install(sources);
    for (auto* site : {&acme, &other, &previews.drafts}) {
        site->outline.generation = 1;
        site->outline.name = site == &other ? "Other" : "Acme";
        site->outline.language = "en";
        site->outline.languages = {"en", "de"};
        site->themes[site->outline.theme] = small_theme();
        site->set_page("/", "home");
        site->set_page("/about", "about");
        site->set_page("/about", "über uns", "de");
    }
    hosts.set("acme.test", {.organization = acme_id, .slug = "acme", .address = {}});
    hosts.set(
        "acme--preview.test",
        {.organization = acme_id, .slug = "acme", .preview = true, .address = {}}
    );
    hosts.set("other.test", {.organization = other_id, .slug = "other", .address = {}});
    Surroundings surroundings{
        .loops = server.loops,
        .clock = clock_,
        .work_pool = work_pool_,
        .hosts = alone_ ? static_cast<Hosts&>(one_site_) : hosts,
        .open_content = [this](OrgId id
                        ) { return std::make_unique<FakeContent>(id == acme_id ? acme : other); },
        .buckets = &buckets,
        .previews = alone_ ? nullptr : &previews,
        .report = [this](OrgId, std::string_view, std::string_view) { ++reported; },
        .recovered = [this](OrgId, std::uint64_t requests) { recovered_after += requests; },
    };
    runtime = std::make_unique<Runtime>(std::move(surroundings), settings.runtime);
    server.handler.direct = [this](const http::Request& request, http::Direct& out) {
        return runtime->try_now(request, out);
    };
    server.handler.answer = [this](http::Request& request) { return runtime->handle(request); };
}

World::~World() {
    server.drain(std::chrono::seconds(5));
    // What the pool still works on comes back to a loop: that has to be there.
    http::testing::comes_true([] {
        return std::ranges::none_of(spawned(), [](auto& task) {
            return task.first == "site compress" && task.second > 0;
        });
    });
}

http::testing::Answer World::get(
    const std::string& target, const std::string& fields, const std::string& host
) {
    http::testing::Client client(server.port());
    client.send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n");
    return client.receive();
}

void World::warm(const std::string& target) {
    auto plain = get(target);
    http::testing::comes_true([&] {
        return get(target, "Accept-Encoding: br\r\n").header("content-encoding") == "br";
    });
}

void World::publish(const std::string& path, const std::string& text) {
    acme.set_page(path, text);
    hear(acme.next_generation());
}

// A pod is told that there is something new, not what.
void World::hear(std::int64_t generation) {
    if (alone_)
        runtime->doubt();
    else
        runtime->raise(acme_id, generation);
}

std::uint64_t World::metric(const std::string& name) const {
    std::string text = "\n";
    runtime->write_metrics(text);
    auto at = text.find("\n" + name + " ");
    return at == text.npos ? 0 : std::stoull(text.substr(at + name.size() + 2));
}

std::uint64_t World::hits() const {
    auto text = server.metrics();
    auto name = std::string("\nluster_http_hits_total ");
    return std::stoull(text.substr(text.find(name) + name.size()));
}

}  // namespace luster::site::testing
