// What follows a sign-up: a mail at once, and its end when the address' owner disowns it or nobody
// confirmed it for two weeks.
#include "core/audit/audit.h"
#include "platform/provisioning/provisioning.h"
#include "platform/signup/signup.h"
#include "platform/signup/store.h"

namespace luster::signup {

// Here, not in the request: that an address has an account already must show in no answer and no
// time.
Task<jobs::Outcome> Signup::welcome(jobs::Scope& scope, SignedUp signed_up) {
    auto& control = identity_.uses().control;
    auto name = co_await store::organization_name(control, signed_up.organization);
    auto tx = co_await control.begin();
    // A link is written together with its mail: who has one was written to by this job before.
    auto user = co_await identity::lock_user(tx, signed_up.user);
    if (!user || !name || user->verified_at) co_return jobs::done();
    if (co_await identity::was_written_to(tx, user->id)) co_return jobs::done();
    // Strangers can't fill an inbox. Whose sign-up it is asks for the mail in the panel.
    if (co_await identity::is_written_to_enough(tx, user->email_folded, scope.now)) {
        scope.log.info("an address was written to often enough", {{"user", user->id}});
        co_return jobs::done();
    }
    auto account = co_await identity::verified_by_email(control, user->email_folded);
    if (account) {
        co_await identity_.mail_account_exists(tx, *account, *user, *name, scope.now);
    } else {
        co_await identity_.mail_verification(tx, *user, *name, scope.now);
    }
    co_await tx.commit();
    identity_.uses().bell.ring();
    co_return jobs::done();
}

Task<jobs::Outcome> Signup::expire(jobs::Scope& scope, SignedUp signed_up) {
    auto& control = identity_.uses().control;
    auto tx = co_await control.begin();
    // Gone when it was taken over, verified when it was confirmed.
    auto user = co_await identity::lock_user(tx, signed_up.user);
    if (!user || user->verified_at) co_return jobs::done();
    co_await undo(std::move(tx), signed_up, scope.now);
    scope.log.info("a sign-up that was never confirmed is removed");
    co_return jobs::done();
}

Task<Result<api::NoContent>> Signup::disown(api::Call& call, api::SignedIn person, Disown request) {
    auto now = call.now();
    const auto& actor = *person.actor;
    auto tx = co_await call.services.control.begin();
    auto provisional =
        CO_TRY(co_await identity_.provisional_of(tx, request.token, actor.user, now));
    auto organization = co_await store::organization_of(tx, provisional.id);
    if (!organization) co_return refuse(not_found("token"));
    audit::Entry entry{
        .organization = *organization,
        .user = actor.user,
        .user_name = actor.name,
        .action = "organization.disown",
        .target = organization->text(),
        .address = std::string(call.request.client)
    };
    co_await audit::enter(tx, call.new_id<EventTag>(), now, std::move(entry));
    co_await undo(std::move(tx), {provisional.id, *organization}, now);
    co_return api::NoContent{};
}

// Ends the transaction: the person goes with their sessions, and what they registered.
Task<void> Signup::undo(pg::ControlTx tx, SignedUp signed_up, Time now) {
    co_await provisioning::want_absent(tx, signed_up.organization, now);
    co_await identity::delete_user(tx, signed_up.user);
    co_await tx.commit();
    identity_.uses().sessions.changed(signed_up.user);
    const auto& hooks = identity_.uses().hooks;
    if (hooks.changed) co_await hooks.changed(signed_up.organization);
    if (hooks.provision) hooks.provision(signed_up.organization);
}

}  // namespace luster::signup
