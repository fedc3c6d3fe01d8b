// Signing in and out, the person's own data, verification and reset, over HTTP.
#pragma once

#include "core/api/endpoint.h"
#include "platform/identity/identity.h"

namespace luster::identity {

struct SignInRequest {
    Email email;
    PasswordText<1, password_length_max> password;
};
BOOST_DESCRIBE_STRUCT(SignInRequest, (), (email, password))

struct ListSessions {
    std::optional<api::PageSize> limit;
    std::optional<SessionId> cursor;
};
BOOST_DESCRIBE_STRUCT(ListSessions, (), (limit, cursor))

struct SessionView {
    SessionId id;
    bool current;
    Time created_at;
    Time seen_at;
    std::string address;
    std::string user_agent;
};
BOOST_DESCRIBE_STRUCT(SessionView, (), (id, current, created_at, seen_at, address, user_agent))

struct EndSession {
    SessionId session;
};
BOOST_DESCRIBE_STRUCT(EndSession, (), (session))

struct EditMe {
    std::optional<Text<1, 100>> name;
    std::optional<Language> language;
    std::optional<bool> tour_seen;
};
BOOST_DESCRIBE_STRUCT(EditMe, (), (name, language, tour_seen))

struct VerifyEmail {
    Text<1, 100> token;
};
BOOST_DESCRIBE_STRUCT(VerifyEmail, (), (token))

struct RequestReset {
    Email email;
};
BOOST_DESCRIBE_STRUCT(RequestReset, (), (email))

struct ResetPassword {
    Text<1, 100> token;
    Password password;
};
BOOST_DESCRIBE_STRUCT(ResetPassword, (), (token, password))

struct LookAtReset {
    Text<1, 100> token;
};
BOOST_DESCRIBE_STRUCT(LookAtReset, (), (token))

// A link that still works.
struct ResetView {
    std::int64_t password_length_min;  // admins' are longer
};
BOOST_DESCRIBE_STRUCT(ResetView, (), (password_length_min))

struct TakeOver {
    Text<1, 100> token;
};
BOOST_DESCRIBE_STRUCT(TakeOver, (), (token))

// What the link is about, before one decides.
struct TakeOverView {
    std::string organization;  // its name
};
BOOST_DESCRIBE_STRUCT(TakeOverView, (), (organization))

class Api {
public:
    explicit Api(Identity& identity) : identity_(identity) {}
    std::vector<api::Endpoint> endpoints();

private:
    using MeResult = Task<Result<Me>>;

    Task<Result<Branding>> branding(api::Call&, api::Public);
    Task<Result<api::Created<Me>>> sign_in(api::Call&, api::Public, SignInRequest);
    Task<Result<api::Listing<SessionView>>> list_sessions(api::Call&, api::SignedIn, ListSessions);
    Task<Result<api::NoContent>> sign_out(api::Call&, api::SignedIn);
    Task<Result<api::NoContent>> end_session(api::Call&, api::SignedIn, EndSession);
    MeResult show_me(api::Call&, api::SignedIn);
    MeResult edit_me(api::Call&, api::SignedIn, EditMe);
    Task<Result<api::Accepted<api::Empty>>> send_verification(api::Call&, api::SignedIn);
    MeResult verify(api::Call&, api::SignedIn, VerifyEmail);
    Task<Result<api::Accepted<api::Empty>>> request_reset(api::Call&, api::Public, RequestReset);
    Task<Result<ResetView>> look_at_reset(api::Call&, api::Public, LookAtReset);
    Task<Result<api::NoContent>> reset(api::Call&, api::Public, ResetPassword);
    Task<Result<TakeOverView>> show_take_over(api::Call&, api::SignedIn, TakeOver);
    MeResult take_over(api::Call&, api::SignedIn, TakeOver);

    struct Resetting {
        User user;
        std::size_t password_length_min;
    };
    Task<Result<Resetting>> whom_it_resets(api::Call& call, std::string token);
    Task<Me> me(api::Call& call);
    Task<void> end(api::Call& call, const Actor& actor, SessionId session, bool& existed);

    Identity& identity_;
};

}  // namespace luster::identity
