#include "site/headers.h"

namespace luster::site {
namespace {

constexpr std::string_view policy =
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src "
    "'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors ";

std::string framers(const PageManners& manners) {
    if (!manners.preview || manners.framed_by.empty()) return "'none'";
    std::string list;
    for (auto& origin : manners.framed_by) list += (list.empty() ? "" : " ") + origin;
    return list;
}

void add_common(Fields& fields, const PageManners& manners) {
    // Kept by browsers and CDNs, but asked for each time: an answer of 304 costs next to nothing.
    fields.emplace_back("cache-control", manners.preview ? "no-store" : "no-cache");
    fields.emplace_back("x-content-type-options", "nosniff");
    if (manners.noindex || manners.preview) fields.emplace_back("x-robots-tag", "noindex");
    if (manners.secure) fields.emplace_back("strict-transport-security", "max-age=31536000");
}

}  // namespace

Fields page_fields(const PageManners& manners) {
    Fields fields;
    add_common(fields, manners);
    fields.emplace_back("content-security-policy", std::string(policy) + framers(manners));
    fields.emplace_back(
        "referrer-policy", manners.preview ? "no-referrer" : "strict-origin-when-cross-origin"
    );
    fields.emplace_back(
        "permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(self)"
    );
    fields.emplace_back("cross-origin-opener-policy", "same-origin");
    return fields;
}

Fields asset_fields() {
    return {
        {"cache-control", "public, max-age=31536000, immutable"},
        {"x-content-type-options", "nosniff"},
        // An SVG is a document, too, when it is opened by itself.
        {"content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"},
    };
}

Fields file_fields(const PageManners& manners) {
    Fields fields;
    add_common(fields, manners);
    return fields;
}

Fields media_fields() {
    return {
        {"cache-control", "public, max-age=3600"},
        {"x-content-type-options", "nosniff"},
        {"content-security-policy",
         "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; sandbox"},
        {"cross-origin-resource-policy", "same-site"},
    };
}

}  // namespace luster::site
