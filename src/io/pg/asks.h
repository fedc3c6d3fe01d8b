// The four ways to ask, the same for everything that answers statements of one side.
#pragma once

#include "io/loop/task.h"
#include "io/pg/error.h"
#include "io/pg/query.h"

#include <optional>
#include <vector>

namespace luster::pg {

namespace detail {
[[noreturn]] void expected_one_row(const Statement& statement, int rows);

template <class Row>
Task<Row> one(Task<Answer> asked, const Statement& statement) {
    Answer answer = co_await std::move(asked);
    if (answer.rows() != 1) expected_one_row(statement, answer.rows());
    co_return read_row<Row>(answer, 0);
}
template <class Row>
Task<std::optional<Row>> maybe_one(Task<Answer> asked, const Statement& statement) {
    Answer answer = co_await std::move(asked);
    if (answer.rows() > 1) expected_one_row(statement, answer.rows());
    if (answer.rows() == 0) co_return std::nullopt;
    co_return read_row<Row>(answer, 0);
}
template <class Row>
Task<std::vector<Row>> all(Task<Answer> asked) {
    Answer answer = co_await std::move(asked);
    std::vector<Row> rows;
    rows.reserve(static_cast<std::size_t>(answer.rows()));
    for (int row = 0; row < answer.rows(); ++row) rows.push_back(read_row<Row>(answer, row));
    co_return rows;
}
inline Task<std::int64_t> run(Task<Answer> asked) {
    co_return (co_await std::move(asked)).affected();
}
}  // namespace detail

// `Self` has `Task<Answer> ask(Bound)`. Arguments are copied at the call, before anything suspends.
template <Side side, class Self>
class Asks {
public:
    // Exactly one row; anything else is a fault.
    template <class Row, class... Arguments>
    Task<Row> one(
        const Query<side, Row(Arguments...)>& query,
        const std::type_identity_t<Arguments>&... arguments
    ) {
        return detail::one<Row>(self().ask(query.bind(arguments...)), query);
    }
    template <class Row, class... Arguments>
    Task<std::optional<Row>> maybe_one(
        const Query<side, Row(Arguments...)>& query,
        const std::type_identity_t<Arguments>&... arguments
    ) {
        return detail::maybe_one<Row>(self().ask(query.bind(arguments...)), query);
    }
    template <class Row, class... Arguments>
    Task<std::vector<Row>> all(
        const Query<side, Row(Arguments...)>& query,
        const std::type_identity_t<Arguments>&... arguments
    ) {
        return detail::all<Row>(self().ask(query.bind(arguments...)));
    }
    // How many rows were changed.
    template <class Row, class... Arguments>
    Task<std::int64_t> run(
        const Query<side, Row(Arguments...)>& query,
        const std::type_identity_t<Arguments>&... arguments
    ) {
        return detail::run(self().ask(query.bind(arguments...)));
    }

private:
    Self& self() { return static_cast<Self&>(*this); }
};

}  // namespace luster::pg
