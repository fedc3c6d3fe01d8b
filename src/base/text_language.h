// The languages of sites, by their tags. (Those that the product speaks: language.h)
#pragma once

#include <string_view>

namespace luster::text {

// "en", "pt-BR": two or three letters, then parts of letters and digits.
bool is_language_tag(std::string_view tag);

}  // namespace luster::text
