// Every statement of the program against the migrated schemas: parameters, columns, their order and
// whether they may be NULL. A renamed column fails here, not in production.
#include "io/pg/connection.h"
#include "io/pg/pg.h"
#include "testing/postgres.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <map>
#include <set>

using namespace luster;
using namespace luster::testing;

namespace {

using Oid32 = std::uint32_t;

// As text has several names: what travels is the same.
bool same_type(pg::TypeOid expected, Oid32 found) {
    constexpr Oid32 varchar = 1043, name = 19;
    if (expected == pg::TypeOid::text && (found == varchar || found == name)) return true;
    return static_cast<Oid32>(expected) == found;
}

// (table, column) → whether the catalogue promises NOT NULL. A view's column promises what the
// column of the same name in its table does.
std::set<std::pair<Oid32, int>> promised_columns(PGconn* connection) {
    pg::Answer answer(PQexec(connection, R"sql(
        SELECT of.attrelid, of.attnum FROM pg_attribute AS of JOIN pg_class AS c ON c.oid = of.attrelid
         WHERE of.attnum > 0 AND (of.attnotnull OR c.relkind = 'v' AND EXISTS (
               SELECT FROM pg_attribute AS base JOIN pg_class AS t ON t.oid = base.attrelid
                WHERE t.relname = c.relname AND t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace
                  AND base.attname = of.attname AND base.attnotnull)))sql"));
    std::set<std::pair<Oid32, int>> promised;
    for (int row = 0; row < answer.rows(); ++row) {
        promised.emplace(
            static_cast<Oid32>(std::stoul(PQgetvalue(answer.get(), row, 0))),
            std::stoi(PQgetvalue(answer.get(), row, 1))
        );
    }
    return promised;
}

void check_parameters(const pg::Statement& statement, const PGresult* found) {
    auto expected = statement.parameters();
    CHECK_MESSAGE(
        PQnparams(found) == static_cast<int>(expected.size()), statement.name() << ": parameters"
    );
    for (std::size_t i = 0; i < expected.size() && static_cast<int>(i) < PQnparams(found); ++i) {
        auto type = PQparamtype(found, static_cast<int>(i));
        CHECK_MESSAGE(
            same_type(expected[i].oid, type),
            statement.name() << ": $" << i + 1 << " is of type " << type << ", not "
                             << static_cast<Oid32>(expected[i].oid)
        );
    }
}

void check_columns(
    const pg::Statement& statement, PGresult* found, const std::set<std::pair<Oid32, int>>& promised
) {
    auto expected = statement.columns();
    if (!statement.answers_rows()) return;
    CHECK_MESSAGE(
        PQnfields(found) == static_cast<int>(expected.size()), statement.name() << ": columns"
    );
    for (int i = 0; i < static_cast<int>(expected.size()) && i < PQnfields(found); ++i) {
        const auto& column = expected[static_cast<std::size_t>(i)];
        auto what = fmt::format("{}: column {}", statement.name(), PQfname(found, i));
        CHECK_MESSAGE(same_type(column.oid, PQftype(found, i)), what << " has another type");
        if (!column.name.empty() && PQftable(found, i) != 0) {
            CHECK_MESSAGE(column.name == PQfname(found, i), what << " is not " << column.name);
        }
        bool may_be_null = PQftable(found, i) != 0 &&
                           !promised.contains({PQftable(found, i), PQftablecol(found, i)});
        CHECK_MESSAGE((column.nullable || !may_be_null), what << " may be NULL");
    }
}

void check_side(PGconn* connection, pg::Side side) {
    auto promised = promised_columns(connection);
    for (const auto* statement : pg::statements()) {
        if (statement->side() != side) continue;
        if (statement->name().find("_test.") != statement->name().npos) continue;  // own schema
        std::string sql(statement->sql());
        pg::Answer prepared(PQprepare(connection, "", sql.c_str(), 0, nullptr));
        bool well = PQresultStatus(prepared.get()) == PGRES_COMMAND_OK;
        CHECK_MESSAGE(well, statement->name() << ": " << PQerrorMessage(connection));
        if (!well) continue;
        pg::Answer described(PQdescribePrepared(connection, ""));
        check_parameters(*statement, described.get());
        check_columns(*statement, described.get(), promised);
    }
}

Task<void> check(PostgresCase& t, pg::Address address, pg::Side side) {
    auto connection = co_await pg::Connection::open(t.servers, address, {});
    PQsetnonblocking(connection->raw(), 0);
    check_side(connection->raw(), side);
    connection->close();
}

const pg::ControlQuery<std::string()> control_name{
    "test.statements_control", "SELECT current_database()::text"
};

}  // namespace

PG_TEST(Statements, of_an_organization_fit_its_schema) {
    auto acme = co_await t.make_tenant();
    co_await check(t, *acme.owner, pg::Side::tenant);
}

PG_TEST(Statements, of_a_site_fit_what_the_theme_role_may_see) {
    auto acme = co_await t.make_tenant();
    co_await check(t, *acme.theme, pg::Side::site);
}

PG_TEST(Statements, of_the_platform_fit_its_schema) {
    auto& control = *co_await t.control();
    pg::Address address{"main", co_await control.one(control_name), "luster", {}};
    co_await check(t, address, pg::Side::control);
}
