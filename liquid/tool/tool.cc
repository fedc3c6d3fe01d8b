#include "tool/tool.h"

#include "tool/bench.h"
#include "tool/jsonl.h"
#include "tool/lines.h"
#include "tool/rpc.h"

#include <cstdlib>
#include <cstring>

namespace liquid::tool {

bool read_line(std::string& line) {
    line.clear();
    char chunk[65536];
    while (std::fgets(chunk, sizeof chunk, stdin) != nullptr) {
        line += chunk;
        if (!line.empty() && line.back() == '\n') {
            line.pop_back();
            return true;
        }
    }
    return !line.empty();
}

void write_line(const std::string& line) {
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

int run(int argc, char** argv) {
    if (argc >= 2 && std::strcmp(argv[1], "--jsonl") == 0) return run_jsonl();
    if (argc >= 2 && std::strcmp(argv[1], "--json-rpc") == 0) return run_rpc();
    if (argc >= 3 && std::strcmp(argv[1], "--bench") == 0) return run_bench(std::atoi(argv[2]));
    std::fputs(
        "liquid --jsonl      one {\"template\",\"data\",\"partials\",\"mode\"} a line in, one "
        "{\"output\"} or {\"error\",\"line\"} a line out\n"
        "liquid --json-rpc   JSON-RPC 2.0, one message a line: initialize compile render quit\n"
        "liquid --bench N    the input of --jsonl, N rounds: times, allocations, bytes\n",
        stderr
    );
    return 2;
}

}  // namespace liquid::tool
