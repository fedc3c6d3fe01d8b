#include "site/scene.h"

#include <fmt/core.h>

namespace luster::site {
namespace {

void meta(
    std::string& out, std::string_view kind, std::string_view name, std::string_view content
) {
    if (content.empty()) return;
    out += fmt::format("<meta {}=\"{}\" content=\"{}\">\n", kind, name, escape_html(content));
}

std::string address(const Scene& scene, std::string_view language) {
    return scene.origin() + escape_path(localized(scene.outline(), scene.page.path, language));
}

void append_languages(const Scene& scene, std::string& out) {
    auto& outline = scene.outline();
    for (auto& language : outline.languages) {
        if (!scene.dress.find_page(language, scene.page.path)) continue;
        out += fmt::format(
            "<link rel=\"alternate\" hreflang=\"{}\" href=\"{}\">\n",
            escape_html(language),
            address(scene, language)
        );
    }
    if (scene.dress.find_page(outline.language, scene.page.path)) {
        out += fmt::format(
            "<link rel=\"alternate\" hreflang=\"x-default\" href=\"{}\">\n",
            address(scene, outline.language)
        );
    }
}

}  // namespace

std::string content_for_header(const Scene& scene) {
    auto& page = scene.page;
    auto& name = scene.outline().name;
    bool exists = scene.dress.find_page(page.language, page.path) != nullptr;
    auto title = page.content.seo_title.empty() ? page.title : page.content.seo_title;
    std::string out = "<title>" + escape_html(title);
    if (title != name && !name.empty()) out += (title.empty() ? "" : " – ") + escape_html(name);
    out += "</title>\n";
    meta(out, "name", "description", page.content.seo_description);
    if (page.is_hidden() || page.design_mode || !exists) meta(out, "name", "robots", "noindex");
    if (page.design_mode) out += "<script src=\"/-/preview.js\" defer></script>\n";
    meta(out, "property", "og:title", title);
    meta(out, "property", "og:description", page.content.seo_description);
    meta(out, "property", "og:site_name", name);
    meta(out, "property", "og:type", "website");
    if (!exists) return out;
    meta(out, "property", "og:url", address(scene, page.language));
    out += fmt::format("<link rel=\"canonical\" href=\"{}\">\n", address(scene, page.language));
    if (scene.outline().languages.size() > 1) append_languages(scene, out);
    return out;
}

}  // namespace luster::site
