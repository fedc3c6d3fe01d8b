// Counts what the calling thread allocates: the test program replaces operator new.
#pragma once

#include <cstdint>

namespace luster::testing {

std::uint64_t allocations_of_this_thread();

}  // namespace luster::testing
