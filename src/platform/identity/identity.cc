#include "platform/identity/identity.h"

#include "base/crypto_password.h"
#include "core/api/api.h"
#include "core/audit/audit.h"

namespace luster::identity {
namespace {

constexpr char sentences_en[] = {
#embed "messages/en.json"
};
constexpr char sentences_de[] = {
#embed "messages/de.json"
};

// A second mail for the same address within this time would only help who wants to annoy.
constexpr Duration reset_again_after = std::chrono::minutes(2);
constexpr Duration purge_every = std::chrono::hours(24);

const pg::ControlQuery<bool(UserId, TokenPurpose, Time)> token_since{"identity.token_since", R"sql(
    SELECT EXISTS (SELECT FROM email_token
                    WHERE user_id = $1 AND purpose = $2 AND created_at > $3))sql"};

const pg::ControlQuery<void(Time, Time)> purge_sessions{"identity.purge_sessions", R"sql(
    DELETE FROM session WHERE expires_at <= $1 OR seen_at <= $2)sql"};
const pg::ControlQuery<void(Time)> purge_tokens{"identity.purge_tokens", R"sql(
    DELETE FROM email_token WHERE expires_at <= $1)sql"};
const pg::ControlQuery<void(Time)> purge_failures{"identity.purge_failures", R"sql(
    DELETE FROM sign_in_failure WHERE started_at <= $1)sql"};

std::unexpected<Problem> not_proven() {
    auto problem = unauthenticated();
    problem.message = {"identity_sign_in_failed", {}};
    return refuse(std::move(problem));
}

}  // namespace

Task<std::string> Identity::hash(Secret password) {
    auto salt = crypto::random_bytes<16>(uses_.random);
    co_return co_await uses_.work_pool.run([password = std::move(password), salt] {
        return crypto::hash_password(password, salt);
    });
}

Task<Result<User>> Identity::prove(
    std::string email_folded, Secret password, std::string address, Time now
) {
    CO_TRY(co_await guard_.admit(attempt_of(email_folded, address), email_folded, now));
    auto user = co_await find_by_email(uses_.control, email_folded);
    std::string encoded(user ? user->password_hash : crypto::dummy_password_hash());
    bool proven = co_await fits(std::move(encoded), std::move(password));
    if (!user || !proven) co_return not_proven();
    co_return std::move(*user);
}

Task<Result<void>> Identity::prove(const User& user, Secret password) {
    if (co_await fits(user.password_hash, std::move(password))) co_return Result<void>();
    co_return not_proven();
}

Task<bool> Identity::fits(std::string password_hash, Secret password) {
    co_return co_await uses_.work_pool.run([encoded = std::move(password_hash),
                                            password = std::move(password)] {
        return crypto::verify_password(encoded, password);
    });
}

Task<Opened> Identity::sign_in(pg::ControlTx& tx, const api::Call& call, const User& user) {
    auto attempt = attempt_of(user.email_folded, call.request.client);
    co_await guard_.succeeded(tx, std::move(attempt), user.id, call.now());
    co_return co_await open(tx, call, user);
}

Task<Opened> Identity::open(pg::ControlTx& tx, const api::Call& call, const User& user) {
    auto now = call.now();
    const auto& request = call.request;
    auto opened = co_await open_session(
        tx, uses_.random, user.id, request.client, request.headers.find("User-Agent"), now
    );
    audit::Entry entry{
        .user = user.id,
        .user_name = user.name,
        .action = "session.create",
        .target = opened.id.text(),
        .address = std::string(request.client)
    };
    co_await audit::enter(tx, new_id<EventTag>(now, uses_.random), now, std::move(entry));
    co_return opened;
}

Task<Me> Identity::greet(api::Call& call, UserId id, const Opened& session) {
    auto user = co_await find_user(uses_.control, id);
    auto actor = co_await load_actor(uses_.control, id);
    LUSTER_ASSERT(user && actor);
    auto age_max = std::chrono::duration_cast<std::chrono::seconds>(session_age_max);
    call.set_cookie(api::session_cookie_of(session.token.reveal(), age_max));
    auto tree = call.services.organizations.tree();
    co_return me_of(*user, *actor, *tree, session.csrf_token, call.services.places, uses_.branding);
}

Task<void> Identity::mail(pg::ControlTx& tx, const User& to, mail::Letter letter, Time now) {
    letter.to = to.email;
    letter.to_name = to.name;
    letter.arguments["name"] = to.name;
    co_await uses_.post.send(tx, new_id<JobTag>(now, uses_.random), {}, std::move(letter), now);
}

Task<void> Identity::mail_verification(
    pg::ControlTx& tx, User user, std::string organization, Time now
) {
    auto token = co_await issue_token(tx, uses_.random, user.id, TokenPurpose::verification, now);
    mail::Letter letter{mail::LetterKind::verify_email, user.language, {}, {}, {}};
    letter.arguments["organization"] = std::move(organization);
    letter.arguments["link"] = uses_.post.link("/verify", token.reveal());
    co_await mail(tx, user, std::move(letter), now);
}

Task<void> Identity::mail_account_exists(
    pg::ControlTx& tx, User account, User provisional, std::string organization, Time now
) {
    auto token =
        co_await issue_token(tx, uses_.random, provisional.id, TokenPurpose::take_over, now);
    mail::Letter letter{mail::LetterKind::account_exists, account.language, {}, {}, {}};
    letter.arguments["organization"] = std::move(organization);
    letter.arguments["link"] = uses_.post.link("/take-over", token.reveal());
    co_await mail(tx, account, std::move(letter), now);
}

Task<Result<User>> Identity::provisional_of(
    pg::ControlTx& tx, std::string token, UserId person, Time now
) {
    auto from = co_await take_token(tx, std::move(token), TokenPurpose::take_over, now);
    auto provisional = from ? co_await lock_user(tx, *from) : std::nullopt;
    if (!provisional || provisional->verified_at) co_return refuse(not_found("token"));
    auto owner = co_await lock_user(tx, person);
    if (!owns_address_of(owner, *provisional)) {
        co_return refuse(conflict({"identity_not_yours", {}}));
    }
    co_return *std::move(provisional);
}

std::vector<jobs::Kind> Identity::jobs() {
    return {
        jobs::job(reset_job, this, &Identity::answer_reset),
        jobs::job(purge_job, this, &Identity::purge)
    };
}

// Here, not in the request: whether there is an account must show in no answer and no time.
Task<jobs::Outcome> Identity::answer_reset(jobs::Scope& scope, ResetRequest request) {
    auto user = co_await find_by_email(uses_.control, request.email_folded);
    if (!user) co_return jobs::done();
    auto since = scope.now - reset_again_after;
    if (co_await uses_.control.one(token_since, user->id, TokenPurpose::password_reset, since)) {
        co_return jobs::done();
    }
    auto tx = co_await uses_.control.begin();
    auto token =
        co_await issue_token(tx, uses_.random, user->id, TokenPurpose::password_reset, scope.now);
    mail::Letter letter{mail::LetterKind::reset_password, user->language, {}, {}, {}};
    letter.arguments["link"] = uses_.post.link("/reset", token.reveal());
    co_await mail(tx, *user, std::move(letter), scope.now);
    co_await tx.commit();
    uses_.bell.ring();
    co_return jobs::done();
}

Task<jobs::Outcome> Identity::purge(jobs::Scope& scope, NoPayload) {
    auto tx = co_await uses_.control.begin();
    auto sessions = co_await tx.run(purge_sessions, scope.now, scope.now - session_idle_max);
    co_await tx.run(purge_tokens, scope.now - std::chrono::days(7));
    co_await tx.run(purge_failures, scope.now - std::chrono::days(1));
    co_await tx.commit();
    scope.log.info("expired sessions, links and counts are gone", {{"sessions", sessions}});
    co_return jobs::again(purge_every);
}

Task<void> Identity::plan_purge(Time now) {
    auto tx = co_await uses_.control.begin();
    jobs::Place place{new_id<JobTag>(now, uses_.random), {}, "daily", now + purge_every};
    co_await jobs::add(tx, purge_job, place, NoPayload{}, now);
    co_await tx.commit();
}

messages::Source sentences() {
    return {"identity", {sentences_en, sizeof sentences_en}, {sentences_de, sizeof sentences_de}};
}

}  // namespace luster::identity
