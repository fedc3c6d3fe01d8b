// An organization's settings: what its site is called, which languages it speaks, and the like.
#pragma once

#include "core/tenancy/tenants.h"

#include <string>

namespace luster::settings {

// The language of addresses without a language in front.
Task<std::string> main_language(pg::TenantReads reads);

}  // namespace luster::settings
