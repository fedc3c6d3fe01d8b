#include "app/commands.h"
#include "io/pg/conninfo.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace luster::app {
namespace {

void print_text(const std::vector<config::Entry>& entries, const Docs& docs) {
    for (const auto& entry : entries) {
        fmt::print(
            "{} = {}\n    {} ({})\n", entry.key, entry.value, docs.at(entry.key), entry.source
        );
    }
}

void print_json(const std::vector<config::Entry>& entries, const Docs& docs) {
    boost::json::array all;
    for (const auto& entry : entries) {
        all.push_back({
            {"key", entry.key},
            {"value", json::parse(entry.value).value()},
            {"source", entry.source},
            {"doc", docs.at(entry.key)},
        });
    }
    fmt::print("{}\n", json::to_string(json::Value(std::move(all))));
}

// People show what they see here to others when they ask for help.
json::Value without_passwords(json::Value value) {
    if (value.is_string())
        return json::Value(pg::without_passwords(std::string(value.get_string())));
    if (auto* servers = value.if_object()) {
        for (auto& server : *servers) server.value() = without_passwords(server.value());
    }
    return value;
}

void mask(std::vector<config::Entry>& entries) {
    for (auto& entry : entries) {
        if (entry.key == "postgres.servers" || entry.key == "postgres.server")
            entry.value = json::to_string(without_passwords(json::parse(entry.value).value()));
    }
}

template <class Settings>
int show(const CommandLine& line, std::string_view usual_file, const Docs& docs) {
    auto found = find_settings(line.config_file, usual_file, line.settings);
    auto loaded = read_settings<Settings>(found);
    for (const auto& error : loaded.errors) fmt::print(stderr, "luster: {}\n", error);
    if (!loaded.errors.empty()) return 2;
    mask(loaded.entries);
    line.json ? print_json(loaded.entries, docs) : print_text(loaded.entries, docs);
    return 0;
}

}  // namespace

void add_config(CLI::App& app, CommandLine& line) {
    auto* command =
        app.add_subcommand("config", "Show every setting, where it comes from and what it means");
    auto of_site = std::make_shared<bool>(false);
    command->add_flag("--site", *of_site, "The settings of 'luster site'");
    command->callback([&line, of_site] {
        line.run = [&line, of_site] {
            if (*of_site) return show<PodConfig>(line, "site.toml", pod_config_docs());
            return show<Config>(line, "luster.toml", config_docs());
        };
    });
}

}  // namespace luster::app
