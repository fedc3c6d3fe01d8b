#pragma once

#include "core/api/endpoint.h"

namespace luster::themes {

std::vector<api::Endpoint> endpoints();

}  // namespace luster::themes
