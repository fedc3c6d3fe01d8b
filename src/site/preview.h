// Previews: a token is exchanged once for a cookie; with it, drafts are shown.
#pragma once

#include "site/site.h"

namespace luster::site {

constexpr std::string_view preview_opening = "/-/preview";
constexpr std::string_view preview_script = "/-/preview.js";
constexpr std::string_view preview_cookie = "__Host-luster_preview";

Task<http::Response> preview(Previews& previews, Site& site, Visit visit);

}  // namespace luster::site
