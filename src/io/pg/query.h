// Typed statements, as constants above the functions that use them:
//
//     const pg::TenantQuery<PageRow(PageId, Language)> lock_page{"pages.lock", R"sql(SELECT
//     …)sql"};
//
// The type says in which database and with which role a statement may run. Each one lists itself
// when it is constructed, and one test prepares every one of them against the migrated schemas.
#pragma once

#include "io/pg/row.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace luster::pg {

enum class Side {
    control,  // the platform's database, as `luster`
    tenant,   // an organization's database, as its owner role
    site,     // an organization's database, as its theme role: only what is published
};

class Statement {
public:
    using Columns = std::vector<Column> (*)();

    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    Side side() const { return side_; }
    std::string_view name() const { return name_; }
    std::string_view sql() const { return sql_; }
    std::size_t number() const {
        return number_;
    }  // dense, for a connection's list of what it knows
    std::vector<Column> parameters() const { return parameters_(); }
    std::vector<Column> columns() const { return columns_(); }
    bool answers_rows() const { return answers_rows_; }

protected:
    Statement(
        Side side,
        std::string_view name,
        std::string_view sql,
        bool answers_rows,
        Columns parameters,
        Columns columns
    );
    ~Statement() = default;

private:
    Side side_;
    std::string_view name_;
    std::string_view sql_;
    bool answers_rows_;
    Columns parameters_;
    Columns columns_;
    std::size_t number_;
};

// Every statement of the program.
const std::vector<const Statement*>& statements();

// A statement with its arguments, independent of the caller's memory.
struct Bound {
    const Statement* statement = nullptr;
    std::string bytes;         // the arguments one after another
    std::vector<int> lengths;  // -1: NULL
};

namespace detail {
template <class T>
void bind_argument(Bound& bound, const T& argument) {
    using Inner = typename Nullable<T>::Inner;
    if constexpr (Nullable<T>::value) {
        if (!argument) return bound.lengths.push_back(-1);
        bind_argument<Inner>(bound, *argument);
    } else {
        auto before = bound.bytes.size();
        Value<Inner>::write(bound.bytes, argument);
        bound.lengths.push_back(static_cast<int>(bound.bytes.size() - before));
    }
}
}  // namespace detail

template <Side side_of_it, class Signature>
class Query;

template <Side side_of_it, class RowType, class... Arguments>
class Query<side_of_it, RowType(Arguments...)> final : public Statement {
public:
    using Row = RowType;

    Query(std::string_view name, std::string_view sql)
        : Statement(
              side_of_it,
              name,
              sql,
              !std::is_void_v<RowType>,
              [] { return std::vector<Column>{detail::column_of<Arguments>("")...}; },
              &columns_of<RowType>
          ) {}

    Bound bind(const Arguments&... arguments) const {
        Bound bound{this, {}, {}};
        bound.lengths.reserve(sizeof...(Arguments));
        (detail::bind_argument<Arguments>(bound, arguments), ...);
        return bound;
    }
};

template <class Signature>
using ControlQuery = Query<Side::control, Signature>;
template <class Signature>
using TenantQuery = Query<Side::tenant, Signature>;
template <class Signature>
using SiteQuery = Query<Side::site, Signature>;

}  // namespace luster::pg
