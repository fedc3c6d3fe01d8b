// What a theme role may see of an organization's database, table by table.
#include "testing/postgres.h"

#include <filesystem>
#include <fstream>
#include <set>

using namespace luster;
using namespace luster::testing;

namespace {

// `-- site: none NAME` above a table, or `-- site: none` in a file's head for all of its tables.
std::set<std::string> tables_without_site() {
    std::set<std::string> tables;
    auto folder = std::filesystem::path(LUSTER_SOURCE_DIR) / "schema" / "tenant";
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        std::ifstream in(file.path());
        bool whole_file = false;
        for (std::string line; std::getline(in, line);) {
            if (line == "-- site: none") whole_file = true;
            if (line.starts_with("-- site: none ")) tables.insert(line.substr(14));
            if (whole_file && line.starts_with("CREATE TABLE ")) {
                tables.insert(line.substr(13, line.find(' ', 13) - 13));
            }
        }
    }
    tables.insert("migration");  // made by the migrations' runner itself
    return tables;
}

std::set<std::string> first_column(const std::vector<pg::TextRow>& rows) {
    std::set<std::string> values;
    for (const auto& row : rows) values.insert(row.at(0).value());
    return values;
}

}  // namespace

PG_TEST(TenantSchema, shows_a_theme_only_tables_that_have_a_public_shape) {
    auto acme = co_await t.make_tenant();
    auto hidden = tables_without_site();
    auto tables = first_column(co_await t.sql(
        acme,
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    ));
    auto granted = first_column(co_await t.sql(acme, R"sql(
        SELECT c.relname FROM pg_class AS c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
           AND (has_table_privilege('luster_theme', c.oid, 'SELECT')
                OR has_any_column_privilege('luster_theme', c.oid, 'SELECT')))sql"));
    auto secured = first_column(co_await t.sql(acme, R"sql(
        SELECT c.relname FROM pg_class AS c WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity
           AND EXISTS (SELECT FROM pg_policy AS p WHERE p.polrelid = c.oid AND p.polcmd = 'r'))sql")
    );
    auto viewed = first_column(co_await t.sql(acme, R"sql(
        SELECT DISTINCT t.relname FROM pg_depend AS d JOIN pg_rewrite AS r ON r.oid = d.objid
          JOIN pg_class AS v ON v.oid = r.ev_class JOIN pg_class AS t ON t.oid = d.refobjid
         WHERE v.relnamespace = 'site'::regnamespace AND t.relkind = 'r'
           AND v.reloptions @> ARRAY['security_invoker=true'])sql"));
    for (const auto& table : tables) {
        CAPTURE(table);
        if (hidden.contains(table)) {
            CHECK(!granted.contains(table));
        } else {
            CHECK(granted.contains(table));
            CHECK(secured.contains(table));
            CHECK(viewed.contains(table));
        }
    }
}

PG_TEST(TenantSchema, lets_a_theme_write_nothing) {
    auto acme = co_await t.make_tenant();
    auto writable = co_await t.sql(
        acme, R"sql(
        SELECT c.relname FROM pg_class AS c
          JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname IN ('public', 'site')
         WHERE c.relkind IN ('r', 'v', 'S', 'm')
           AND (c.relkind <> 'S' AND has_table_privilege('luster_theme', c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
                OR c.relkind = 'S' AND has_sequence_privilege('luster_theme', c.oid, 'USAGE, UPDATE')))sql"
    );
    CHECK(writable.empty());
    CHECK(
        (co_await t.sql(acme, "SELECT has_schema_privilege('luster_theme', 'public', 'CREATE')")
        )[0][0] == "f"
    );
    CHECK(
        (co_await t.sql(acme, "SELECT has_schema_privilege('luster_theme', 'site', 'CREATE')")
        )[0][0] == "f"
    );
}

PG_TEST(TenantSchema, every_view_runs_with_its_readers_rights) {
    auto acme = co_await t.make_tenant();
    auto careless = co_await t.sql(acme, R"sql(
        SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = 'site'::regnamespace
           AND NOT coalesce(reloptions, '{}') @> ARRAY['security_invoker=true'])sql");
    CHECK(careless.empty());
}
