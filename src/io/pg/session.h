// A connection of one's own in autocommit, for what is neither a typed statement nor a transaction:
// births, migrations, exports.
#pragma once

#include "io/loop/task.h"
#include "io/pg/error.h"
#include "io/pg/server.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace luster::pg {

class Connection;

using TextRow = std::vector<std::optional<std::string>>;

class Session {
public:
    // Lives on the loop of the caller.
    static Task<Session> connect(const Servers& servers, Address address);

    // Text without parameters; several statements are one transaction unless they say otherwise.
    Task<void> execute(std::string sql);
    Task<std::vector<TextRow>> rows(std::string sql);  // of the last statement
    // COPY … FROM STDIN: `next` gives pieces until it gives nothing.
    Task<void> copy_in(std::string sql, std::function<std::optional<std::string>()> next);
    // COPY … TO STDOUT, a line at a time.
    Task<void> copy_out(std::string sql, std::function<void(std::string_view)> line);
    void limit_statements_to(std::chrono::milliseconds limit);  // the next ones; default 60 s
    void close();
    bool usable() const;

private:
    explicit Session(std::shared_ptr<Connection> connection);
    std::shared_ptr<Connection> connection_;
    std::chrono::milliseconds limit_{60'000};
};

// For text that must become SQL: "org_7_owner" → "\"org_7_owner\"", 'it''s'.
std::string identifier(std::string_view name);
std::string literal(std::string_view text);

}  // namespace luster::pg
