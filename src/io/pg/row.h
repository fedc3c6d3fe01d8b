// A row is a described struct (its members are the columns, in this order), a single value, or
// nothing.
#pragma once

#include "io/pg/answer.h"
#include "io/pg/value.h"

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <string>
#include <vector>

namespace luster::pg {

// What the C++ side expects of one parameter or column; one test compares it with the database.
struct Column {
    std::string name;  // empty where a single value has none
    TypeOid oid;
    bool nullable;
};

namespace detail {

template <class T>
using Members = boost::describe::
    describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class T>
concept Described = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

[[noreturn]] void unexpected_null(const Answer& answer, int column);
[[noreturn]] void unexpected_columns(const Answer& answer, int expected);

template <class T>
Column column_of(std::string name) {
    using Inner = typename Nullable<T>::Inner;
    return {std::move(name), Value<Inner>::oid, Nullable<T>::value};
}

template <class T>
void read_cell(const Answer& answer, int row, int column, T& value) {
    using Inner = typename Nullable<T>::Inner;
    auto cell = answer.cell(row, column);
    if (cell) {
        value = Value<Inner>::read(*cell);
    } else if constexpr (Nullable<T>::value) {
        value.reset();
    } else {
        unexpected_null(answer, column);
    }
}

}  // namespace detail

template <class Row>
std::vector<Column> columns_of() {
    std::vector<Column> columns;
    if constexpr (detail::Described<Row>) {
        boost::mp11::mp_for_each<detail::Members<Row>>([&](auto member) {
            using T = std::remove_cvref_t<decltype(std::declval<Row&>().*member.pointer)>;
            columns.push_back(detail::column_of<T>(member.name));
        });
    } else if constexpr (!std::is_void_v<Row>) {
        columns.push_back(detail::column_of<Row>(""));
    }
    return columns;
}

template <class Row>
Row read_row(const Answer& answer, int row) {
    Row value{};
    if constexpr (detail::Described<Row>) {
        constexpr int count = boost::mp11::mp_size<detail::Members<Row>>::value;
        if (answer.columns() != count) detail::unexpected_columns(answer, count);
        int column = 0;
        boost::mp11::mp_for_each<detail::Members<Row>>([&](auto member) {
            detail::read_cell(answer, row, column++, value.*member.pointer);
        });
    } else {
        if (answer.columns() != 1) detail::unexpected_columns(answer, 1);
        detail::read_cell(answer, row, 0, value);
    }
    return value;
}

}  // namespace luster::pg
