#include "io/pg/query.h"

#include "io/pg/asks.h"

#include <fmt/format.h>

namespace luster::pg {
namespace {

std::vector<const Statement*>& list() {
    static std::vector<const Statement*> statements;
    return statements;
}

}  // namespace

Statement::Statement(
    Side side,
    std::string_view name,
    std::string_view sql,
    bool answers_rows,
    Columns parameters,
    Columns columns
)
    : side_(side),
      name_(name),
      sql_(sql),
      answers_rows_(answers_rows),
      parameters_(parameters),
      columns_(columns),
      number_(list().size()) {
    list().push_back(this);
}

const std::vector<const Statement*>& statements() {
    return list();
}

void detail::expected_one_row(const Statement& statement, int rows) {
    throw Error("", fmt::format("{} answered {} rows, not one", statement.name(), rows));
}

}  // namespace luster::pg
