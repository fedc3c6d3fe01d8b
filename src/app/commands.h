// The subcommands, one file each (cmd_NAME.cc). Each adds itself to the command line and sets
// `run`.
#pragma once

#include "app/config.h"

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace luster::app {

struct CommandLine {
    std::string config_file;
    std::vector<std::string> settings;  // --set KEY=VALUE
    bool json = false;                  // --output json
    std::function<int()> run;

    Config config() const { return load_config(config_file, settings); }
};

void add_serve(CLI::App& app, CommandLine& line);  // and worker
void add_site(CLI::App& app, CommandLine& line);
void add_migrate(CLI::App& app, CommandLine& line);
void add_admin(CLI::App& app, CommandLine& line);
void add_liquid(CLI::App& app, CommandLine& line);
void add_openapi(CLI::App& app, CommandLine& line);
void add_config(CLI::App& app, CommandLine& line);
void add_completion(CLI::App& app, CommandLine& line);

}  // namespace luster::app
