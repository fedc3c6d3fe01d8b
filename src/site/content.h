// What the site runtime reads, and nothing else: an organization's published content and its theme.
// The reading is done as the theme role; a preview reads the same with a draft in one place. A
// fault (database away) is an exception; the runtime then shows what it has.
#pragma once

#include "base/ids.h"
#include "base/time.h"
#include "io/loop/task.h"

#include <boost/json/value.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace luster::site {

// One published page in one language, without its content.
struct PageLine {
    PageId id;
    std::string language;  // "de"
    std::string path;      // without language: "/", "/about/team"
    std::string title;
    std::string template_name;  // "home", "page"
    std::optional<Time> published_at;
    Time changed_at;
    bool noindex = false;  // kept out of search engines by its own setting
};

struct MenuLink {
    std::string title;
    std::string url;  // "/about" (a path of this site, without language) or an address elsewhere
    std::vector<MenuLink> links;
};
struct Menu {
    std::string name;  // "main", "footer"
    std::string language;
    std::vector<MenuLink> links;
};

// What every page of a site needs; small, and kept as long as its generation is the current one.
struct Outline {
    std::int64_t generation = 0;  // read before all the rest
    std::string name;
    std::string language;                // the main one
    std::vector<std::string> languages;  // the main one too
    std::string time_zone = "UTC";
    ThemeVersionId theme;
    boost::json::object theme_settings;  // over the theme's own `current`, "sections" among them
    std::vector<Menu> menus;
    std::vector<PageLine> pages;  // at most pages_max, by path
};
constexpr std::size_t pages_max = 10'000;

struct PageContent {
    boost::json::object
        sections;  // {"sections": {ID: {type, settings, blocks, block_order}}, "order": [ID]}
    std::string seo_title;
    std::string seo_description;
    bool noindex = false;
};

struct ThemeFile {
    std::string path;  // "sections/hero.liquid"
    std::string content;
};

struct Found {
    std::string title;
    std::string path;
    std::string excerpt;  // HTML of our making: escaped, the found words in <mark>
};

class Content {
public:
    virtual ~Content() = default;
    virtual Task<std::int64_t> generation() = 0;
    virtual Task<Outline> outline() = 0;
    virtual Task<std::optional<PageContent>> page(PageId id, std::string language) = 0;
    // Every file of an immutable version.
    virtual Task<std::vector<ThemeFile>> theme(ThemeVersionId version) = 0;
    virtual Task<std::vector<Found>> search(
        std::string language, std::string terms, std::size_t limit
    ) = 0;
};

// Opens the content of an organization, on the loop where it is going to be used.
using OpenContent = std::function<std::unique_ptr<Content>(OrgId)>;

// Which site a host name belongs to; answered from memory, on any loop.
struct SiteHost {
    // A newborn is shown as soon as it can be: until then it is being set up.
    enum class State { live, newborn, being_set_up, unavailable };

    OrgId organization;
    std::string slug;
    State state = State::live;
    bool noindex = false;  // the owner's address is not verified yet
    bool preview = false;  // {slug}--preview
    std::string address;   // the site's own host where this one only leads to it, else empty
};
class Hosts {
public:
    virtual ~Hosts() = default;
    virtual std::optional<SiteHost> find(std::string_view host) = 0;
};

// Previews: a signed token opens one, and is exchanged once for a cookie.
class Previews {
public:
    struct Opened {
        std::string cookie;  // its value
        std::string path;    // where to look first, "/de/about"
        std::int64_t seconds = 0;
    };
    virtual ~Previews() = default;
    // Nothing where the token is wrong, used or too old.
    virtual Task<std::optional<Opened>> open(OrgId organization, std::string token) = 0;
    // Null where the cookie is no longer good.
    virtual Task<std::unique_ptr<Content>> content(OrgId organization, std::string cookie) = 0;
    virtual std::vector<std::string> panel_origins() const = 0;  // who may frame a preview
};

}  // namespace luster::site
