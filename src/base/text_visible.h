// What of a text can be seen. A line (a name, a title, an address) of characters that nobody sees,
// or that turn the text around them, misleads whoever reads it in a list.
#pragma once

#include <string_view>

namespace luster::text {

// Zero-width spaces, byte order marks, controls of direction but the two marks that scripts need,
// private use. The joiners stay: Persian, Hindi and emoji are written with them.
bool has_deceptive(std::string_view utf8);
// Whether anything but blanks and ignorable characters is there.
bool is_visible(std::string_view utf8);

}  // namespace luster::text
