#include "app/commands.h"
#include "app/server.h"

#include <CLI/CLI.hpp>

namespace luster::app {
namespace {

int serve(const CommandLine& line, Duties duties) {
    auto config = line.config();
    if (config.postgres.servers.empty()) {
        fmt::print(stderr, "luster: postgres.servers: name at least the server 'main'.\n");
        return 2;
    }
    install_messages();
    SystemClock clock;
    log::Writer writer(
        log_to_stdout(), [&clock] { return clock.now(); }, level_of(config.log.level)
    );
    Server server(config, duties, log::Logger(writer));
    return server.run();
}

}  // namespace

void add_serve(CLI::App& app, CommandLine& line) {
    auto* command = app.add_subcommand(
        "serve", "Serve the panel, the API and all sites, and do the background work"
    );
    command->callback([&line] {
        line.run = [&line] { return serve(line, {true, line.config().provisioning.worker}); };
    });
    auto* worker = app.add_subcommand("worker", "Do the background work only");
    worker->callback([&line] { line.run = [&line] { return serve(line, {false, true}); }; });
}

}  // namespace luster::app
