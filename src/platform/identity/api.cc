#include "platform/identity/api.h"

#include "base/text_email.h"
#include "core/api/api.h"
#include "core/audit/audit.h"

namespace luster::identity {
namespace {

// Beside the guard, which counts failures: requests as such, by network.
constexpr api::Rate signing_in{"sign-in", 60, 60};
constexpr api::Rate asking_for_mail{"mail", 10, 3600};
constexpr api::Rate using_links{"links", 60, 3600};

Task<void> enter(
    pg::ControlTx& tx, api::Call& call, const Actor& actor, std::string action, std::string target
) {
    audit::Entry entry{
        .user = actor.user,
        .user_name = actor.name,
        .action = std::move(action),
        .target = std::move(target),
        .address = std::string(call.request.client)
    };
    co_await audit::enter(tx, call.new_id<EventTag>(), call.now(), std::move(entry));
}

// An address that can't be one is nobody's, and costs what every other does.
std::string folded_or_typed(const Email& email) {
    return text::fold_email(email).value_or("invalid " + email);
}

std::string first_organization(const Actor& actor, const Tree& tree, std::string otherwise) {
    for (const auto& membership : actor.memberships) {
        if (const auto* node = tree.find(membership.organization)) return node->name;
    }
    return otherwise;
}

}  // namespace

std::vector<api::Endpoint> Api::endpoints() {
    using api::del, api::get, api::patch, api::post, api::put;
    auto sign_in = post("/sessions", this, &Api::sign_in, "Sign in");
    sign_in.limited(signing_in);
    // Its answer is a cookie, which is never kept: a repetition signs in once more.
    sign_in.wants_key = false;
    auto send = post(
        "/me/email-verification", this, &Api::send_verification, "Send the verification mail again"
    );
    auto request = post(
        "/password-resets", this, &Api::request_reset, "Ask for a mail to choose a new password"
    );
    auto look =
        get("/password-resets/{token}",
            this,
            &Api::look_at_reset,
            "Whether a link for a new password still works");
    auto reset = put("/password-resets/{token}", this, &Api::reset, "Choose a new password");
    return {
        get("/branding", this, &Api::branding, "How the product is dressed under this host"),
        sign_in,
        get("/sessions", this, &Api::list_sessions, "List the sessions of the person"),
        del("/sessions/current", this, &Api::sign_out, "Sign out"),
        del("/sessions/{session}", this, &Api::end_session, "End a session"),
        get("/me", this, &Api::show_me, "Show the person who is signed in"),
        patch("/me", this, &Api::edit_me, "Change the person's own data"),
        send.limited(asking_for_mail),
        put("/me/email-verification", this, &Api::verify, "Verify the address by the mail's token"),
        request.limited(asking_for_mail),
        look.limited(using_links),
        reset.limited(using_links),
        get("/me/take-overs/{token}",
            this,
            &Api::show_take_over,
            "Show what was registered with one's address"),
        put("/me/take-overs/{token}",
            this,
            &Api::take_over,
            "Take over what was registered with one's address"),
    };
}

Task<Result<Branding>> Api::branding(api::Call&, api::Public) {
    co_return identity_.uses().branding;
}

Task<Result<api::Created<Me>>> Api::sign_in(api::Call& call, api::Public, SignInRequest request) {
    auto user = CO_TRY(co_await identity_.prove(
        folded_or_typed(request.email),
        Secret(std::move(request.password.value)),
        std::string(call.request.client),
        call.now()
    ));
    auto tx = co_await call.services.control.begin();
    auto opened = co_await identity_.sign_in(tx, call, user);
    // A browser has one session: the one that it came with ends.
    std::optional<UserId> before;
    if (call.session) {
        before = call.session->actor->user;
        co_await close_session(tx, *before, call.session->id);
    }
    co_await tx.commit();
    if (before) identity_.uses().sessions.changed(*before);
    co_return api::Created<Me>{co_await identity_.greet(call, user.id, opened), "/api/v1/me"};
}

Task<Result<api::Listing<SessionView>>> Api::list_sessions(
    api::Call& call, api::SignedIn person, ListSessions request
) {
    auto limit = request.limit ? request.limit->value : api::page_size_default;
    auto rows = co_await identity::list_sessions(
        call.services.control,
        person.actor->user,
        request.cursor,
        static_cast<int>(limit) + 1,
        call.now()
    );
    api::Listing<SessionView> listing;
    if (std::ssize(rows) > limit) {
        rows.pop_back();
        listing.next = rows.back().id.text();
    }
    for (auto& row : rows) {
        listing.items.push_back(
            {row.id,
             row.id == person.session,
             row.created_at,
             row.seen_at,
             row.address,
             row.user_agent}
        );
    }
    co_return listing;
}

Task<Result<api::NoContent>> Api::sign_out(api::Call& call, api::SignedIn person) {
    bool existed = false;
    co_await end(call, *person.actor, person.session, existed);
    call.set_cookie(api::session_cookie_of("", std::chrono::seconds(0)));
    co_return api::NoContent{};
}

Task<Result<api::NoContent>> Api::end_session(
    api::Call& call, api::SignedIn person, EndSession request
) {
    bool existed = false;
    co_await end(call, *person.actor, request.session, existed);
    if (!existed) co_return refuse(not_found("session"));
    co_return api::NoContent{};
}

Task<void> Api::end(api::Call& call, const Actor& actor, SessionId session, bool& existed) {
    auto tx = co_await call.services.control.begin();
    existed = co_await close_session(tx, actor.user, session);
    if (!existed) co_return;
    co_await enter(tx, call, actor, "session.end", session.text());
    co_await tx.commit();
    identity_.uses().sessions.changed(actor.user);
}

Task<Result<Me>> Api::show_me(api::Call& call, api::SignedIn) {
    co_return co_await me(call);
}

Task<Result<Me>> Api::edit_me(api::Call& call, api::SignedIn person, EditMe request) {
    auto tx = co_await call.services.control.begin();
    ProfileEdit edit{request.name, request.language, request.tour_seen};
    co_await edit_profile(tx, person.actor->user, std::move(edit));
    co_await enter(tx, call, *person.actor, "user.edit", person.actor->user.text());
    co_await tx.commit();
    identity_.uses().sessions.changed(person.actor->user);
    co_return co_await me(call);
}

Task<Result<api::Accepted<api::Empty>>> Api::send_verification(
    api::Call& call, api::SignedIn person
) {
    auto user = co_await find_user(call.services.control, person.actor->user);
    if (!user || user->verified_at) co_return api::Accepted<api::Empty>{};
    auto tx = co_await call.services.control.begin();
    auto organization =
        first_organization(*person.actor, *call.tree, identity_.uses().branding.app_name);
    co_await identity_.mail_verification(tx, *user, organization, call.now());
    co_await tx.commit();
    identity_.uses().bell.ring();
    co_return api::Accepted<api::Empty>{};
}

// Only where that user is signed in: else a stranger's account could be verified by its victim's
// click.
Task<Result<Me>> Api::verify(api::Call& call, api::SignedIn person, VerifyEmail request) {
    auto now = call.now();
    auto id = person.actor->user;
    auto tx = co_await call.services.control.begin();
    auto meant = co_await take_token(tx, request.token, TokenPurpose::verification, now);
    if (meant != id) {
        // The second click on the same link is no mistake.
        if (person.actor->verified) co_return co_await me(call);
        co_return refuse(not_found("token"));
    }
    if (!co_await set_verified(tx, id, now)) {
        co_return refuse(conflict({"identity_address_taken", {}}));
    }
    co_await close_sessions(tx, id, person.session);
    auto organizations = co_await orgs::mark_verified(tx, id, now);
    co_await enter(tx, call, *person.actor, "user.verify", id.text());
    co_await tx.commit();
    identity_.uses().sessions.changed(id);
    for (auto organization : organizations) {
        if (identity_.uses().hooks.changed) co_await identity_.uses().hooks.changed(organization);
    }
    co_return co_await me(call);
}

// Always the same answer, after the same work: a job is written, whoever has that address.
Task<Result<api::Accepted<api::Empty>>> Api::request_reset(
    api::Call& call, api::Public, RequestReset request
) {
    auto folded = text::fold_email(request.email);
    if (!folded) co_return refuse(invalid_field("/email", {"field_email", {}}));
    auto tx = co_await call.services.control.begin();
    auto key = crypto::hex(crypto::bytes_of(crypto::sha256(*folded)).data);
    jobs::Place place{call.new_id<JobTag>(), {}, key, {}};
    co_await jobs::add(tx, reset_job, place, ResetRequest{*folded}, call.now());
    co_await tx.commit();
    identity_.uses().bell.ring();
    co_return api::Accepted<api::Empty>{};
}

Task<Result<Api::Resetting>> Api::whom_it_resets(api::Call& call, std::string token) {
    auto& control = call.services.control;
    auto purpose = TokenPurpose::password_reset;
    auto id = co_await look_at_token(control, std::move(token), purpose, call.now());
    auto user = id ? co_await find_user(control, *id) : std::nullopt;
    if (!user) co_return refuse(not_found("token"));
    bool admin = co_await is_admin_somewhere(control, user->id);
    co_return Resetting{*std::move(user), admin ? password_length_min_admin : password_length_min};
}

Task<Result<ResetView>> Api::look_at_reset(api::Call& call, api::Public, LookAtReset request) {
    auto found = CO_TRY(co_await whom_it_resets(call, request.token));
    co_return ResetView{static_cast<std::int64_t>(found.password_length_min)};
}

Task<Result<api::NoContent>> Api::reset(api::Call& call, api::Public, ResetPassword request) {
    auto now = call.now();
    auto& control = call.services.control;
    // Looked at first, so that a guess costs no hash.
    auto [user, length_min] = CO_TRY(co_await whom_it_resets(call, request.token));
    Secret password(std::move(request.password.value));
    CO_TRY(check_password("/password", password, user.email_folded, length_min));
    auto hash = co_await identity_.hash(std::move(password));
    auto tx = co_await control.begin();
    if (!co_await take_token(tx, request.token, TokenPurpose::password_reset, now)) {
        co_return refuse(not_found("token"));
    }
    co_await set_password(tx, user.id, std::move(hash));
    co_await close_sessions(tx, user.id);
    Actor actor{user.id, user.name, user.verified_at.has_value(), user.superadmin, {}};
    co_await enter(tx, call, actor, "user.reset_password", user.id.text());
    mail::Letter letter{
        mail::LetterKind::password_changed,
        user.language,
        user.email,
        user.name,
        {{"name", user.name}, {"link", identity_.uses().post.link("/reset")}}
    };
    co_await identity_.uses().post.send(tx, call.new_id<JobTag>(), {}, std::move(letter), now);
    co_await tx.commit();
    identity_.uses().sessions.changed(user.id);
    identity_.uses().bell.ring();
    co_return api::NoContent{};
}

Task<Result<TakeOverView>> Api::show_take_over(
    api::Call& call, api::SignedIn person, TakeOver request
) {
    auto& control = call.services.control;
    auto from = co_await look_at_token(control, request.token, TokenPurpose::take_over, call.now());
    auto provisional = from ? co_await find_user(control, *from) : std::nullopt;
    if (!provisional || provisional->verified_at) co_return refuse(not_found("token"));
    auto owner = co_await find_user(control, person.actor->user);
    if (!owns_address_of(owner, *provisional)) {
        co_return refuse(conflict({"identity_not_yours", {}}));
    }
    auto stranger = co_await load_actor(control, provisional->id);
    if (!stranger) co_return refuse(not_found("token"));
    auto tree = call.services.organizations.tree();
    co_return TakeOverView{first_organization(*stranger, *tree, identity_.uses().branding.app_name)
    };
}

// What somebody registered with the person's address becomes the person's; the provisional user who
// stood in for them goes, with its sessions.
Task<Result<Me>> Api::take_over(api::Call& call, api::SignedIn person, TakeOver request) {
    auto now = call.now();
    auto taker = person.actor->user;
    auto tx = co_await call.services.control.begin();
    auto provisional = CO_TRY(co_await identity_.provisional_of(tx, request.token, taker, now));
    co_await move_memberships(tx, provisional.id, taker);
    auto organizations = co_await orgs::change_owner(tx, provisional.id, taker, now);
    co_await delete_user(tx, provisional.id);
    co_await enter(tx, call, *person.actor, "user.take_over", provisional.id.text());
    co_await tx.commit();
    identity_.uses().sessions.changed(provisional.id);
    identity_.uses().sessions.changed(taker);
    for (auto organization : organizations) {
        if (identity_.uses().hooks.changed) co_await identity_.uses().hooks.changed(organization);
    }
    co_return co_await me(call);
}

// Read afresh: the request may have changed it.
Task<Me> Api::me(api::Call& call) {
    auto id = call.session->actor->user;
    auto user = co_await find_user(call.services.control, id);
    auto actor = co_await load_actor(call.services.control, id);
    // Deleted in this very moment: the next request is refused; this one is a fault.
    if (!user || !actor) throw Fault("the signed-in user is gone");
    auto tree = call.services.organizations.tree();
    co_return me_of(
        *user,
        *actor,
        *tree,
        call.session->csrf_token,
        call.services.places,
        identity_.uses().branding
    );
}

}  // namespace luster::identity
