// Sessions: made at sign-in, looked up at every request, ended at once.
//
// A look-up is answered from memory. What is ended here is forgotten before it is answered; other
// processes hear of it by NOTIFY, and one that doesn't hear (its connection is away) asks the
// database each time. So a revoked session is refused with the next request.
#pragma once

#include "base/log.h"
#include "core/access/authenticator.h"
#include "io/clock/clock.h"
#include "io/pg/listener.h"
#include "io/pg/pg.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace luster::identity {

struct Opened {
    SessionId id;
    Secret token;            // for the cookie
    std::string csrf_token;  // belongs to it
};

struct SessionRow {
    SessionId id;
    Time created_at;
    Time seen_at;
    std::string address;
    std::string user_agent;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (id, created_at, seen_at, address, user_agent))

// --- rows, in the caller's transaction ---
constexpr Duration session_idle_max = std::chrono::days(14);
constexpr Duration session_age_max = std::chrono::days(90);

Task<Opened> open_session(
    pg::ControlTx& tx,
    Random& random,
    UserId user,
    std::string_view address,
    std::string_view user_agent,
    Time now
);
// Newest first; `before` is the last one of the page before.
Task<std::vector<SessionRow>> list_sessions(
    pg::ControlDb& control, UserId user, std::optional<SessionId> before, int count, Time now
);
Task<bool> close_session(pg::ControlTx& tx, UserId user, SessionId session);
Task<void> close_sessions(pg::ControlTx& tx, UserId user, std::optional<SessionId> except = {});

// A person as rights need them.
Task<std::optional<Actor>> load_actor(pg::ControlDb& control, UserId user);

// --- memory ---
class Sessions final : public Authenticator {
public:
    static constexpr std::string_view channel = "session";
    static constexpr Duration seen_every = std::chrono::minutes(1);

    Sessions(
        Loops& loops, pg::ControlDb& control, pg::Notifier& notifier, Clock& clock, log::Logger log
    );

    Task<std::optional<Session>> authenticate(std::string_view session_token) override;

    // After a commit that ended sessions of a person or changed what they are or may, before the
    // answer.
    void changed(UserId user);

    // What the process's Listener hears; without a connection memory is not trusted.
    void notified(std::string_view payload);
    void lost();
    void back();

    std::size_t remembered() const;

private:
    static constexpr std::size_t remembered_max = 100'000;

    struct Known {
        SessionId id;
        std::shared_ptr<const Actor> actor;
        std::string csrf_token;
        Time seen_at;
        Time expires_at;
    };

    std::optional<Known> recall(const std::string& hash) const;
    void remember(const std::string& hash, const Known& known, std::uint64_t epoch);
    Task<std::optional<Known>> look_up(std::string hash, std::string csrf_token);
    void mark_seen(const std::string& hash, const Known& known, Time now);
    Task<void> write_seen(SessionId session, Time now);
    void forget(UserId user);
    bool lives(const Known& known, Time now) const;

    Loops& loops_;
    pg::ControlDb& control_;
    pg::Notifier& notifier_;
    Clock& clock_;
    log::Logger log_;

    mutable std::mutex
        mutex_;  // all loops share the memory; held for one look-up, never across a wait
    std::unordered_map<std::string, Known> known_;  // by the token's hash
    std::uint64_t epoch_ = 0;                       // of what was forgotten
    bool listening_ = false;
};

}  // namespace luster::identity
