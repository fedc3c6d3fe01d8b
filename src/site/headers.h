// What a site's answers say beside their content.
#pragma once

#include "site/entry.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace luster::site {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct PageManners {
    bool secure = false;  // https
    bool noindex = false;
    bool preview = false;
    std::vector<std::string> framed_by;  // origins that may frame a preview
};
Fields page_fields(const PageManners& manners);
Fields asset_fields();
Fields file_fields(const PageManners& manners);  // robots.txt, sitemap.xml
// For uploaded files: whatever is in them, it may do nothing.
Fields media_fields();

}  // namespace luster::site
