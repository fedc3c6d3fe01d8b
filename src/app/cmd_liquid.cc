#include "app/commands.h"
#include "liquid/tool/tool.h"

#include <CLI/CLI.hpp>

namespace luster::app {

void add_liquid(CLI::App& app, CommandLine& line) {
    auto* command =
        app.add_subcommand("liquid", "Drive the Liquid engine: --jsonl, --json-rpc or --bench N");
    command->prefix_command();
    command->allow_extras();
    command->callback([command, &line] {
        line.run = [command] {
            std::vector<std::string> words{"luster liquid"};
            for (const auto& word : command->remaining()) words.push_back(word);
            std::vector<char*> arguments;
            for (auto& word : words) arguments.push_back(word.data());
            arguments.push_back(nullptr);
            return liquid::tool::run(static_cast<int>(words.size()), arguments.data());
        };
    });
}

}  // namespace luster::app
