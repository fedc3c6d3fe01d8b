// Text as HTML shows it.
#pragma once

#include <string>
#include <string_view>

namespace luster {

// For an element's content and for an attribute's value in either kind of quotes.
std::string escape_html(std::string_view text);

}  // namespace luster
