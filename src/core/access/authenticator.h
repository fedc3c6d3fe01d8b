// What core asks of those who know people and organizations; platform implements it, app joins
// them.
#pragma once

#include "core/access/access.h"
#include "io/loop/task.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace luster {

// A signed-in browser: the person, the session, and the token against forged requests that belongs
// to it.
struct Session {
    SessionId id;
    std::shared_ptr<const Actor> actor;
    std::string csrf_token;
};

class Authenticator {
public:
    virtual ~Authenticator() = default;
    // By the session cookie's value. Answered from memory; a revoked session is refused with the
    // next request. Empty: unknown, expired or revoked.
    virtual Task<std::optional<Session>> authenticate(std::string_view session_token) = 0;
};

// The tree of organizations as of now. A change made through this process is in it before it is
// answered.
class Organizations {
public:
    virtual ~Organizations() = default;
    virtual std::shared_ptr<const Tree> tree() const = 0;
};

}  // namespace luster
