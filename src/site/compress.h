#pragma once

#include <string>
#include <string_view>

namespace luster::site {

// Slow (milliseconds): for the work pool. A Fault where memory is short.
std::string gzip(std::string_view plain);
std::string brotli(std::string_view plain);

}  // namespace luster::site
