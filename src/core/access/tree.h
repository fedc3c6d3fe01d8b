// The tree of organizations as rights need it: in memory, immutable, swapped whole when it changes.
#pragma once

#include "base/ids.h"

#include <boost/describe.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace luster {

enum class OrgKind { platform, agency, organization };
BOOST_DESCRIBE_ENUM(OrgKind, platform, agency, organization)

enum class OrgStatus { provisioning, active, suspended, failed, deleting, deleted };
BOOST_DESCRIBE_ENUM(OrgStatus, provisioning, active, suspended, failed, deleting, deleted)

struct OrgNode {
    OrgId id;
    std::optional<OrgId> parent;  // the platform has none
    std::string slug;
    std::string name;
    OrgKind kind = OrgKind::organization;
    OrgStatus status = OrgStatus::provisioning;
    bool verified = false;  // the owner's address; until then search engines are told noindex
};

class Tree {
public:
    Tree() = default;
    // Nodes whose parent is missing are left out; so are loops.
    explicit Tree(std::vector<OrgNode> nodes);

    const OrgNode* find(OrgId id) const;
    const OrgNode* find_slug(std::string_view slug) const;
    // By `org_7` or by slug (a slug has no `_`).
    const OrgNode* find_named(std::string_view slug_or_id) const;
    bool is_below(OrgId node, OrgId ancestor) const;  // or the same
    const std::vector<OrgId>& children(OrgId id) const;
    std::size_t size() const { return nodes_.size(); }
    const std::unordered_map<OrgId, OrgNode>& nodes() const { return nodes_; }

    static constexpr int depth_max = 64;

private:
    std::unordered_map<OrgId, OrgNode> nodes_;
    std::map<std::string, OrgId, std::less<>> by_slug_;
    std::unordered_map<OrgId, std::vector<OrgId>> children_;
};

}  // namespace luster
