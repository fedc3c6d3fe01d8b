#include "platform/identity/sessions.h"

#include "base/crypto.h"

#include <algorithm>

namespace luster::identity {
namespace {

constexpr std::size_t user_agent_bytes_max = 300;

const pg::ControlQuery<void(SessionId, Bytes, UserId, Time, Time, std::string, std::string)>
    insert_session{"identity.open_session", R"sql(
    INSERT INTO session (id, token_hash, user_id, created_at, seen_at, expires_at, address, user_agent)
    VALUES ($1, $2, $3, $4, $4, $5, $6, $7))sql"};

const pg::ControlQuery<SessionRow(UserId, std::optional<SessionId>, Time, Time, std::int32_t)>
    select_sessions{"identity.list_sessions", R"sql(
    SELECT id, created_at, seen_at, address, user_agent FROM session
     WHERE user_id = $1 AND ($2::uuid IS NULL OR id < $2) AND expires_at > $3 AND seen_at > $4
     ORDER BY id DESC LIMIT $5::integer)sql"};

const pg::ControlQuery<void(UserId, SessionId)> delete_session{
    "identity.close_session", "DELETE FROM session WHERE user_id = $1 AND id = $2"
};

const pg::ControlQuery<void(UserId, std::optional<SessionId>)> delete_sessions{
    "identity.close_sessions", R"sql(
    DELETE FROM session WHERE user_id = $1 AND ($2::uuid IS NULL OR id <> $2))sql"
};

struct ActorRow {
    UserId user_id;
    std::string name;
    std::optional<Time> verified_at;
    bool superadmin;
    std::vector<OrgId> organizations;
    std::vector<Role> roles;
};
BOOST_DESCRIBE_STRUCT(ActorRow, (), (user_id, name, verified_at, superadmin, organizations, roles))

const pg::ControlQuery<ActorRow(UserId)> select_actor{"identity.load_actor", R"sql(
    SELECT id AS user_id, name, verified_at, superadmin,
           ARRAY (SELECT organization_id FROM membership WHERE user_id = app_user.id
                   ORDER BY organization_id) AS organizations,
           ARRAY (SELECT role FROM membership WHERE user_id = app_user.id
                   ORDER BY organization_id) AS roles
      FROM app_user WHERE id = $1)sql"};

struct FoundSession {
    SessionId id;
    Time seen_at;
    Time expires_at;
    UserId user_id;
    std::string name;
    std::optional<Time> verified_at;
    bool superadmin;
    std::vector<OrgId> organizations;
    std::vector<Role> roles;
};
BOOST_DESCRIBE_STRUCT(
    FoundSession,
    (),
    (id, seen_at, expires_at, user_id, name, verified_at, superadmin, organizations, roles)
)

const pg::ControlQuery<FoundSession(Bytes)> select_session{"identity.authenticate", R"sql(
    SELECT session.id, session.seen_at, session.expires_at, app_user.id AS user_id, app_user.name,
           app_user.verified_at, app_user.superadmin,
           ARRAY (SELECT organization_id FROM membership WHERE user_id = app_user.id
                   ORDER BY organization_id) AS organizations,
           ARRAY (SELECT role FROM membership WHERE user_id = app_user.id
                   ORDER BY organization_id) AS roles
      FROM session JOIN app_user ON app_user.id = session.user_id
     WHERE session.token_hash = $1)sql"};

const pg::ControlQuery<void(SessionId, Time)> update_seen{"identity.session_seen", R"sql(
    UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2)sql"};

template <class Row>
Actor actor_of(const Row& row) {
    Actor actor{row.user_id, row.name, row.verified_at.has_value(), row.superadmin, {}};
    for (std::size_t i = 0; i < row.organizations.size(); ++i) {
        actor.memberships.push_back({row.organizations[i], row.roles[i]});
    }
    return actor;
}

// It belongs to the session's token, which other sites can't read.
std::string csrf_token_of(std::string_view session_token) {
    return crypto::base64url(crypto::bytes_of(crypto::hmac_sha256(session_token, "csrf")).data);
}

// What a browser sends is cut and made text: it is shown in a list, and PostgreSQL takes UTF-8
// only.
std::string printable(std::string_view text) {
    std::string clean;
    for (char c : text.substr(0, user_agent_bytes_max)) clean += c >= 0x20 && c < 0x7f ? c : '?';
    return clean;
}

}  // namespace

Task<Opened> open_session(
    pg::ControlTx& tx,
    Random& random,
    UserId user,
    std::string_view address,
    std::string_view user_agent,
    Time now
) {
    auto token = crypto::make_token(random);
    auto id = new_id<SessionTag>(now, random);
    co_await tx.run(
        insert_session,
        id,
        token.hash,
        user,
        now,
        now + session_age_max,
        printable(address),
        printable(user_agent)
    );
    auto csrf_token = csrf_token_of(token.text.reveal());
    co_return Opened{id, std::move(token.text), std::move(csrf_token)};
}

