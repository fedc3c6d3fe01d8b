// Finds one text in another in linear time, whatever the two are made of.
#pragma once
#include "liquid/arena.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace liquid {

// Up to here the plain search is at worst so many times slower, and usually faster.
inline constexpr std::size_t SHORT_NEEDLE = 16;

inline std::size_t find_text(std::string_view text, std::string_view wanted, std::size_t from = 0) {
    if (wanted.size() <= SHORT_NEEDLE) return text.find(wanted, from);
    if (from >= text.size()) return std::string_view::npos;
    // memmem is a two-way search.
    const void* found =
        ::memmem(text.data() + from, text.size() - from, wanted.data(), wanted.size());
    if (found == nullptr) return std::string_view::npos;
    return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

// The last place, by looking for the first one in both texts turned around.
inline std::size_t find_last_text(std::string_view text, std::string_view wanted, Arena& scratch) {
    if (wanted.size() <= SHORT_NEEDLE || wanted.size() > text.size()) return text.rfind(wanted);
    char* turned = scratch.text(text.size() + wanted.size());
    std::reverse_copy(text.begin(), text.end(), turned);
    std::reverse_copy(wanted.begin(), wanted.end(), turned + text.size());
    std::size_t found = find_text({turned, text.size()}, {turned + text.size(), wanted.size()});
    if (found == std::string_view::npos) return found;
    return text.size() - found - wanted.size();
}

}  // namespace liquid
