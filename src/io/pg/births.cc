#include "io/pg/births.h"

namespace luster::pg {

Births::Births(const Servers& servers, std::string server)
    : servers_(servers), server_(std::move(server)) {}

Task<void> Births::ready() {
    if (session_ && session_->usable()) co_return;
    session_.reset();
    session_.emplace(co_await session_in("postgres"));
}

Task<void> Births::execute(std::string sql) {
    co_await ready();
    co_await session_->execute(std::move(sql));
}

Task<std::vector<TextRow>> Births::rows(std::string sql) {
    co_await ready();
    co_return co_await session_->rows(std::move(sql));
}

Task<Session> Births::session_in(std::string database) {
    return Session::connect(
        servers_,
        Address{
            .server = server_,
            .database = std::move(database),
            .role = "luster_births",
            .password = {}
        }
    );
}

}  // namespace luster::pg
