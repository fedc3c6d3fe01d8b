// The parser takes any bytes in any mode, and names a place in what it refuses.
#include "fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace liquid;
    ParseOptions options;
    options.mode = fuzz::mode_of(data, size);
    auto parsed = parse(fuzz::environment(), fuzz::source_of(data, size), options);
    if (!parsed && parsed.error().message.empty()) __builtin_trap();
    return 0;
}
