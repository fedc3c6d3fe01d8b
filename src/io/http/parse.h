// The head of a request: Beast's parser, and before and after it the refusals that keep two readers
// of one byte stream from disagreeing (request smuggling). Views point into the bytes given.
#pragma once

#include "io/http/http.h"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace luster::http {

struct Authority {
    std::array<char, 256> text;  // lower case
    std::size_t length = 0;
    std::uint16_t port = 0;
    std::string_view host() const { return {text.data(), length}; }
};

struct Head {
    Method method = Method::other;
    std::string_view method_text, target;
    std::vector<Field> fields;  // keeps its room from request to request
    Authority authority;
    bool http_1_0 = false;
    bool keep_alive = false;
    bool chunked = false;
    bool expects_continue = false;
    std::uint64_t content_length = 0;

    bool has_body() const { return chunked || content_length > 0; }
};

// Where the head that starts at `bytes` ends (after its empty line); npos while that isn't there
// yet.
std::size_t head_end(std::string_view bytes);
// 0, or the status with which the request is refused. `bytes` is exactly one head.
unsigned parse_head(std::string_view bytes, const Limits& limits, Head& head);
bool parse_authority(std::string_view text, Authority& authority);

}  // namespace luster::http
