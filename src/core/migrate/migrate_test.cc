#include "core/migrate/migrate.h"

#include "io/loop/together.h"
#include "testing/postgres.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>

namespace luster::migrate {
namespace {

Migration table(std::string name, std::string phase = "expand") {
    return parse(
        fmt::format("20260101_0000_{}", name),
        fmt::format("-- phase: {}\n-- lock: short\nCREATE TABLE {} (id bigint);\n", phase, name)
    );
}

// A database of one's own: the test's tenant.
Task<pg::Session> session_of(testing::PostgresCase& t) {
    auto tenant = co_await t.make_tenant();
    co_return co_await pg::Session::connect(t.servers, *tenant.owner);
}

Task<std::string> one(pg::Session& session, std::string sql) {
    auto rows = co_await session.rows(std::move(sql));
    co_return rows.at(0).at(0).value_or("NULL");
}

std::string fault_of(auto call) {
    try {
        call();
        return "";
    } catch (const Fault& fault) {
        return fault.what();
    }
}

}  // namespace

TEST_CASE("a migration says its phase and its lock, and has a dated name") {
    auto text = "-- phase: online\n-- lock: long\n-- Why.\nSELECT 1;\n";
    auto migration = parse("20261124_1030_page_cover", text);
    CHECK(migration.phase == Phase::online);
    CHECK(migration.lock == LockTime::long_);
    CHECK(migration.checksum.size() == 64);
    CHECK(fault_of([&] { parse("page_cover", text); }).contains("20261124_1030_page_cover"));
    CHECK(fault_of([&] { parse("20261124_1030_Cover", text); }) != "");
    CHECK(fault_of([] { parse("20261124_1030_x", "-- lock: short\nSELECT 1;\n"); }
    ).contains("phase"));
    CHECK(fault_of([] { parse("20261124_1030_x", "-- phase: expand\nSELECT 1;\n"); }
    ).contains("lock"));
    CHECK(fault_of([] {
              parse("20261124_1030_x", "SELECT 1;\n-- phase: expand\n-- lock: short\n");
          }) != "");
}

TEST_CASE("folders are read in the order of names, and a name is there once") {
    auto folder =
        std::filesystem::temp_directory_path() / fmt::format("luster-migrate-{}", ::getpid());
    std::filesystem::create_directories(folder / "a");
    std::filesystem::create_directories(folder / "b");
    auto write = [&](std::string path) {
        std::ofstream(folder / path) << "-- phase: expand\n-- lock: short\n";
    };
    write("a/20260102_0000_second.sql");
    write("b/20260101_0000_first.sql");
    write("b/notes.txt");
    auto read_both = read({folder / "a", folder / "b"});
    REQUIRE(read_both.size() == 2);
    CHECK(read_both[0].name == "20260101_0000_first");
    CHECK(digest(read_both) != digest({read_both[0]}));
    write("a/20260101_0000_first.sql");
    CHECK(fault_of([&] { read({folder / "a", folder / "b"}); }).contains("twice"));
    CHECK(fault_of([&] { read({folder / "c"}); }).contains("no folder"));
    std::filesystem::remove_all(folder);
}

PG_TEST(Migrate, applies_what_is_missing_once) {
    auto session = co_await session_of(t);
    std::vector<Migration> all{table("a"), table("b")};
    CHECK((co_await apply(session, {all[1]}, t.clock)).size() == 1);
    // A file that was merged late is applied all the same.
    CHECK(co_await apply(session, all, t.clock) == std::vector{all[0].name});
    CHECK(co_await apply(session, all, t.clock) == std::vector<std::string>{});
    CHECK(co_await one(session, "SELECT count(*) FROM a, b") == "0");
    CHECK(co_await applied_digest(session, all) == digest(all));
    all.push_back(table("c"));
    CHECK(co_await applied_digest(session, all) != digest(all));
    // What a newer release has applied stays, and doesn't disturb.
    CHECK(co_await apply(session, {all[0]}, t.clock) == std::vector<std::string>{});
    session.close();
}

PG_TEST(Migrate, refuses_a_file_that_was_changed_after_it_was_applied) {
    auto session = co_await session_of(t);
    std::vector<Migration> all{table("a")};
    co_await apply(session, all, t.clock);
    all[0] = parse(all[0].name, all[0].sql + "-- a thought\n");
    all.push_back(table("b"));
    std::string said;
    try {
        co_await apply(session, all, t.clock);
    } catch (const Fault& fault) {
        said = fault.what();
    }
    CHECK(said.contains("was changed after it was applied"));
    CHECK(co_await one(session, "SELECT to_regclass('b') IS NULL") == "t");
    session.close();
}

PG_TEST(Migrate, a_file_that_fails_leaves_nothing_of_itself) {
    auto session = co_await session_of(t);
    auto tenant_database = co_await one(session, "SELECT current_database()");
    auto broken = parse(
        "20260102_0000_broken",
        "-- phase: expand\n-- lock: short\nCREATE TABLE half (id bigint);\nSELECT nonsense;\n"
    );
    std::string said;
    try {
        co_await apply(session, {table("a"), broken}, t.clock);
    } catch (const pg::Error& error) {
        said = error.what();
        CHECK(error.sqlstate() == "42703");
    }
    CHECK(said.contains("20260102_0000_broken"));
    co_await session.execute("ROLLBACK");
    CHECK(co_await one(session, "SELECT to_regclass('half') IS NULL") == "t");
    CHECK(
        co_await one(session, "SELECT count(*) FROM migration WHERE name = '20260101_0000_a'") ==
        "1"
    );
    session.close();
}

PG_TEST(Migrate, online_files_run_outside_transactions_and_again) {
    auto session = co_await session_of(t);
    auto index = parse(
        "20260102_0000_index",
        "-- phase: online\n-- lock: short\n"
        "-- An index of a cut-off try is invalid: drop it first.\n"
        "DROP INDEX CONCURRENTLY IF EXISTS a_id;\n"
        "CREATE INDEX CONCURRENTLY a_id\n    ON a (id);\n"
    );
    CHECK((co_await apply(session, {table("a"), index}, t.clock)).size() == 2);
    co_await session.execute("DELETE FROM migration WHERE name = '20260102_0000_index'");
    CHECK((co_await apply(session, {table("a"), index}, t.clock)).size() == 1);
    CHECK(co_await one(session, "SELECT count(*) FROM pg_indexes WHERE indexname = 'a_id'") == "1");
    session.close();
}

PG_TEST(Migrate, two_at_once_apply_each_file_once) {
    auto tenant = co_await t.make_tenant();
    auto one_session = co_await pg::Session::connect(t.servers, *tenant.owner);
    auto other_session = co_await pg::Session::connect(t.servers, *tenant.owner);
    std::vector<Migration> all{table("a"), table("b"), table("c")};
    auto [first, second] =
        co_await together(apply(one_session, all, t.clock), apply(other_session, all, t.clock));
    CHECK(first.size() + second.size() == 3);
    one_session.close();
    other_session.close();
}

}  // namespace luster::migrate
