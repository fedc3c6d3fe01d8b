// Schema changes, forward only. What is applied is a set of names with checksums in the database
// itself (table `migration`), so a file that is merged late is still applied, and a file that was
// changed after it was applied is refused.
//
// A file is `20261124_1030_page_cover.sql` and begins with its head:
//     -- phase: expand      (or contract, one release later; or online: what can't run in a
//     transaction)
//     -- lock: short        (or long: may hold a table for a while)
// Each file is one transaction; an online file runs statement by statement (each ends its line with
// `;`) and must bear being run again.
#pragma once

#include "io/clock/clock.h"
#include "io/pg/error.h"
#include "io/pg/session.h"

#include <filesystem>
#include <string>
#include <vector>

namespace luster::migrate {

enum class Phase { expand, contract, online };
enum class LockTime { brief, long_ };

struct Migration {
    std::string name;  // without ".sql"
    Phase phase;
    LockTime lock;
    std::string sql;
    std::string checksum;  // SHA-256 of the file, hex
};

Migration parse(std::string name, std::string text);  // a Fault names what is wrong
// All files of the folders, in the order of their names; a name in two folders is a Fault.
std::vector<Migration> read(const std::vector<std::filesystem::path>& folders);
// One name for a whole set: equal digests, equal schemas.
std::string digest(const std::vector<Migration>& migrations);

// Applies what is missing under an advisory lock, so that two may try at once, and says what it
// applied. After a fault the session is to be dropped. Migrations in the database that are not in
// the list are those of a newer release: they stay.
Task<std::vector<std::string>> apply(
    pg::Session& session, const std::vector<Migration>& migrations, const Clock& clock
);

// The digest of what a database has of these migrations; equals digest(migrations) when it has them
// all.
Task<std::string> applied_digest(pg::Session& session, const std::vector<Migration>& migrations);

}  // namespace luster::migrate
