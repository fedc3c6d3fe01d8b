// What a stranger's bytes do to the head of a request: it is refused or understood, and what is
// understood can be read in one way only.
#include "io/http/parse.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace luster;

namespace {

void must(bool holds) {
    if (!holds) std::abort();
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\t';
    });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    auto end = http::head_end(bytes);
    if (end == std::string_view::npos) return 0;
    must(end <= size);
    http::Head head;
    if (http::parse_head(bytes.substr(0, end), http::Limits{}, head) != 0) return 0;
    must(head.target.starts_with('/') || head.target == "*");
    must(!has_control(head.target));
    std::size_t lengths = 0, codings = 0, hosts = 0;
    for (const auto& field : head.fields) {
        must(!has_control(field.value));
        lengths += http::equal_ignoring_case(field.name, "Content-Length");
        codings += http::equal_ignoring_case(field.name, "Transfer-Encoding");
        hosts += http::equal_ignoring_case(field.name, "Host");
    }
    must(lengths + codings <= 1);
    must(hosts == 1);
    must(!(head.chunked && head.content_length > 0));
    return 0;
}
