#pragma once
#include "tool/lines.h"

#include <cstddef>

namespace liquid::tool {

// Set by a program that counts its allocations; else they are not told.
extern std::size_t (*allocation_count)();

int run_bench(int rounds, Lines lines = {});

}  // namespace liquid::tool
