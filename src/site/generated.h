// robots.txt and sitemap.xml.
#pragma once

#include "site/render.h"

#include <string>

namespace luster::site {

std::string robots_text(const std::string& origin);
std::string sitemap_xml(const Dress& dress, const std::string& origin);

}  // namespace luster::site
