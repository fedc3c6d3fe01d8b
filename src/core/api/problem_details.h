// A refusal as the caller sees it: problem details (RFC 9457) in the reader's language.
#pragma once

#include "base/messages.h"
#include "base/problem.h"
#include "io/http/http.h"

#include <string_view>

namespace luster::api {

unsigned status_of(Problem::Kind kind);
std::string_view type_of(Problem::Kind kind);  // "https://luster.dev/problems/not-found"
http::Response problem_response(
    const Problem& problem, Language language, std::string_view request_id
);

}  // namespace luster::api
