#include "app/backbone.h"
#include "app/commands.h"
#include "app/pod.h"
#include "site/notices.h"

#include <CLI/CLI.hpp>

#include <array>

namespace luster::app {
namespace {

int serve_site(const CommandLine& line) {
    auto config = load_pod_config(line.config_file, line.settings);
    auto password = read_secret_file(config.postgres.password_file);
    std::array sources{site::sentences()};
    messages::install(sources);
    SystemClock clock;
    log::Writer writer(
        log_to_stdout(), [&clock] { return clock.now(); }, level_of(config.log.level)
    );
    Pod pod(config, std::move(password), log::Logger(writer));
    return pod.run();
}

}  // namespace

void add_site(CLI::App& app, CommandLine& line) {
    auto* command = app.add_subcommand(
        "site", "Serve one organization's site alone, with its own credentials (site.toml)"
    );
    command->callback([&line] { line.run = [&line] { return serve_site(line); }; });
}

}  // namespace luster::app
