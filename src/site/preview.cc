#include "site/preview.h"

#include "base/json.h"
#include "site/notices.h"

#include <fmt/core.h>

namespace luster::site {
namespace {

void never_kept(http::Response& response) {
    response.set("cache-control", "no-store")
        .set("referrer-policy", "no-referrer")
        .set("x-robots-tag", "noindex");
}

// In the panel's frame the preview is a third party: only a partitioned cookie comes through there.
std::string cookie_line(const Previews::Opened& opened) {
    return fmt::format(
        "{}={}; Path=/; Max-Age={}; Secure; HttpOnly; SameSite=None; Partitioned",
        preview_cookie,
        opened.cookie,
        opened.seconds
    );
}

// Tells the panel, and nobody else, which section was clicked; the preview itself leads nowhere. A
// section that draws nothing gets a strip with its name, whatever the theme.
http::Response script(const std::vector<std::string>& panel_origins) {
    auto origins = json::to_string(panel_origins);
    auto response = http::Response::text(
        200,
        "addEventListener('click', event => {\n"
        "    const section = event.target.closest('[data-section-id]');\n"
        "    if (!section) return;\n"
        "    event.preventDefault();\n"
        "    const message = { luster: 'preview', section: section.dataset.sectionId };\n"
        "    for (const origin of " +
            origins +
            ") parent.postMessage(message, origin);\n"
            "});\n"
            "const strips = new CSSStyleSheet();\n"
            "strips.replaceSync(`\n"
            "    [data-section-empty] { min-block-size: 3rem; display: grid; place-content: "
            "center; }\n"
            "    [data-section-empty] { outline: 1px dashed; outline-offset: -.5rem; cursor: "
            "pointer; }\n"
            "    [data-section-empty]::before { content: attr(data-section-empty); font-size: "
            ".875rem; }\n"
            "`);\n"
            "document.adoptedStyleSheets.push(strips);\n"
    );
    response.set("content-type", "text/javascript; charset=utf-8");
    never_kept(response);
    return response;
}

Task<http::Response> open(Previews& previews, const Visit& visit) {
    auto token = http::query_value(visit.request.query, "token");
    auto opened = co_await previews.open(visit.host.organization, token.value_or(""));
    if (!opened) co_return notice(Notice::preview_over, visit.request);
    bool inside = opened->path.starts_with('/') && !opened->path.starts_with("//");
    auto response = http::Response::redirect(303, inside ? opened->path : "/");
    response.set("set-cookie", cookie_line(*opened));
    never_kept(response);
    co_return response;
}

}  // namespace

Task<http::Response> preview(Previews& previews, Site& site, Visit visit) {
    visit.framed_by = previews.panel_origins();
    if (visit.request.path == preview_script) co_return script(visit.framed_by);
    if (visit.request.path == preview_opening) co_return co_await open(previews, visit);
    std::string value(http::cookie(visit.request, preview_cookie));
    std::unique_ptr<Content> content;
    if (!value.empty())
        content = co_await previews.content(visit.host.organization, std::move(value));
    if (!content) co_return notice(Notice::preview_over, visit.request);
    co_return co_await site.preview(visit, *content);
}

}  // namespace luster::site
