// Time zones by their IANA names; the rules themselves are applied at the edge only.
#pragma once

#include <string_view>

namespace luster::text {

bool is_time_zone(std::string_view name);  // "Europe/Berlin", "Etc/UTC"

}  // namespace luster::text
