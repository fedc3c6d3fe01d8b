// What a path of a site leads to. Pure.
#pragma once

#include "site/render.h"

#include <string>
#include <string_view>

namespace luster::site {

struct Route {
    enum class Kind : std::uint8_t { page, search, not_found, redirect, robots, sitemap, asset };

    Kind kind = Kind::not_found;
    std::string language;
    std::string path;                // without language, decoded
    const PageLine* line = nullptr;  // of a page; belongs to the outline
    std::string location;            // of a redirect
    std::string asset_hash, asset_name;
};

Route route_of(const Dress& dress, std::string_view path, std::string_view query);

}  // namespace luster::site
