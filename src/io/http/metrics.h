#pragma once

#include "io/http/shared.h"

#include <string>

namespace luster::http {

// The counters of all lanes, added up, in Prometheus' text format.
void append_metrics(const Shared& shared, std::string& out);

}  // namespace luster::http
