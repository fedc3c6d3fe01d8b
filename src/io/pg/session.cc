#include "io/pg/session.h"

#include "io/pg/connection.h"

#include <libpq-fe.h>

namespace luster::pg {
namespace {

// A session's text may take what its caller allows; the connection's deadline is armed for each.
struct Limit {
    Limit(Connection& connection, std::chrono::milliseconds limit) : connection(connection) {
        connection.set_deadline(limit);
    }
    ~Limit() { connection.clear_deadline(); }
    Connection& connection;
};

// What follows a COPY: its outcome, then nothing.
Task<void> end_of_copy(Connection& connection) {
    std::optional<Error> error;
    while (true) {
        while (PQisBusy(connection.raw())) co_await connection.consume();
        Answer answer(PQgetResult(connection.raw()));
        if (!answer) break;
        if (PQresultStatus(answer.get()) == PGRES_FATAL_ERROR && !error) {
            error = error_of(answer.get());
        }
    }
    connection.mark_busy(false);
    if (error) throw *error;
}

Task<void> start_copy(Connection& connection, const std::string& sql, ExecStatusType expected) {
    connection.mark_busy(true);
    connection.leave_pipeline();
    if (!PQsendQuery(connection.raw(), sql.c_str())) throw connection.last_error();
    co_await connection.flush();
    while (PQisBusy(connection.raw())) co_await connection.consume();
    Answer answer(PQgetResult(connection.raw()));
    if (answer && PQresultStatus(answer.get()) == expected) co_return;
    auto error = answer ? error_of(answer.get()) : connection.last_error();
    answer = Answer();
    if (PQstatus(connection.raw()) == CONNECTION_OK) co_await end_of_copy(connection);
    throw error;
}

std::vector<TextRow> text_rows(const Answer& answer) {
    std::vector<TextRow> rows;
    for (int row = 0; row < answer.rows(); ++row) {
        TextRow cells;
        for (int column = 0; column < answer.columns(); ++column) {
            auto cell = answer.cell(row, column);
            cells.push_back(cell ? std::optional(std::string(*cell)) : std::nullopt);
        }
        rows.push_back(std::move(cells));
    }
    return rows;
}

std::string quoted(std::string_view text, char mark) {
    std::string out(1, mark);
    for (char c : text) {
        if (c == '\0') throw Error("", "a zero byte can't be in SQL");
        if (c == mark) out += mark;
        out += c;
    }
    return out + mark;
}

}  // namespace

Session::Session(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}

Task<Session> Session::connect(const Servers& servers, Address address) {
    co_return Session(co_await Connection::open(servers, address, {}));
}

Task<void> Session::execute(std::string sql) {
    Limit limit(*connection_, limit_);
    co_await connection_->execute(sql);
}

Task<std::vector<TextRow>> Session::rows(std::string sql) {
    Limit limit(*connection_, limit_);
    auto answers = co_await connection_->execute(sql);
    co_return answers.empty() ? std::vector<TextRow>() : text_rows(answers.back());
}

Task<void> Session::copy_in(std::string sql, std::function<std::optional<std::string>()> next) {
    auto connection = connection_;
    Limit limit(*connection, limit_);
    co_await start_copy(*connection, sql, PGRES_COPY_IN);
    while (auto piece = next()) {
        if (PQputCopyData(connection->raw(), piece->data(), static_cast<int>(piece->size())) < 0) {
            throw connection->last_error();
        }
        co_await connection->flush();
    }
    if (PQputCopyEnd(connection->raw(), nullptr) < 0) throw connection->last_error();
    co_await connection->flush();
    co_await end_of_copy(*connection);
}

Task<void> Session::copy_out(std::string sql, std::function<void(std::string_view)> line) {
    auto connection = connection_;
    Limit limit(*connection, limit_);
    co_await start_copy(*connection, sql, PGRES_COPY_OUT);
    while (true) {
        char* text = nullptr;
        int length = PQgetCopyData(connection->raw(), &text, 1);
        std::unique_ptr<char, void (*)(void*)> owner(text, &PQfreemem);
        if (length > 0) line({text, static_cast<std::size_t>(length)});
        if (length == 0) co_await connection->consume();
        if (length < 0) break;
    }
    co_await end_of_copy(*connection);
}

void Session::limit_statements_to(std::chrono::milliseconds limit) {
    limit_ = limit;
}
void Session::close() {
    connection_->close();
}
bool Session::usable() const {
    return connection_->reusable();
}

std::string identifier(std::string_view name) {
    return quoted(name, '"');
}

// With standard_conforming_strings, PostgreSQL's default, a backslash means itself.
std::string literal(std::string_view text) {
    return quoted(text, '\'');
}

}  // namespace luster::pg
