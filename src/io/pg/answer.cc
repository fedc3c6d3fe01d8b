#include "io/pg/answer.h"

#include "io/pg/error.h"
#include "io/pg/row.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <charconv>
#include <cstdlib>

namespace luster::pg {

void Answer::Clear::operator()(pg_result* result) const {
    PQclear(result);
}

int Answer::rows() const {
    return result_ ? PQntuples(result_.get()) : 0;
}
int Answer::columns() const {
    return result_ ? PQnfields(result_.get()) : 0;
}

std::optional<std::string_view> Answer::cell(int row, int column) const {
    if (PQgetisnull(result_.get(), row, column)) return std::nullopt;
    return std::string_view(
        PQgetvalue(result_.get(), row, column),
        static_cast<std::size_t>(PQgetlength(result_.get(), row, column))
    );
}

std::int64_t Answer::affected() const {
    std::string_view count = result_ ? PQcmdTuples(result_.get()) : "";
    std::int64_t rows = 0;  // stays so where the command counts none
    std::from_chars(count.data(), count.data() + count.size(), rows);
    return rows;
}

namespace detail {

void unexpected_null(const Answer& answer, int column) {
    throw Error("", fmt::format("column {} is NULL", PQfname(answer.get(), column)));
}

void unexpected_columns(const Answer& answer, int expected) {
    throw Error("", fmt::format("{} columns where {} were expected", answer.columns(), expected));
}

}  // namespace detail
}  // namespace luster::pg
