#include "app/commands.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace luster::app {
namespace {

std::string words_of(const CLI::App& app) {
    std::string words;
    for (const auto* command : app.get_subcommands({})) words += command->get_name() + " ";
    for (const auto* option : app.get_options()) {
        for (const auto& name : option->get_lnames()) words += "--" + name + " ";
    }
    return words;
}

// Completes the subcommand in the first place, then that subcommand's own words.
void print_bash(const CLI::App& app) {
    fmt::print(
        "_luster() {{\n    local words=\"{}\"\n    case \"${{COMP_WORDS[1]}}\" in\n", words_of(app)
    );
    for (const auto* command : app.get_subcommands({})) {
        fmt::print(
            "        {}) [ \"$COMP_CWORD\" -gt 1 ] && words=\"{}\" ;;\n",
            command->get_name(),
            words_of(*command)
        );
    }
    fmt::print(
        "    esac\n    COMPREPLY=($(compgen -W \"$words\" -- "
        "\"${{COMP_WORDS[COMP_CWORD]}}\"))\n}}\n"
    );
    fmt::print("complete -o default -F _luster luster\n");
}

}  // namespace

void add_completion(CLI::App& app, CommandLine& line) {
    auto* command = app.add_subcommand(
        "completion", "Print what bash (or zsh with bashcompinit) needs to complete words"
    );
    command->callback([&app, &line] {
        line.run = [&app] {
            print_bash(app);
            return 0;
        };
    });
}

}  // namespace luster::app
