// What a page is made of: sections with settings and blocks, as JSON in the form of Shopify's
// templates.
//
//   {"sections": {ID: {"type", "settings", "blocks": {ID: {"type", "settings"}}, "block_order":
//   [ID],
//                      "disabled": false}}, "order": [ID]}
#pragma once

#include "base/json.h"
#include "cms/themes/themes.h"

#include <string>

namespace luster::pages {

// Every fault with its pointer below `pointer`: shape, sizes, names, orders that name each id once.
void check_sections(json::Reader& reader, const json::Value& sections);

// Every fault against what the theme allows, in sections whose form is good. Content outlives
// themes: what stood in `before` (null: nothing) under the same ids and types is never refused.
void hold_to_theme(
    json::Reader& reader,
    const json::Value& sections,
    const json::Value& before,
    const themes::Rules& rules
);

}  // namespace luster::pages
