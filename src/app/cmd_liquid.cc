#include "app/commands.h"
#include "liquid/tool/bench.h"
#include "liquid/tool/jsonl.h"
#include "liquid/tool/rpc.h"

#include <CLI/CLI.hpp>

namespace luster::app {

void add_liquid(CLI::App& app, CommandLine& line) {
    auto* command = app.add_subcommand("liquid", "Drive the Liquid engine from another program");
    auto* forms = command->add_option_group("form", "How it is spoken to");
    forms->require_option(1);
    auto* jsonl = forms->add_flag("--jsonl")->description(
        R"(One {"template","data","partials","mode"} a line in, one {"output"} a line out)"
    );
    auto* rpc =
        forms->add_flag("--json-rpc")
            ->description("JSON-RPC 2.0, one message a line: initialize, compile, render, quit");
    auto rounds = std::make_shared<int>(0);
    forms
        ->add_option(
            "--bench", *rounds, "The input of --jsonl so many times: times, allocations, bytes"
        )
        ->check(CLI::Range(1, 1'000'000));
    command->callback([jsonl, rpc, rounds, &line] {
        line.run = [jsonl, rpc, rounds] {
            if (jsonl->count() > 0) return liquid::tool::run_jsonl();
            if (rpc->count() > 0) return liquid::tool::run_rpc();
            return liquid::tool::run_bench(*rounds);
        };
    });
}

}  // namespace luster::app
