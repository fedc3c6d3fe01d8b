#include "tool/tool.h"

#include "tool/bench.h"
#include "tool/jsonl.h"
#include "tool/lines.h"
#include "tool/rpc.h"

#include <charconv>
#include <cstdlib>
#include <string_view>

namespace liquid::tool {

bool Lines::read(std::string& line) const {
    char* text = nullptr;
    std::size_t capacity = 0;
    ssize_t size = ::getline(&text, &capacity, in);
    line.assign(text == nullptr ? "" : text, size < 0 ? 0 : static_cast<std::size_t>(size));
    std::free(text);
    if (line.ends_with('\n')) line.pop_back();
    return size >= 0;
}

void Lines::write(const std::string& line) const {
    std::fwrite(line.data(), 1, line.size(), out);
    std::fputc('\n', out);
    std::fflush(out);
}

namespace {
// A count from 1; 0 for what is none.
int rounds_of(std::string_view text) {
    int rounds = 0;
    auto parsed = std::from_chars(text.data(), text.data() + text.size(), rounds);
    return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() && rounds > 0
               ? rounds
               : 0;
}
}  // namespace

int run(int argc, char** argv) {
    std::string_view form = argc >= 2 ? argv[1] : "";
    if (form == "--jsonl" && argc == 2) return run_jsonl();
    if (form == "--json-rpc" && argc == 2) return run_rpc();
    if (int rounds = form == "--bench" && argc == 3 ? rounds_of(argv[2]) : 0)
        return run_bench(rounds);
    std::fputs(
        "liquid --jsonl      one {\"template\",\"data\",\"partials\",\"mode\"} a line in, one "
        "{\"output\"} or {\"error\",\"line\"} a line out\n"
        "liquid --json-rpc   JSON-RPC 2.0, one message a line: initialize compile render quit\n"
        "liquid --bench N    the input of --jsonl, N rounds (from 1): times, allocations, bytes\n",
        stderr
    );
    return 2;
}

}  // namespace liquid::tool
