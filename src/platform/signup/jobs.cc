// What follows a sign-up: a mail at once, and after two weeks the end of what nobody confirmed.
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
    co_await provisioning::want_absent(tx, signed_up.organization, scope.now);
    co_await identity::delete_user(tx, user->id);
    co_await tx.commit();
    identity_.uses().sessions.changed(user->id);
    const auto& hooks = identity_.uses().hooks;
    if (hooks.changed) co_await hooks.changed(signed_up.organization);
    if (hooks.provision) hooks.provision(signed_up.organization);
    scope.log.info("a sign-up that was never confirmed is removed");
    co_return jobs::done();
}

}  // namespace luster::signup
