// Words for statuses, and the answers that the server gives by itself.
#pragma once

#include "io/http/http.h"

namespace luster::http {

std::string_view reason_phrase(unsigned status);
// RFC 9457, with a sentence for whoever wrote the client.
Response problem_response(unsigned status);

// For connections above the limit.
inline constexpr std::string_view too_many_bytes =
    "HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\nretry-after: 5\r\ncontent-length: "
    "0\r\n\r\n";

}  // namespace luster::http
