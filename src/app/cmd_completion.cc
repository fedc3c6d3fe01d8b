// `luster completion SHELL` prints a shell's few lines; for each Tab they ask the hidden command
// `luster complete`, which knows the commands as they are.
#include "app/commands.h"
#include "base/config.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <span>

namespace luster::app {
namespace {

using Words = std::vector<std::string>;

const CLI::Option* option_named(const CLI::App* command, const std::string& word) {
    for (; command; command = command->get_parent()) {
        for (const auto* option : command->get_options()) {
            if (option->check_name(word)) return option;
        }
    }
    return nullptr;
}

const CLI::App* command_named(const CLI::App& above, const std::string& word) {
    auto below = above.get_subcommands([&](const CLI::App* app) { return app->check_name(word); });
    return below.empty() ? nullptr : below.front();
}

// Where the whole words have led to.
struct Place {
    const CLI::App* command;
    const CLI::Option* waiting = nullptr;  // its value comes next
};

Place place_after(const CLI::App& app, std::span<const std::string> words) {
    Place place{&app};
    for (const auto& word : words) {
        if (std::exchange(place.waiting, nullptr)) continue;
        if (word.starts_with('-')) {
            const auto* option = option_named(place.command, word);
            if (option && option->get_items_expected_max() > 0) place.waiting = option;
        } else if (const auto* below = command_named(*place.command, word)) {
            place.command = below;
        }
    }
    return place;
}

// "TEXT:{text,json}" is how CLI11 writes an option's choices.
Words choices_of(const CLI::Option& option) {
    auto type = option.get_type_name();
    auto begin = type.find('{'), end = type.find('}');
    if (begin == std::string::npos || end == std::string::npos) return {};
    Words choices;
    for (const auto& choice : CLI::detail::split(type.substr(begin + 1, end - begin - 1), ','))
        choices.push_back(CLI::detail::trim_copy(choice));
    return choices;
}

Words values_of(const CLI::Option& option) {
    if (!option.check_lname("set")) return choices_of(option);
    Words keys;
    for (const auto& [key, doc] : config_docs()) keys.push_back(std::string(key) + "=");
    return keys;
}

Words options_of(const CLI::App* command) {
    Words options;
    for (; command; command = command->get_parent()) {
        for (const auto* option : command->get_options()) {
            for (const auto& name : option->get_lnames()) options.push_back("--" + name);
        }
    }
    return options;
}

Words plain_words_of(const CLI::App& command) {
    Words words;
    for (const auto* below : command.get_subcommands({})) {
        if (!below->get_group().empty()) words.push_back(below->get_name());
    }
    for (const auto* option : command.get_options()) {
        if (option->get_positional())
            std::ranges::move(choices_of(*option), std::back_inserter(words));
    }
    return words;
}

// What may stand for the last of these words; nothing where it may be anything, such as a file.
Words completions(const CLI::App& app, std::span<const std::string> words) {
    if (words.empty()) return {};
    const auto& begun = words.back();
    auto place = place_after(app, words.first(words.size() - 1));
    auto all = place.waiting            ? values_of(*place.waiting)
               : begun.starts_with('-') ? options_of(place.command)
                                        : plain_words_of(*place.command);
    std::erase_if(all, [&](const auto& word) { return !word.starts_with(begun); });
    std::ranges::sort(all);
    all.erase(std::ranges::unique(all).begin(), all.end());
    return all;
}

// A setting's name is followed by its value at once, so no space comes after `=`.
constexpr std::string_view bash = R"(_luster() {
    mapfile -t COMPREPLY < <(luster complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -o default -F _luster luster
)";
constexpr std::string_view zsh = R"(#compdef luster
_luster() {
    local -a found names
    found=("${(@f)$(luster complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    names=(${(M)found:#*=})
    found=(${found:#*=})
    (( $#names )) && compadd -S '' -- $names
    (( $#found )) && compadd -- $found
    (( $#names + $#found )) || _files
}
compdef _luster luster
)";
constexpr std::string_view fish = R"(function __luster_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l found (luster complete -- $words[2..] 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c luster -f -a '(__luster_complete)'
)";

void add_completion_script(CLI::App& app, CommandLine& line) {
    auto* command = app.add_subcommand("completion", "Print what a shell needs to complete words");
    auto shell = std::make_shared<std::string>();
    command->add_option("shell", *shell, "Which shell: source <(luster completion bash)")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    command->callback([shell, &line] {
        line.run = [shell] {
            fmt::print("{}", *shell == "bash" ? bash : *shell == "zsh" ? zsh : fish);
            return 0;
        };
    });
}

}  // namespace

void add_completion(CLI::App& app, CommandLine& line) {
    add_completion_script(app, line);
    auto* command =
        app.add_subcommand("complete", "Print what may stand for the last word")->group("");
    auto words = std::make_shared<Words>();
    command->add_option("words", *words, "What is written so far, after --");
    command->callback([words, &app, &line] {
        line.run = [words, &app] {
            for (const auto& word : completions(app, *words)) fmt::print("{}\n", word);
            return 0;
        };
    });
}

}  // namespace luster::app
