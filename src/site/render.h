// Renders pages of one site: theme and outline once dressed, then page by page. Pure but for the
// clock that it is given; what it throws (Fault) means that this page can't be shown.
#pragma once

#include "base/text_html.h"
#include "site/content.h"
#include "site/theme.h"

#include <liquid/environment.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace luster::site {

// The tags and filters of themes on top of the language's own. One for the process.
const liquid::Environment& theme_environment();

struct SearchAsked {
    std::string terms;
    bool performed = false;
    std::vector<Found> results;
};

// What one page is rendered from.
struct PageToRender {
    std::string scheme, host;  // "https", "acme.example:8443"
    std::string language;
    std::string path;  // without language
    std::string template_name;
    std::string title;
    std::optional<Time> published_at;
    PageContent content;
    SearchAsked search;
    std::uint32_t page_number = 1;
    bool noindex = false;  // of the whole site
    bool design_mode = false;
    Time now;
    bool is_hidden() const { return noindex || content.noindex; }
};

// A theme with a site's settings, for as long as the site's outline is the current one.
class Dress {
public:
    Dress(std::shared_ptr<Theme> theme, std::shared_ptr<const Outline> outline, std::string slug);

    std::string render(const PageToRender& page) const;

    const Outline& outline() const { return *outline_; }
    Theme& theme() const { return *theme_; }
    const boost::json::object& settings() const { return settings_; }
    const std::string& slug() const { return slug_; }
    // Files and rendered ones; null where there is none of that name.
    const Asset* asset(std::string_view name) const;
    const PageLine* find_page(std::string_view language, std::string_view path) const;
    bool speaks(std::string_view language) const;

private:
    std::shared_ptr<Theme> theme_;
    std::shared_ptr<const Outline> outline_;
    std::string slug_;
    boost::json::object settings_;
    std::vector<const PageLine*> by_address_;  // by language and path
    std::map<std::string, Asset, std::less<>> rendered_;
};

// Where a link leads who reads a language: "/de/about" for ("/about", "de") where German isn't the
// main language and has such a page, else where the page is. What is no path of this site comes
// back as it is.
std::string localized(const Outline& outline, std::string_view url, std::string_view language);
// Where the switch of languages leads: to the page's translation, else to that language's home, if
// it has one.
std::optional<std::string> switched(
    const Outline& outline, std::string_view path, std::string_view language
);
// Splits "/de/about" into language and path.
struct LanguagePath {
    std::string_view language;
    std::string path;
    bool redundant = false;  // named the main language
};
LanguagePath split_language(const Outline& outline, std::string_view path);

// A path for an address or a header: everything but unreserved characters and '/' escaped.
std::string escape_path(std::string_view path);

}  // namespace luster::site
