#include "app/hosts.h"

#include "io/http/addresses.h"

#include <charconv>

namespace luster::app {
namespace {

constexpr std::string_view preview_suffix = "--preview";

site::SiteHost::State state_of(OrgStatus status) {
    switch (status) {
        case OrgStatus::active:
            return site::SiteHost::State::live;
        case OrgStatus::provisioning:
        case OrgStatus::failed:
            return site::SiteHost::State::being_set_up;
        default:
            return site::SiteHost::State::unavailable;
    }
}

}  // namespace

std::optional<site::SiteHost> PlatformHosts::find(std::string_view host) {
    if (!host.ends_with(suffix_)) return std::nullopt;
    auto slug = host.substr(0, host.size() - suffix_.size());
    bool preview = slug.ends_with(preview_suffix);
    if (preview) slug.remove_suffix(preview_suffix.size());
    auto tree = organizations_.tree();
    const auto* node = tree->find_slug(slug);
    if (!node) return std::nullopt;
    site::SiteHost found;
    found.organization = node->id;
    found.slug = node->slug;
    found.state = state_of(node->status);
    if (node->status == OrgStatus::provisioning) {
        if (!is_deployed_)
            found.state = site::SiteHost::State::newborn;
        else if (is_deployed_(node->id))
            found.state = site::SiteHost::State::live;
    }
    found.noindex = !node->verified;
    found.preview = preview;
    return found;
}

std::pair<std::string, std::uint16_t> host_and_port(std::string_view text) {
    auto colon = text.rfind(':');
    std::uint16_t port = 0;
    if (colon == std::string_view::npos || text.ends_with(']')) return {std::string(text), 0};
    std::from_chars(text.data() + colon + 1, text.data() + text.size(), port);
    return {std::string(text.substr(0, colon)), port};
}

std::optional<std::pair<std::string, std::uint16_t>> address_and_port(std::string_view text) {
    auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto address = text.substr(0, colon);
    auto digits = text.substr(colon + 1);
    bool bracketed = address.starts_with('[') && address.ends_with(']');
    if (bracketed) address = address.substr(1, address.size() - 2);
    std::uint16_t port = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    if (address.contains(':') != bracketed || !http::parse_address(address)) return std::nullopt;
    return std::pair(std::string(address), port);
}

}  // namespace luster::app
