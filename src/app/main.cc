#include "app/main.h"

#include "app/commands.h"
#include "io/pg/error.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <exception>

namespace luster::app {
namespace {

void add_version(CLI::App& app, CommandLine& line) {
    auto* command = app.add_subcommand("version", "Print the version");
    command->callback([&line] {
        line.run = [&line] {
            fmt::print(
                fmt::runtime(line.json ? "{{\"version\":\"{}\"}}\n" : "luster {}\n"), LUSTER_VERSION
            );
            return 0;
        };
    });
}

// What a person can do about the usual faults of a start.
std::string_view remedy_of(const std::exception& fault) {
    const auto* error = dynamic_cast<const pg::Error*>(&fault);
    if (!error) return {};
    auto& state = error->sqlstate();
    if (state == "42P01" || state == "42703") return "Run 'luster migrate' first.";
    if (state == "3D000")
        return "Make the database, or name another: postgres.control_database, of a site "
               "postgres.database.";
    if (error->refused()) return "See pg_hba.conf and the passwords, and 'luster config'.";
    if (state.empty()) return "Is PostgreSQL there? 'luster config' shows postgres.servers.";
    return {};
}

// Understood by every command, so each command's help names them at its end.
constexpr auto common_options =
    "Everywhere: --config FILE, --set KEY=VALUE, --output text|json; see 'luster --help'.";

void add_common_options(CLI::App& app, CommandLine& line) {
    app.add_option(
        "-c,--config", line.config_file, "Configuration file (luster.toml where there is one)"
    );
    app.add_option("--set", line.settings, "A setting for this run, KEY=VALUE; may be repeated");
    app.add_option_function<std::string>(
           "-o,--output",
           [&line](const std::string& form) { line.json = form == "json"; },
           "Form of what is printed: text or json"
    )
        ->check(CLI::IsMember({"text", "json"}));
}

// CLI11 only says that a command is missing where the one that was written is unknown.
int end_with(const CLI::App& app, const CLI::ParseError& error) {
    auto words = app.remaining(true);
    auto word = std::ranges::find_if(words, [](auto& text) { return !text.starts_with('-'); });
    auto missing = CLI::RequiredError::Subcommand(1);
    bool unknown = std::string_view(error.what()) == missing.what() && word != words.end();
    if (!unknown) return app.exit(error) == 0 ? 0 : 2;
    auto sentence = fmt::format("There is no command '{}' here.", *word);
    app.exit(CLI::ParseError(sentence, CLI::ExitCodes::ExtrasError));
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    CommandLine line;
    CLI::App app("Luster, a multi-tenant site platform.", "luster");
    app.require_subcommand(1);
    app.fallthrough();
    app.set_version_flag("--version", std::string("luster ") + LUSTER_VERSION);
    add_common_options(app, line);
    app.footer(common_options);  // commands take it over when they are made
    for (auto add :
         {add_serve,
          add_site,
          add_migrate,
          add_admin,
          add_liquid,
          add_openapi,
          add_config,
          add_completion,
          add_version}) {
        add(app, line);
    }
    app.footer("");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return end_with(app, error);
    }
    try {
        return line.run();
    } catch (const std::exception& fault) {
        fmt::print(stderr, "luster: {}\n", fault.what());
        if (auto remedy = remedy_of(fault); !remedy.empty()) {
            fmt::print(stderr, "luster: {}\n", remedy);
        }
        return 1;
    }
}

}  // namespace luster::app
