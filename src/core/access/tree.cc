#include "core/access/tree.h"

namespace luster {
namespace {

bool reaches_root(const std::unordered_map<OrgId, OrgNode>& nodes, const OrgNode& from) {
    const auto* node = &from;
    for (int depth = 0; depth < Tree::depth_max; ++depth) {
        if (!node->parent) return true;
        auto parent = nodes.find(*node->parent);
        if (parent == nodes.end()) return false;
        node = &parent->second;
    }
    return false;
}

}  // namespace

Tree::Tree(std::vector<OrgNode> nodes) {
    std::unordered_map<OrgId, OrgNode> all;
    for (auto& node : nodes) all.insert_or_assign(node.id, std::move(node));
    for (const auto& [id, node] : all) {
        if (!reaches_root(all, node)) continue;
        nodes_.emplace(id, node);
        by_slug_.emplace(node.slug, id);
        if (node.parent) children_[*node.parent].push_back(id);
    }
}

const OrgNode* Tree::find(OrgId id) const {
    auto found = nodes_.find(id);
    return found == nodes_.end() ? nullptr : &found->second;
}

const OrgNode* Tree::find_slug(std::string_view slug) const {
    auto found = by_slug_.find(slug);
    return found == by_slug_.end() ? nullptr : find(found->second);
}

const OrgNode* Tree::find_named(std::string_view slug_or_id) const {
    if (auto id = OrgId::parse(slug_or_id)) return find(*id);
    return find_slug(slug_or_id);
}

bool Tree::is_below(OrgId node, OrgId ancestor) const {
    for (const auto* at = find(node); at; at = at->parent ? find(*at->parent) : nullptr) {
        if (at->id == ancestor) return true;
    }
    return false;
}

const std::vector<OrgId>& Tree::children(OrgId id) const {
    static const std::vector<OrgId> none;
    auto found = children_.find(id);
    return found == children_.end() ? none : found->second;
}

}  // namespace luster
