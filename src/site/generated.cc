#include "site/generated.h"

#include <fmt/core.h>

#include <iterator>

namespace luster::site {

// A site that is not to be found yet says so by X-Robots-Tag on every answer; a crawler has to be
// let in to read that.
std::string robots_text(const std::string& origin, bool hidden) {
    std::string text = "User-agent: *\nDisallow: /-/\n";
    return hidden ? text : text + "\nSitemap: " + origin + "/sitemap.xml\n";
}

std::string sitemap_xml(const Dress& dress, const std::string& origin, bool hidden) {
    auto& outline = dress.outline();
    auto address = [&](std::string_view path, std::string_view language) {
        return escape_html(origin + escape_path(localized(outline, path, language)));
    };
    std::string xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
        "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";
    for (auto& page : outline.pages) {
        if (hidden || page.noindex || !dress.speaks(page.language)) continue;
        xml += fmt::format(
            "<url><loc>{}</loc><lastmod>{}</lastmod>",
            address(page.path, page.language),
            to_rfc3339(page.changed_at)
        );
        for (auto& language : outline.languages) {
            auto* other = dress.find_page(language, page.path);
            if (language == page.language || !other || other->noindex) continue;
            xml += fmt::format(
                "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>",
                escape_html(language),
                address(page.path, language)
            );
        }
        xml += "</url>\n";
    }
    return xml + "</urlset>\n";
}

}  // namespace luster::site
