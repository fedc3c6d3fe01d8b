#include "site/notices.h"

#include "base/crypto.h"
#include "site/render.h"

#include <fmt/core.h>

namespace luster::site {
namespace {

constexpr char sentences_en[] = {
#embed "messages/en.json"
};
constexpr char sentences_de[] = {
#embed "messages/de.json"
};

constexpr std::string_view style =
    ":root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;"
    "font:1.0625rem/1.6 system-ui,sans-serif}main{max-width:34rem;padding:2rem}"
    "h1{font-size:1.6rem;line-height:1.25;margin:0 0 .5rem}p{margin:0;opacity:.8}";

struct Kind {
    unsigned status;
    std::string_view key;
    int refresh_seconds;
};

Kind kind_of(Notice what) {
    switch (what) {
        case Notice::being_set_up:
            return {503, "site_being_set_up", 3};
        case Notice::unavailable:
            return {503, "site_unavailable", 60};
        case Notice::unknown:
            return {421, "site_unknown", 0};
        case Notice::no_file:
            return {404, "site_no_file", 0};
        case Notice::preview_over:
            return {403, "site_preview_over", 0};
        case Notice::method:
            return {405, "site_method", 0};
    }
    return {500, "site_unavailable", 0};
}

const std::string& style_hash() {
    static const auto hash = [] {
        auto digest = crypto::sha256(style);
        return crypto::base64({reinterpret_cast<const char*>(digest.data()), digest.size()});
    }();
    return hash;
}

}  // namespace

messages::Source sentences() {
    return {"site", {sentences_en, sizeof sentences_en}, {sentences_de, sizeof sentences_de}};
}

http::Response notice(Notice what, const http::Request& request) {
    auto kind = kind_of(what);
    auto language = accepted_language(request.headers.find("accept-language"));
    auto say = [&](std::string_view part) {
        return escape_html(messages::sentence(language, {fmt::format("{}_{}", kind.key, part), {}})
        );
    };
    auto title = say("title");
    auto refresh =
        kind.refresh_seconds
            ? fmt::format("<meta http-equiv=\"refresh\" content=\"{}\">", kind.refresh_seconds)
            : "";
    auto response = http::Response::html(
        kind.status,
        fmt::format(
            "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">"
            "<meta name=\"viewport\" content=\"width=device-width, "
            "initial-scale=1\">{}<title>{}</title>"
            "<style>{}</style></head><body><main><h1>{}</h1><p>{}</p></main></body></html>",
            tag_of(language),
            refresh,
            title,
            style,
            title,
            say("text")
        )
    );
    response.set("cache-control", "no-store")
        .set("x-content-type-options", "nosniff")
        .set("x-robots-tag", "noindex");
    response.set(
        "content-security-policy",
        "default-src 'none'; style-src 'sha256-" + style_hash() + "'; base-uri 'none'"
    );
    response.set("vary", "accept-language");
    if (kind.status == 503)
        response.set("retry-after", std::to_string(std::max(kind.refresh_seconds, 5)));
    if (kind.status == 405) response.set("allow", "GET, HEAD");
    return response;
}

}  // namespace luster::site
