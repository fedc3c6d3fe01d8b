#include "io/pg/server.h"

#include "io/pg/error.h"

namespace luster::pg {

std::vector<std::string> Servers::names() const {
    std::vector<std::string> names;
    for (const auto& [name, conninfo] : conninfo_) names.push_back(name);
    return names;
}

const std::string& Servers::conninfo(std::string_view server) const {
    auto found = conninfo_.find(server);
    if (found == conninfo_.end()) {
        throw Error("", "no PostgreSQL server is configured by the name " + std::string(server));
    }
    return found->second;
}

}  // namespace luster::pg
