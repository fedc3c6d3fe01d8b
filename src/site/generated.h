// robots.txt and sitemap.xml.
#pragma once

#include "site/render.h"

#include <string>

namespace luster::site {

// `hidden`: a site that search engines are to leave alone names no page to them.
std::string robots_text(const std::string& origin, bool hidden);
std::string sitemap_xml(const Dress& dress, const std::string& origin, bool hidden);

}  // namespace luster::site
