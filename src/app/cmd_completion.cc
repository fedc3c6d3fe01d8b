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

// A case for each command, "admin orgs", with the words that may follow it.
void append_cases(const CLI::App& app, const std::string& path, std::string& cases) {
    cases += fmt::format("        '{}') words=\"{}\" ;;\n", path, words_of(app));
    for (const auto* command : app.get_subcommands({}))
        append_cases(*command, path + " " + command->get_name(), cases);
}

void append_paths(const CLI::App& app, const std::string& path, std::string& paths) {
    for (const auto* command : app.get_subcommands({})) {
        auto name = path + " " + command->get_name();
        paths += (paths.empty() ? "'" : "|'") + name + "'";
        append_paths(*command, name, paths);
    }
}

// Which command is being written is known by its words; options stand anywhere between them.
void print_bash(const CLI::App& app) {
    std::string cases, paths;
    append_cases(app, "", cases);
    append_paths(app, "", paths);
    fmt::print(
        "_luster() {{\n"
        "    local path=\"\" word words=\"\"\n"
        "    for word in \"${{COMP_WORDS[@]:1:COMP_CWORD-1}}\"; do\n"
        "        case \"$path $word\" in\n            {}) path=\"$path $word\" ;;\n        esac\n"
        "    done\n"
        "    case \"$path\" in\n{}    esac\n"
        "    COMPREPLY=($(compgen -W \"$words\" -- \"${{COMP_WORDS[COMP_CWORD]}}\"))\n"
        "}}\ncomplete -o default -F _luster luster\n",
        paths,
        cases
    );
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
