// From method and path to an endpoint of the table.
#pragma once

#include "core/api/endpoint.h"

#include <map>
#include <string>
#include <vector>

namespace luster::api {

class Router {
public:
    // Two endpoints with one method and path are a bug.
    explicit Router(std::vector<Endpoint> endpoints);

    struct Match {
        const Endpoint* endpoint = nullptr;
        PathValues values;  // decoded
        std::vector<std::string>
            allowed;  // methods that the path takes, when this one isn't among them
    };
    // `path` without the "/api/v1" in front.
    Match find(http::Method method, std::string_view path) const;
    const std::vector<Endpoint>& endpoints() const { return endpoints_; }

private:
    struct Node {
        std::map<std::string, Node, std::less<>> literal;
        std::unique_ptr<Node> parameter;
        std::map<http::Method, std::size_t> here;
    };
    const Node* walk(const Node& node, std::string_view path, std::vector<std::string>& values)
        const;

    std::vector<Endpoint> endpoints_;
    Node root_;
};

}  // namespace luster::api
