// A refusal: what a caller did that cannot be granted, in terms a person can act on. Features make
// one by a named function; only core/api knows which HTTP status belongs to which kind.
#pragma once

#include <boost/json/value.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace luster {

// A sentence for people: a key of messages/{en,de}.json and its arguments; put into words at the
// edge.
struct Message {
    std::string key;
    std::vector<std::pair<std::string, std::string>> arguments;
    friend bool operator==(const Message&, const Message&) = default;
};

struct Problem {
    enum class Kind {
        invalid,             // a field of the request is wrong: 422
        malformed,           // the request can't be read at all: 400
        unauthenticated,     // 401
        forbidden,           // 403: above the role, inside an organization that the actor may see
        not_found,           // 404: absent, or not to be known
        method_not_allowed,  // 405
        conflict,            // 409
        in_progress,         // 409: the same idempotency key is still running
        changed_meanwhile,   // 412, with the document as it is now
        precondition_required,   // 428
        too_large,               // 413
        unsupported_media_type,  // 415
        misdirected,             // 421
        idempotency_mismatch,    // 422
        csrf,                    // 403
        limit_reached,           // 402
        too_many_requests,       // 429
        unavailable,             // 503
    };

    struct Field {
        std::string pointer;  // RFC 6901
        Message message;
    };

    Kind kind;
    Message message;
    std::vector<Field> fields;
    std::optional<std::chrono::seconds> retry_after;
    boost::json::value current;  // with changed_meanwhile: the document as it is now
    std::string current_etag;
};

Problem not_found(std::string what);
Problem forbidden();
Problem unauthenticated();
Problem conflict(Message message);
Problem invalid(std::vector<Problem::Field> fields);
// One wrong field; `key` names the sentence.
Problem invalid_field(std::string pointer, Message message);
Problem changed_meanwhile(boost::json::value current, std::string etag);
Problem too_many_requests(std::chrono::seconds retry_after);
Problem unavailable(std::chrono::seconds retry_after);

}  // namespace luster
