// Finds one text in another in linear time, whatever the two are made of.
#pragma once
#include "liquid/arena.h"

#include <cstdint>
#include <string_view>

namespace liquid {

// A search goes through so many bytes in a step, at its worst.
inline constexpr std::size_t SEARCHED_BYTES_PER_STEP = 16;

std::size_t find_text(std::string_view text, std::string_view wanted, std::size_t from = 0);
// The last place.
std::size_t find_last_text(std::string_view text, std::string_view wanted, Arena& scratch);

}  // namespace liquid
