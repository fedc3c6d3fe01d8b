// The one door of `luster_births` (CREATEDB, CREATEROLE) on a server; provisioning alone opens it.
#pragma once

#include "io/pg/session.h"

namespace luster::pg {

class Births {
public:
    // Connects at the first use, and again after the connection was lost. One loop only.
    Births(const Servers& servers, std::string server);

    Task<void> execute(std::string sql);  // in the maintenance database, autocommit
    Task<std::vector<TextRow>> rows(std::string sql);
    Task<Session> session_in(std::string database);  // as luster_births, in a spare or a template
    const std::string& server() const { return server_; }

private:
    Task<void> ready();

    const Servers& servers_;
    std::string server_;
    std::optional<Session> session_;
};

}  // namespace luster::pg
