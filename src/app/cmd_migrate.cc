#include "app/backbone.h"
#include "app/commands.h"
#include "core/migrate/migrate.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>

namespace luster::app {
namespace {

Task<std::vector<std::string>> migrate_control(const Config& config) {
    pg::Servers servers({config.postgres.servers.begin(), config.postgres.servers.end()});
    auto migrations = migrate::read({std::filesystem::path(config.folders.schema) / "control"});
    auto session = co_await pg::Session::connect(
        servers, {"main", config.postgres.control_database, "luster", {}}
    );
    SystemClock clock;
    co_return co_await migrate::apply(session, migrations, clock);
}

int run(const CommandLine& line) {
    auto config = line.config();
    std::vector<std::string> applied;
    run_once([&]() -> Task<void> { applied = co_await migrate_control(config); });
    if (line.json) {
        fmt::print("{}\n", json::to_string(applied));
    } else {
        for (const auto& name : applied) fmt::print("{}\n", name);
        fmt::print("{}\n", applied.empty() ? "The control database is up to date." : "Done.");
    }
    return 0;
}

}  // namespace

void add_migrate(CLI::App& app, CommandLine& line) {
    auto* command =
        app.add_subcommand("migrate", "Bring the control database to this release's schema");
    command->callback([&line] { line.run = [&line] { return run(line); }; });
}

}  // namespace luster::app
