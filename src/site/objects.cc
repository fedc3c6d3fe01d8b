// The objects of themes: site, page, request, menus, pages, search.
#include "site/scene.h"

#include <algorithm>

namespace luster::site {
namespace {

const liquid::Hash* frozen(const liquid::Hash* hash) {
    return hash;
}

const liquid::Time* time_of(liquid::Arena& arena, Time time) {
    return arena.make<liquid::Time>(liquid::Time{
        time.unix_us / 1'000'000, static_cast<std::int32_t>(time.unix_us % 1'000'000 * 1'000)
    });
}

liquid::Value page_value(Scene& scene, liquid::Arena& arena, const PageLine& line) {
    auto* page = arena.hash(5);
    page->set("title", line.title);
    page->set("path", line.path);
    page->set("url", arena.copy(localized(scene.outline(), line.path, line.language)));
    page->set("template", line.template_name);
    if (line.published_at) page->set("published_at", time_of(arena, *line.published_at));
    return frozen(page);
}

// pages['/about'].title and {% for page in pages %}: in the page's language; nothing is made before
// it is asked for.
class PagesDrop : public liquid::Drop {
public:
    explicit PagesDrop(Scene& scene) : scene_(scene) {}

    liquid::Value property(std::string_view name, liquid::Render& render) override {
        if (name == "size") return *size(render);  // no path: paths begin with a slash
        auto* line = scene_.dress.find_page(scene_.language(), name);
        return line ? page_value(scene_, render.arena(), *line) : liquid::Value();
    }
    const liquid::Array* items(
        liquid::Render& render, std::uint64_t from, std::optional<std::uint64_t> to
    ) override {
        auto* items = render.arena().array();
        std::uint64_t index = 0;
        for (auto& line : scene_.outline().pages) {
            if (line.language != scene_.language()) continue;
            if (to && index >= *to) break;
            if (index++ >= from) items->push(page_value(scene_, render.arena(), line));
        }
        return items;
    }
    std::optional<liquid::Value> size(liquid::Render&) override {
        return std::ranges::count(scene_.outline().pages, scene_.language(), &PageLine::language);
    }

private:
    Scene& scene_;
};

liquid::Value links_value(
    Scene& scene, liquid::Arena& arena, const std::vector<MenuLink>& links, int depth
) {
    auto* array = arena.array(links.size());
    constexpr int depth_max = 5;
    if (depth > depth_max) return static_cast<const liquid::Array*>(array);
    for (auto& link : links) {
        auto* made = arena.hash(4);
        made->set("title", link.title);
        made->set("url", arena.copy(localized(scene.outline(), link.url, scene.language())));
        made->set("active", link.url == scene.page.path);
        made->set("links", links_value(scene, arena, link.links, depth + 1));
        array->push(frozen(made));
    }
    return static_cast<const liquid::Array*>(array);
}

}  // namespace

liquid::Value site_object(Scene& scene, liquid::Arena& arena) {
    auto& outline = scene.outline();
    auto* languages = arena.array(outline.languages.size());
    for (auto& language : outline.languages) {
        if (switched(outline, scene.page.path, language)) languages->push(language);
    }
    auto* site = arena.hash(6);
    site->set("name", outline.name);
    site->set("url", arena.copy(scene.origin()));
    site->set("language", outline.language);
    site->set("languages", static_cast<const liquid::Array*>(languages));
    site->set("slug", scene.dress.slug());
    site->set("noindex", scene.page.noindex);
    return frozen(site);
}

liquid::Value page_object(Scene& scene, liquid::Arena& arena) {
    auto& shown = scene.page;
    auto* page = arena.hash(7);
    page->set("title", shown.title);
    page->set("path", shown.path);
    page->set("url", arena.copy(localized(scene.outline(), shown.path, shown.language)));
    page->set("template", shown.template_name);
    page->set("seo_title", shown.content.seo_title);
    page->set("seo_description", shown.content.seo_description);
    if (shown.published_at) page->set("published_at", time_of(arena, *shown.published_at));
    return frozen(page);
}

liquid::Value request_object(Scene& scene, liquid::Arena& arena) {
    auto* request = arena.hash(5);
    request->set("path", scene.page.path);
    request->set("host", scene.page.host);
    request->set("language", scene.language());
    request->set("design_mode", scene.page.design_mode);
    request->set("page_number", scene.page.page_number);
    return frozen(request);
}

// A menu that a language lacks is the main language's.
liquid::Value menus_object(Scene& scene, liquid::Arena& arena) {
    auto& outline = scene.outline();
    auto* menus = arena.hash(4);
    auto is_shown = [&](const Menu& menu) {
        if (menu.language == scene.language()) return true;
        auto is_own = [&](const Menu& other) {
            return other.name == menu.name && other.language == scene.language();
        };
        return menu.language == outline.language && std::ranges::none_of(outline.menus, is_own);
    };
    for (auto& menu : outline.menus) {
        if (!is_shown(menu)) continue;
        auto* made = arena.hash(1);
        made->set("links", links_value(scene, arena, menu.links, 1));
        menus->set(menu.name, frozen(made));
    }
    return frozen(menus);
}

liquid::Value pages_object(Scene& scene, liquid::Arena& arena) {
    return static_cast<liquid::Drop*>(arena.make<PagesDrop>(scene));
}

liquid::Value search_object(Scene& scene, liquid::Arena& arena) {
    auto& asked = scene.page.search;
    auto* results = arena.array(static_cast<std::int64_t>(asked.results.size()));
    for (auto& found : asked.results) {
        auto* result = arena.hash(3);
        result->set("title", found.title);
        result->set("url", arena.copy(localized(scene.outline(), found.path, scene.language())));
        result->set("excerpt", found.excerpt);
        results->push(frozen(result));
    }
    auto* search = arena.hash(4);
    search->set("terms", asked.terms);
    search->set("performed", asked.performed);
    search->set("results", static_cast<const liquid::Array*>(results));
    search->set("results_count", static_cast<std::int64_t>(asked.results.size()));
    return frozen(search);
}

}  // namespace luster::site
