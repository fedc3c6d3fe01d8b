#pragma once

#include "core/api/endpoint.h"

namespace luster::pages {

std::vector<api::Endpoint> endpoints();

}  // namespace luster::pages
