// Ours in the peers' protocol: liquid_bench output CORPUS THEME FILE, liquid_bench time CORPUS
// THEMES ROUNDS. Times are CPU nanoseconds per round: theme, parse, render; the limits are on.
#include "liquid/liquid.h"
#include "tool/json.h"

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <time.h>
#include <vector>

namespace {
using namespace liquid;

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::int64_t cpu_ns() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

struct Theme {
    std::map<std::string, std::string, std::less<>> sources;
    std::map<std::string, TemplatePointer, std::less<>> templates;

    explicit Theme(const std::filesystem::path& folder) {
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            sources[entry.path().stem().string()] = read_file(entry.path());
        }
    }
    void parse_all(const Environment& environment) {
        for (const auto& [name, source] : sources) {
            auto parsed =
                parse(environment, source, {.mode = Mode::strict2, .name = {}, .limits = {}});
            if (!parsed) {
                std::fprintf(stderr, "%s: %s\n", name.c_str(), parsed.error().text().c_str());
                std::exit(1);
            }
            templates[name] = *parsed;
        }
    }
};

std::vector<std::string> split(const std::string& names) {
    std::vector<std::string> parts;
    std::istringstream stream(names);
    for (std::string part; std::getline(stream, part, ',');) parts.push_back(part);
    return parts;
}
}  // namespace

int main(int argc, char** argv) {
    if (argc < 5)
        return std::fputs("liquid_bench output|time CORPUS THEMES FILE|ROUNDS\n", stderr), 2;
    std::filesystem::path corpus = argv[2];
    Arena arena;
    auto data = tool::read_json(read_file(corpus / "data.json"), arena);
    if (!data) return std::fputs("data.json is no JSON\n", stderr), 1;
    Environment environment;
    for (const std::string& name : split(argv[3])) {
        Theme theme(corpus / name);
        theme.parse_all(environment);
        Workspace workspace;
        RenderOptions options;
        options.workspace = &workspace;
        options.partials = [&](std::string_view partial) {
            auto found = theme.templates.find(partial);
            return found == theme.templates.end() ? Partial{} : Partial{found->second, {}, {}};
        };
        const Template& main = *theme.templates["main"];
        if (std::strcmp(argv[1], "output") == 0) {
            std::ofstream(argv[4], std::ios::binary) << render(main, *data, options).output;
            continue;
        }
        int rounds = std::atoi(argv[4]);
        std::int64_t start = cpu_ns();
        for (int i = 0; i < rounds; ++i) theme.parse_all(environment);
        std::int64_t parsed = cpu_ns() - start;
        const Template& again = *theme.templates["main"];
        start = cpu_ns();
        for (int i = 0; i < rounds; ++i) render(again, *data, options);
        std::int64_t rendered = cpu_ns() - start;
        std::printf(
            "%s %lld %lld\n",
            name.c_str(),
            static_cast<long long>(parsed / rounds),
            static_cast<long long>(rendered / rounds)
        );
    }
    return 0;
}
