#include "app/commands.h"
#include "app/features.h"
#include "core/api/api.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace luster::app {
namespace {

int print_document() {
    Config config;
    config.postgres.servers = {{"main", ""}};
    config.http.loops = {1};
    Backbone backbone(config, no_keys(), log::Logger());
    smtp::SimulatedSmtp smtp;
    Features features(backbone, smtp);
    fmt::print("{}\n", api::openapi(features.endpoints()));
    return 0;
}

}  // namespace

void add_openapi(CLI::App& app, CommandLine& line) {
    auto* command = app.add_subcommand("openapi", "Print the OpenAPI document of the HTTP API");
    command->callback([&line] { line.run = print_document; });
}

}  // namespace luster::app
