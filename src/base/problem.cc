#include "base/problem.h"

namespace luster {
namespace {

Problem plain(Problem::Kind kind, Message message) {
    return Problem{kind, std::move(message), {}, {}, {}, {}};
}

}  // namespace

Problem not_found(std::string what) {
    return plain(Problem::Kind::not_found, {"problem_not_found", {{"what", std::move(what)}}});
}

Problem forbidden() {
    return plain(Problem::Kind::forbidden, {"problem_forbidden", {}});
}

Problem unauthenticated() {
    return plain(Problem::Kind::unauthenticated, {"problem_unauthenticated", {}});
}

Problem conflict(Message message) {
    return plain(Problem::Kind::conflict, std::move(message));
}

Problem invalid(std::vector<Problem::Field> fields) {
    auto problem = plain(Problem::Kind::invalid, {"problem_invalid", {}});
    problem.fields = std::move(fields);
    return problem;
}

Problem invalid_field(std::string pointer, Message message) {
    return invalid({{std::move(pointer), std::move(message)}});
}

Problem changed_meanwhile(boost::json::value current, std::string etag) {
    auto problem = plain(Problem::Kind::changed_meanwhile, {"problem_changed_meanwhile", {}});
    problem.current = std::move(current);
    problem.current_etag = std::move(etag);
    return problem;
}

Problem too_many_requests(std::chrono::seconds retry_after) {
    auto problem = plain(Problem::Kind::too_many_requests, {"problem_too_many_requests", {}});
    problem.retry_after = retry_after;
    return problem;
}

Problem unavailable(std::chrono::seconds retry_after) {
    auto problem = plain(Problem::Kind::unavailable, {"problem_unavailable", {}});
    problem.retry_after = retry_after;
    return problem;
}

}  // namespace luster
