#include "app/commands.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace luster::app {
namespace {

void print_text(const std::vector<config::Entry>& entries) {
    for (const auto& entry : entries) {
        fmt::print(
            "{} = {}\n    {} ({})\n",
            entry.key,
            entry.value,
            config_docs().at(entry.key),
            entry.source
        );
    }
}

void print_json(const std::vector<config::Entry>& entries) {
    boost::json::array all;
    for (const auto& entry : entries) {
        all.push_back({
            {"key", entry.key},
            {"value", json::parse(entry.value).value()},
            {"source", entry.source},
            {"doc", config_docs().at(entry.key)},
        });
    }
    fmt::print("{}\n", json::to_string(json::Value(std::move(all))));
}

int show(const CommandLine& line) {
    auto loaded = read_config(line.config_file, line.settings);
    for (const auto& error : loaded.errors) fmt::print(stderr, "luster: {}\n", error);
    if (!loaded.errors.empty()) return 2;
    line.json ? print_json(loaded.entries) : print_text(loaded.entries);
    return 0;
}

}  // namespace

void add_config(CLI::App& app, CommandLine& line) {
    auto* command =
        app.add_subcommand("config", "Show every setting, where it comes from and what it means");
    command->callback([&line] { line.run = [&line] { return show(line); }; });
}

}  // namespace luster::app
