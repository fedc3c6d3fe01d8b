// An organization's settings: what its site is called, which languages it speaks, and the like.
#pragma once

#include "base/json.h"
#include "core/tenancy/tenants.h"

#include <string>
#include <string_view>

namespace luster::settings {

// Event. What every page of the site shows has changed.
struct Changed {
    static constexpr std::string_view kind = "settings.changed";
    std::string key;
};
BOOST_DESCRIBE_STRUCT(Changed, (), (key))

// What a site takes over from its organization. Does nothing where it says so already.
struct Identity {
    std::string name;
    std::string time_zone;
};
Task<void> follow(TenantTx& tx, Identity identity);

// The language of addresses without a language in front.
Task<std::string> main_language(pg::TenantReads reads);

}  // namespace luster::settings
