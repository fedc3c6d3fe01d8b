// People and how they prove who they are. The face for sign-up and the command line; api.h has the
// routes.
#pragma once

#include "base/text_types.h"
#include "core/jobs/worker.h"
#include "core/mail/mail.h"
#include "io/loop/work_pool.h"
#include "platform/identity/guard.h"
#include "platform/identity/me.h"
#include "platform/identity/passwords.h"
#include "platform/identity/sessions.h"
#include "platform/identity/tokens.h"

namespace luster::identity {

// As requests carry them.
using Email = Text<3, 254>;
using Password = PasswordText<password_length_min, password_length_max>;

struct ResetRequest {
    std::string email_folded;
};
BOOST_DESCRIBE_STRUCT(ResetRequest, (), (email_folded))
inline constexpr jobs::Name<ResetRequest> reset_job{"identity.reset"};

struct NoPayload {};
BOOST_DESCRIBE_STRUCT(NoPayload, (), ())
inline constexpr jobs::Name<NoPayload> purge_job{"identity.purge"};

class Identity {
public:
    struct Uses {
        pg::ControlDb& control;
        Sessions& sessions;
        WorkPool& work_pool;
        mail::Post& post;
        jobs::Bell& bell;
        Random& random;
        Branding branding;
        orgs::Hooks hooks;
    };
    explicit Identity(Uses uses) : uses_(std::move(uses)), guard_(uses_.control) {}

    const Uses& uses() const { return uses_; }

    // Argon2id, off the loop.
    Task<std::string> hash(Secret password);
    // The user whose password this is. One answer for everything that is wrong, and one hash
    // always.
    Task<Result<User>> prove(
        std::string email_folded, Secret password, std::string address, Time now
    );
    // The same for a user who is known without the address: nobody's guess, so it isn't counted.
    Task<Result<void>> prove(const User& user, Secret password);
    // A session in the caller's transaction; `sign_in` is for those who proved a password, and the
    // guard learns of it. (Of a sign-up it must not: anyone may sign up with anyone's address.)
    Task<Opened> open(pg::ControlTx& tx, const api::Call& call, const User& user);
    Task<Opened> sign_in(pg::ControlTx& tx, const api::Call& call, const User& user);
    // The session cookie and what the panel wants to know; after the commit.
    Task<Me> greet(api::Call& call, UserId user, const Opened& session);

    // Mails of their own, as part of the caller's transaction; ring the bell after it.
    Task<void> mail_verification(pg::ControlTx& tx, User user, std::string organization, Time now);
    Task<void> mail_account_exists(
        pg::ControlTx& tx, User account, User provisional, std::string organization, Time now
    );

    // Uses a take-over link up: the provisional user behind it, locked, if the person is the real
    // owner of that address.
    Task<Result<User>> provisional_of(
        pg::ControlTx& tx, std::string token, UserId person, Time now
    );

    std::vector<jobs::Kind> jobs();
    // The daily tidying up is a job like others; to be called at the start of a worker.
    Task<void> plan_purge(Time now);

private:
    Task<bool> fits(std::string password_hash, Secret password);
    Task<jobs::Outcome> answer_reset(jobs::Scope& scope, ResetRequest request);
    Task<jobs::Outcome> purge(jobs::Scope& scope, NoPayload);
    Task<void> mail(pg::ControlTx& tx, const User& to, mail::Letter letter, Time now);

    Uses uses_;
    Guard guard_;
};

messages::Source sentences();

}  // namespace luster::identity
