// What a page says around the words that somebody looked for.
#pragma once

#include <string>
#include <string_view>

namespace luster::site {

// Around a found word in the text that search reads.
constexpr char mark_begin = '\x02', mark_end = '\x03';

// HTML: escaped, the found words in <mark>. It begins with the sentence of a found word, of those
// with the most of them after it, or between two words where that sentence is long; an ellipsis
// stands where a sentence is cut. Without a found word, the beginning of the text.
std::string excerpt_of(std::string_view marked);

}  // namespace luster::site
