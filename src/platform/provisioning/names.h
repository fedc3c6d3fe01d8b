// What an organization's things are called. Roles go by number (`tenant_x_theme` could be two
// things), the database by slug: no slug holds `_`, so two slugs never share a database name.
#pragma once

#include "base/ids.h"
#include "core/seeding/seeder.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace luster::provisioning {

std::string database_name(std::string_view slug);  // "my-shop" → "tenant_my_shop"
std::string owner_role(OrgId organization);        // "org_7_owner"
std::string theme_role(OrgId organization);        // "org_7_theme"

struct SpareNames {
    std::string database, owner, theme;
};
SpareNames spare_names(std::int64_t spare);  // "spare_9", "spare_9_owner", "spare_9_theme"

// "tmpl_website_demo_1f0c22ab_07": kind, the digest's beginning, and something to tell two builds
// apart.
std::string template_name(const SeedKind& kind, std::string_view digest, std::string_view build);

// "http://{slug}.sites.localhost:8080/" with the slug in its place.
std::string site_url(std::string_view pattern, std::string_view slug);

// Roles that belong to no organization: the members of `theme_group` read what is published;
// templates' objects belong to one role and their databases to another, since REASSIGN OWNED moves
// databases, too.
inline constexpr std::string_view theme_group = "luster_theme";
inline constexpr std::string_view template_objects = "tmpl_owner";

}  // namespace luster::provisioning
