// The simulator's program: ./dev sim. Its last line counts: seeds, and mistakes that were found.
//
//     luster_sim --seed=4711            one seed, every choice shown
//     luster_sim --seconds=240          as many as fit into the time, and at least a hundred; then
//                                       each mistake is planted, and found at some seed
//     luster_sim --mistake=NAME --seed=17
#include "app/features.h"
#include "run.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

namespace luster::sim {
namespace {

constexpr std::uint64_t seeds_min = 100;
constexpr std::uint64_t seeds_a_line = 10;
constexpr std::uint64_t seeds_for_a_mistake_max = 100;

struct Options {
    std::optional<std::uint64_t> seed;
    int seconds = 240;
    std::uint64_t first = 1;
    std::string mistake = "none";
    std::string part = "all";
};

struct Count {
    int passed = 0, failed = 0;
    void add(bool good) { ++(good ? passed : failed); }
};

Ground ground() {
    const char* socket = std::getenv("LUSTER_TEST_PG_SOCKET");
    if (!socket) throw Fault("LUSTER_TEST_PG_SOCKET names no PostgreSQL: run this by ./dev sim");
    return Ground({{"main", fmt::format("host={} port=5432", socket)}});
}

void say(const std::string& line) {
    fmt::print("{}\n", line);
    std::fflush(stdout);
}

void say_nothing(const std::string&) {}

Outcome play(Ground& ground, std::uint64_t seed, const Mistake& mistake, Run::Tell tell) {
    return Run(ground, seed, mistake, std::move(tell)).play();
}

void say_what_is_wrong(std::uint64_t seed, const Outcome& outcome) {
    fmt::print("FAIL  seed {}: ./dev sim {}\n", seed, seed);
    for (auto& sentence : outcome.violations) fmt::print("      {}\n", sentence);
    std::fflush(stdout);
}

const Mistake& mistake_named(const std::string& name) {
    for (auto& mistake : mistakes()) {
        if (mistake.name == name) return mistake;
    }
    return no_mistake();
}

Count one_seed(Ground& ground, const Options& options) {
    auto outcome = play(ground, *options.seed, mistake_named(options.mistake), [](auto& line) {
        fmt::print("{}\n", line);
    });
    if (!outcome.violations.empty()) say_what_is_wrong(*options.seed, outcome);
    fmt::print("{} steps, {} kills, trace {:016x}\n", outcome.steps, outcome.kills, outcome.trace);
    Count count;
    count.add(outcome.violations.empty());
    return count;
}

// The same seed takes the same way.
bool replays(Ground& ground, std::uint64_t seed) {
    auto first = play(ground, seed, no_mistake(), say_nothing);
    auto second = play(ground, seed, no_mistake(), say_nothing);
    if (first.trace != second.trace) {
        fmt::print("FAIL  seed {} took another way the second time\n", seed);
    }
    return first.trace == second.trace;
}

Count many_seeds(Ground& ground, const Options& options) {
    Count count;
    std::uint64_t steps = 0, seed = options.first;
    int kills = 0;
    auto start = std::chrono::steady_clock::now();
    auto end = start + std::chrono::seconds(options.seconds);
    auto enough = options.first + seeds_min;
    for (; seed < enough || std::chrono::steady_clock::now() < end; ++seed) {
        auto outcome = play(ground, seed, no_mistake(), say_nothing);
        if (!outcome.violations.empty()) say_what_is_wrong(seed, outcome);
        count.add(outcome.violations.empty());
        steps += outcome.steps;
        kills += outcome.kills;
        if (seed % seeds_a_line == 0)
            say(fmt::format("seed {}: {} failed so far", seed, count.failed));
    }
    auto taken =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start);
    fmt::print(
        "{} seeds in {} s: {} steps, {} kills\n", seed - options.first, taken.count(), steps, kills
    );
    return count;
}

// True when one of the first seeds shows it.
bool is_found(Ground& ground, const Mistake& mistake) {
    for (std::uint64_t seed = 1; seed <= seeds_for_a_mistake_max; ++seed) {
        auto outcome = play(ground, seed, mistake, say_nothing);
        if (outcome.violations.empty()) continue;
        fmt::print(
            "ok    {}: found at seed {}: {}\n", mistake.name, seed, outcome.violations.front()
        );
        std::fflush(stdout);
        return true;
    }
    fmt::print("FAIL  {}: not found in {} seeds\n", mistake.name, seeds_for_a_mistake_max);
    return false;
}

Run::Tell tell_of(const Options& options) {
    return options.seed ? say : say_nothing;
}

int run(const Options& options) {
    app::install_messages();
    auto there = ground();
    Run(there, 0, no_mistake(), tell_of(options)).prepare();
    Count count;
    if (options.seed) {
        count = one_seed(there, options);
    } else {
        if (options.part != "mistakes") {
            count = many_seeds(there, options);
            count.add(replays(there, options.first));
        }
        if (options.part != "seeds") {
            for (auto& mistake : mistakes()) count.add(is_found(there, mistake));
        }
    }
    fmt::print("{} passed, {} failed\n", count.passed, count.failed);
    return count.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace luster::sim

int main(int argc, char** argv) {
    luster::sim::Options options;
    CLI::App app{"Simulates registration, provisioning and removal"};
    app.add_option("--seed", options.seed, "One seed, every choice shown");
    app.add_option("--seconds", options.seconds, "As many seeds as fit");
    app.add_option("--first", options.first, "The first of them");
    app.add_option("--mistake", options.mistake, "Plants this one, with --seed");
    app.add_option("--part", options.part, "Only the seeds, or only the planted mistakes")
        ->check(CLI::IsMember({"all", "seeds", "mistakes"}));
    CLI11_PARSE(app, argc, argv);
    try {
        return luster::sim::run(options);
    } catch (const std::exception& fault) {
        fmt::print(stderr, "{}\n", fault.what());
        return 2;
    }
}
