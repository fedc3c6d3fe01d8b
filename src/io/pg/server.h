// The PostgreSQL servers of the configuration by name, and who signs in where.
#pragma once

#include "base/secret.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace luster::pg {

// A role in a database of a server. Own logins (`luster`, `luster_births`) have no password: peer.
struct Address {
    std::string server;
    std::string database;
    std::string role;
    Secret password;
};

class Servers {
public:
    // Name → conninfo without database and role: "host=/run/postgresql port=5432", or a host with
    // "sslmode=verify-full sslrootcert=…".
    explicit Servers(std::map<std::string, std::string, std::less<>> conninfo)
        : conninfo_(std::move(conninfo)) {}

    bool has(std::string_view server) const { return conninfo_.find(server) != conninfo_.end(); }
    std::vector<std::string> names() const;
    const std::string& conninfo(std::string_view server) const;  // a fault where there is none

private:
    std::map<std::string, std::string, std::less<>> conninfo_;
};

}  // namespace luster::pg