Task<std::vector<SessionRow>> list_sessions(
    pg::ControlDb& control, UserId user, std::optional<SessionId> before, int count, Time now
) {
    return control.all(select_sessions, user, before, now, now - session_idle_max, count);
}

Task<bool> close_session(pg::ControlTx& tx, UserId user, SessionId session) {
    co_return co_await tx.run(delete_session, user, session) == 1;
}

Task<void> close_sessions(pg::ControlTx& tx, UserId user, std::optional<SessionId> except) {
    co_await tx.run(delete_sessions, user, except);
}

Task<std::optional<Actor>> load_actor(pg::ControlDb& control, UserId user) {
    auto row = co_await control.maybe_one(select_actor, user);
    if (!row) co_return std::nullopt;
    co_return actor_of(*row);
}

Sessions::Sessions(
    Loops& loops, pg::ControlDb& control, pg::Notifier& notifier, Clock& clock, log::Logger log
)
    : loops_(loops), control_(control), notifier_(notifier), clock_(clock), log_(std::move(log)) {}

Task<std::optional<Session>> Sessions::authenticate(std::string_view session_token) {
    auto hash = crypto::token_hash(session_token);
    if (!hash) co_return std::nullopt;
    auto known = recall(hash->data);
    if (!known) known = co_await look_up(hash->data, csrf_token_of(session_token));
    auto now = clock_.now();
    if (!known || !lives(*known, now)) co_return std::nullopt;
    if (now - known->seen_at >= seen_every) mark_seen(hash->data, *known, now);
    co_return Session{known->id, known->actor, known->csrf_token};
}

bool Sessions::lives(const Known& known, Time now) const {
    return now < known.expires_at && now - known.seen_at < session_idle_max;
}

std::optional<Sessions::Known> Sessions::recall(const std::string& hash) const {
    std::lock_guard lock(mutex_);
    if (!listening_) return std::nullopt;
    auto found = known_.find(hash);
    return found == known_.end() ? std::nullopt : std::optional(found->second);
}

// What was read while something was forgotten may be older than it: then it is not kept, and read
// again.
Task<std::optional<Sessions::Known>> Sessions::look_up(std::string hash, std::string csrf_token) {
    while (true) {
        std::uint64_t epoch;
        {
            std::lock_guard lock(mutex_);
            epoch = epoch_;
        }
        auto row = co_await control_.maybe_one(select_session, Bytes{hash});
        if (!row) co_return std::nullopt;
        Known known{
            row->id,
            std::make_shared<const Actor>(actor_of(*row)),
            csrf_token,
            row->seen_at,
            row->expires_at
        };
        std::lock_guard lock(mutex_);
        if (epoch != epoch_) continue;
        remember(hash, known, epoch);
        co_return known;
    }
}

// With the lock held.
void Sessions::remember(const std::string& hash, const Known& known, std::uint64_t epoch) {
    if (!listening_ || epoch != epoch_) return;
    // Simply begun anew when full: every session costs one read then.
    if (known_.size() >= remembered_max) known_.clear();
    known_.insert_or_assign(hash, known);
}

void Sessions::mark_seen(const std::string& hash, const Known& known, Time now) {
    {
        std::lock_guard lock(mutex_);
        auto found = known_.find(hash);
        if (found != known_.end()) {
            // Another request of the same moment was first.
            if (now - found->second.seen_at < seen_every) return;
            found->second.seen_at = now;
        }
    }
    spawn(loops_.executor(0), "identity.session_seen", write_seen(known.id, now));
}

Task<void> Sessions::write_seen(SessionId session, Time now) {
    try {
        auto tx = co_await control_.begin();
        co_await tx.run(update_seen, session, now);
        co_await tx.commit();
    } catch (const Fault& fault) {
        log_.warning("a session's last use was not written", {{"fault", fault.what()}});
    }
}

void Sessions::changed(UserId user) {
    forget(user);
    notifier_.tell(std::string(channel), user.text());
}

void Sessions::forget(UserId user) {
    std::lock_guard lock(mutex_);
    ++epoch_;
    std::erase_if(known_, [&](const auto& entry) { return entry.second.actor->user == user; });
}

// Several ids, separated by spaces.
void Sessions::notified(std::string_view payload) {
    while (!payload.empty()) {
        auto end = std::min(payload.find(' '), payload.size());
        if (auto user = UserId::parse(payload.substr(0, end))) forget(*user);
        payload.remove_prefix(std::min(end + 1, payload.size()));
    }
}

void Sessions::lost() {
    std::lock_guard lock(mutex_);
    ++epoch_;
    listening_ = false;
    known_.clear();
}

void Sessions::back() {
    std::lock_guard lock(mutex_);
    ++epoch_;
    listening_ = true;
    known_.clear();
}

std::size_t Sessions::remembered() const {
    std::lock_guard lock(mutex_);
    return known_.size();
}

}  // namespace luster::identity
