#include "base/crypto.h"
#include "base/result.h"
#include "core/migrate/migrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

namespace luster::migrate {
namespace {

namespace fs = std::filesystem;

std::string hash(std::string_view text) {
    auto digest = crypto::sha256(text);
    return crypto::hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// 20261124_1030_page_cover
bool is_name(std::string_view name) {
    return name.size() > 14 && all_digits(name.substr(0, 8)) && name[8] == '_' &&
           all_digits(name.substr(9, 4)) && name[13] == '_' &&
           std::ranges::all_of(name.substr(14), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
           });
}

// The value of `-- key: value` among the comment lines that a file begins with.
std::optional<std::string_view> head(std::string_view text, std::string_view key) {
    auto wanted = fmt::format("-- {}: ", key);
    while (text.starts_with("--")) {
        auto line = text.substr(0, text.find('\n'));
        if (line.starts_with(wanted)) return line.substr(wanted.size());
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
    return std::nullopt;
}

Phase phase_of(const std::string& name, std::string_view text) {
    auto value = head(text, "phase");
    if (value == "expand") return Phase::expand;
    if (value == "contract") return Phase::contract;
    if (value == "online") return Phase::online;
    throw Fault(fmt::format(
        "migration {}: needs '-- phase: expand', 'contract' or 'online' at its head", name
    ));
}

LockTime lock_of(const std::string& name, std::string_view text) {
    auto value = head(text, "lock");
    if (value == "short") return LockTime::brief;
    if (value == "long") return LockTime::long_;
    throw Fault(fmt::format("migration {}: needs '-- lock: short' or 'long' at its head", name));
}

std::string whole_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw Fault(fmt::format("can't read {}", path.string()));
    return {std::istreambuf_iterator<char>(file), {}};
}

void read_folder(const fs::path& folder, std::vector<Migration>& migrations) {
    if (!fs::is_directory(folder))
        throw Fault(fmt::format("no folder of migrations at {}", folder.string()));
    for (auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".sql") continue;
        migrations.push_back(parse(entry.path().stem().string(), whole_file(entry.path())));
    }
}

}  // namespace

Migration parse(std::string name, std::string text) {
    if (!is_name(name))
        throw Fault(fmt::format("migration {}: should be named like 20261124_1030_page_cover", name)
        );
    Migration migration{name, phase_of(name, text), lock_of(name, text), {}, hash(text)};
    migration.sql = std::move(text);
    return migration;
}

std::vector<Migration> read(const std::vector<fs::path>& folders) {
    std::vector<Migration> migrations;
    for (auto& folder : folders) read_folder(folder, migrations);
    std::ranges::sort(migrations, {}, &Migration::name);
    auto twice = std::ranges::adjacent_find(migrations, {}, &Migration::name);
    if (twice != migrations.end())
        throw Fault(fmt::format("migration {}: is there twice", twice->name));
    return migrations;
}

std::string digest(const std::vector<Migration>& migrations) {
    std::string all;
    for (auto& migration : migrations) all += migration.name + " " + migration.checksum + "\n";
    return hash(all);
}

}  // namespace luster::migrate
