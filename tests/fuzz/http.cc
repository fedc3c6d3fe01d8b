// Whatever bytes arrive: the head is understood or refused, and of a body no byte is read twice or
// lost.
#include "base/result.h"
#include "io/http/chunks.h"
#include "io/http/parse.h"

#include <cstdint>

using namespace luster::http;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    auto head_bytes = head_end(bytes);
    if (head_bytes == std::string_view::npos) return 0;
    Head head;
    if (parse_head(bytes.substr(0, head_bytes), Limits{}, head) != 0) return 0;
    LUSTER_ASSERT(head.target.starts_with('/'));
    LUSTER_ASSERT(!head.authority.host().empty());
    LUSTER_ASSERT(!(head.chunked && head.content_length));
    auto rest = bytes.substr(head_bytes);
    ChunkDecoder decoder;
    while (head.chunked && !rest.empty() && !decoder.done() && !decoder.broken()) {
        auto step = decoder.next(rest);
        LUSTER_ASSERT(step.framing + step.body > 0 || decoder.broken());
        rest.remove_prefix(step.framing + step.body);
    }
    return 0;
}
