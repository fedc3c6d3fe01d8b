#include "platform/provisioning/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace luster::provisioning {

std::string database_name(std::string_view slug) {
    auto name = fmt::format("tenant_{}", slug);
    std::ranges::replace(name, '-', '_');
    return name;
}

std::string owner_role(OrgId organization) {
    return fmt::format("org_{}_owner", organization.value);
}

std::string theme_role(OrgId organization) {
    return fmt::format("org_{}_theme", organization.value);
}

SpareNames spare_names(std::int64_t spare) {
    auto name = fmt::format("spare_{}", spare);
    return {name, name + "_owner", name + "_theme"};
}

std::string template_name(const SeedKind& kind, std::string_view digest, std::string_view build) {
    auto content = kind.demo ? "demo" : "empty";
    return fmt::format("tmpl_{}_{}_{}_{}", kind.project_type, content, digest.substr(0, 8), build);
}

std::string site_url(std::string_view pattern, std::string_view slug) {
    constexpr std::string_view mark = "{slug}";
    auto at = pattern.find(mark);
    LUSTER_ASSERT(at != std::string_view::npos);
    return fmt::format("{}{}{}", pattern.substr(0, at), slug, pattern.substr(at + mark.size()));
}

}  // namespace luster::provisioning
