// What a page is made of: sections with settings and blocks, as JSON in the form of Shopify's
// templates.
//
//   {"sections": {ID: {"type", "settings", "blocks": {ID: {"type", "settings"}}, "block_order":
//   [ID],
//                      "disabled": false}}, "order": [ID]}
#pragma once

#include "base/json.h"

#include <string>

namespace luster::pages {

// Every fault with its pointer below `pointer`: shape, sizes, names, orders that name each id once.
// Whether a theme knows a type is the theme's matter: content outlives themes.
void check_sections(json::Reader& reader, const json::Value& sections);

}  // namespace luster::pages
