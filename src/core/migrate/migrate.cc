#include "core/migrate/migrate.h"

#include <fmt/format.h>

#include <chrono>
#include <map>

namespace luster::migrate {
namespace {

using Applied = std::map<std::string, std::string, std::less<>>;  // name → checksum

// An arbitrary number, the same for everybody who migrates a database.
constexpr std::int64_t lock_key = 0x6d69'6772'6174'6531;

constexpr std::string_view make_table = R"sql(
    CREATE TABLE IF NOT EXISTS migration (
        name        text PRIMARY KEY,
        checksum    text NOT NULL,
        applied_at  timestamptz NOT NULL
    ))sql";

Task<Applied> applied(pg::Session& session) {
    Applied found;
    auto there = co_await session.rows("SELECT to_regclass('migration') IS NOT NULL");
    if (there.at(0).at(0) != "t") co_return found;
    for (auto& row : co_await session.rows("SELECT name, checksum FROM migration")) {
        found.emplace(row.at(0).value(), row.at(1).value());
    }
    co_return found;
}

void refuse_changed(const Applied& applied, const std::vector<Migration>& migrations) {
    for (auto& migration : migrations) {
        auto found = applied.find(migration.name);
        if (found == applied.end() || found->second == migration.checksum) continue;
        throw Fault(fmt::format(
            "migration {} was changed after it was applied; put it back and write a new one",
            migration.name
        ));
    }
}

std::string record(const Migration& migration, const Clock& clock) {
    return fmt::format(
        "INSERT INTO migration (name, checksum, applied_at) VALUES ({}, {}, {})",
        pg::literal(migration.name),
        pg::literal(migration.checksum),
        pg::literal(to_rfc3339(clock.now()))
    );
}

std::string_view lock_timeout(LockTime lock) {
    return lock == LockTime::brief ? "2s" : "60s";
}

// A statement ends where a line ends with a semicolon.
std::vector<std::string> statements(std::string_view sql) {
    std::vector<std::string> found(1);
    while (!sql.empty()) {
        auto line = sql.substr(0, sql.find('\n'));
        sql.remove_prefix(std::min(sql.size(), line.size() + 1));
        if (line.starts_with("--")) continue;
        found.back().append(line).append("\n");
        if (line.ends_with(';')) found.emplace_back();
    }
    std::erase_if(found, [](auto& text) {
        return text.find_first_not_of(" \n\t") == std::string::npos;
    });
    return found;
}

Task<void> apply_online(pg::Session& session, const Migration& migration, const Clock& clock) {
    co_await session.execute(fmt::format("SET lock_timeout = '{}'", lock_timeout(migration.lock)));
    for (auto& statement : statements(migration.sql)) co_await session.execute(statement);
    co_await session.execute("RESET lock_timeout");
    co_await session.execute(record(migration, clock));
}

Task<void> apply_in_transaction(
    pg::Session& session, const Migration& migration, const Clock& clock
) {
    co_await session.execute(
        fmt::format("BEGIN; SET LOCAL lock_timeout = '{}'", lock_timeout(migration.lock))
    );
    co_await session.execute(migration.sql);
    co_await session.execute(record(migration, clock));
    co_await session.execute("COMMIT");
}

}  // namespace

Task<std::vector<std::string>> apply(
    pg::Session& session, const std::vector<Migration>& migrations, const Clock& clock
) {
    session.limit_statements_to(std::chrono::hours(1));
    co_await session.execute(fmt::format("SELECT pg_advisory_lock({})", lock_key));
    co_await session.execute(
        std::string("SET client_min_messages = warning;") + std::string(make_table)
    );
    auto found = co_await applied(session);
    refuse_changed(found, migrations);
    std::vector<std::string> names;
    for (auto& migration : migrations) {
        if (found.contains(migration.name)) continue;
        try {
            if (migration.phase == Phase::online)
                co_await apply_online(session, migration, clock);
            else
                co_await apply_in_transaction(session, migration, clock);
        } catch (const pg::Error& error) {
            throw pg::Error(
                error.sqlstate(), fmt::format("migration {}: {}", migration.name, error.what())
            );
        }
        names.push_back(migration.name);
    }
    co_await session.execute(fmt::format("SELECT pg_advisory_unlock({})", lock_key));
    co_return names;
}

Task<std::string> applied_digest(pg::Session& session, const std::vector<Migration>& migrations) {
    auto found = co_await applied(session);
    refuse_changed(found, migrations);
    std::vector<Migration> there;
    for (auto& migration : migrations) {
        if (found.contains(migration.name)) there.push_back(migration);
    }
    co_return digest(there);
}

}  // namespace luster::migrate
