#include "core/api/router.h"

namespace luster::api {
namespace {

bool is_parameter(std::string_view segment) {
    return segment.starts_with('{');
}

// Cuts the first segment off: "/a/b" gives "a" and leaves "/b".
std::string_view next_segment(std::string_view& path) {
    path.remove_prefix(1);
    auto segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

}  // namespace

std::vector<std::string> detail::path_names(std::string_view path) {
    std::vector<std::string> names;
    while (!path.empty()) {
        auto segment = next_segment(path);
        if (is_parameter(segment)) names.emplace_back(segment.substr(1, segment.size() - 2));
    }
    return names;
}

Router::Router(std::vector<Endpoint> endpoints) : endpoints_(std::move(endpoints)) {
    for (std::size_t i = 0; i < endpoints_.size(); ++i) {
        auto* node = &root_;
        for (std::string_view path = endpoints_[i].path; !path.empty();) {
            auto segment = next_segment(path);
            if (is_parameter(segment)) {
                if (!node->parameter) node->parameter = std::make_unique<Node>();
                node = node->parameter.get();
            } else {
                node = &node->literal[std::string(segment)];
            }
        }
        LUSTER_ASSERT(node->here.emplace(endpoints_[i].method, i).second);
    }
}

const Router::Node* Router::walk(
    const Node& node, std::string_view path, std::vector<std::string>& values
) const {
    if (path.empty()) return node.here.empty() ? nullptr : &node;
    auto rest = path;
    auto segment = next_segment(rest);
    if (auto next = node.literal.find(segment); next != node.literal.end()) {
        if (const auto* found = walk(next->second, rest, values)) return found;
    }
    if (!node.parameter || segment.empty()) return nullptr;
    auto decoded = http::percent_decoded(segment);
    if (!decoded || decoded->size() > 200) return nullptr;
    values.push_back(std::move(*decoded));
    if (const auto* found = walk(*node.parameter, rest, values)) return found;
    values.pop_back();
    return nullptr;
}

Router::Match Router::find(http::Method method, std::string_view path) const {
    Match match;
    if (path.empty() || path.front() != '/') return match;
    std::vector<std::string> values;
    const auto* node = walk(root_, path, values);
    if (!node) return match;
    if (method == http::Method::head) method = http::Method::get;
    auto found = node->here.find(method);
    if (found == node->here.end()) {
        for (const auto& [known, index] : node->here) {
            match.allowed.emplace_back(http::method_name(known));
            if (known == http::Method::get) match.allowed.emplace_back("HEAD");
        }
        return match;
    }
    match.endpoint = &endpoints_[found->second];
    std::size_t i = 0;
    for (std::string_view rest = match.endpoint->path; !rest.empty();) {
        auto segment = next_segment(rest);
        if (!is_parameter(segment)) continue;
        match.values.emplace_back(segment.substr(1, segment.size() - 2), std::move(values[i++]));
    }
    return match;
}

}  // namespace luster::api
