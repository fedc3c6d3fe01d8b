#include "search.h"

#include <algorithm>
#include <cstring>

namespace liquid {
namespace {
constexpr std::size_t NONE = std::string_view::npos;
// After so many places that began well and were none, the text is one made to be searched slowly.
constexpr int CANDIDATES_MAX = 16;
// Above this, memmem is a two-way search; below, it may compare the whole pattern at every place.
constexpr std::size_t SHORT_PATTERN = 256;

// Knuth, Morris and Pratt: a character of the text is never looked at again.
std::size_t find_linearly(std::string_view text, std::string_view wanted, std::size_t from) {
    std::uint16_t borders[SHORT_PATTERN];
    borders[0] = 0;
    std::size_t border = 0;
    for (std::size_t i = 1; i < wanted.size(); ++i) {
        while (border > 0 && wanted[i] != wanted[border]) border = borders[border - 1];
        if (wanted[i] == wanted[border]) ++border;
        borders[i] = static_cast<std::uint16_t>(border);
    }
    std::size_t matched = 0;
    for (std::size_t at = from; at < text.size(); ++at) {
        while (matched > 0 && text[at] != wanted[matched]) matched = borders[matched - 1];
        if (text[at] == wanted[matched]) ++matched;
        if (matched == wanted.size()) return at + 1 - matched;
    }
    return NONE;
}
}  // namespace

std::size_t find_text(std::string_view text, std::string_view wanted, std::size_t from) {
    if (from > text.size() || wanted.size() > text.size() - from) return NONE;
    if (wanted.empty()) return from;
    const char* begin = text.data();
    if (wanted.size() > SHORT_PATTERN) {
        const void* found =
            ::memmem(begin + from, text.size() - from, wanted.data(), wanted.size());
        return found == nullptr ? NONE
                                : static_cast<std::size_t>(static_cast<const char*>(found) - begin);
    }
    std::size_t last = text.size() - wanted.size();
    for (int candidates = 0; from <= last; ++from, ++candidates) {
        const void* first = std::memchr(begin + from, wanted[0], last - from + 1);
        if (first == nullptr) return NONE;
        from = static_cast<std::size_t>(static_cast<const char*>(first) - begin);
        if (begin[from + wanted.size() - 1] == wanted.back() &&
            std::memcmp(begin + from, wanted.data(), wanted.size()) == 0) {
            return from;
        }
        if (candidates == CANDIDATES_MAX) return find_linearly(text, wanted, from);
    }
    return NONE;
}

std::size_t find_last_text(std::string_view text, std::string_view wanted, Arena& scratch) {
    if (wanted.size() > text.size()) return NONE;
    if (wanted.empty()) return text.size();
    std::size_t at = text.size() - wanted.size() + 1;
    for (int candidates = 0; at > 0 && candidates <= CANDIDATES_MAX;) {
        if (text[--at] != wanted[0]) continue;
        if (std::memcmp(text.data() + at, wanted.data(), wanted.size()) == 0) return at;
        ++candidates;
    }
    if (at == 0) return NONE;
    // The first place in what is left, both turned around.
    text = text.substr(0, at + wanted.size() - 1);
    char* turned = scratch.text(text.size() + wanted.size());
    std::reverse_copy(text.begin(), text.end(), turned);
    std::reverse_copy(wanted.begin(), wanted.end(), turned + text.size());
    std::size_t found = find_text({turned, text.size()}, {turned + text.size(), wanted.size()});
    return found == NONE ? NONE : text.size() - found - wanted.size();
}

}  // namespace liquid
