#include "platform/signup/signup.h"

#include "base/text_email.h"
#include "base/text_slug.h"
#include "core/audit/audit.h"
#include "platform/signup/disposable.h"
#include "platform/signup/store.h"

namespace luster::signup {
namespace {

constexpr char sentences_en[] = {
#embed "messages/en.json"
};
constexpr char sentences_de[] = {
#embed "messages/de.json"
};

constexpr api::Rate signing_up{"sign-up", 20, 3600};
constexpr api::Rate checking_slugs{"slugs", 240, 60};

SlugReason reason_of(text::SlugFlaw flaw) {
    switch (flaw) {
        case text::SlugFlaw::reserved:
            return SlugReason::reserved;
        case text::SlugFlaw::lookalike:
            return SlugReason::lookalike;
        case text::SlugFlaw::invalid:
            break;
    }
    return SlugReason::invalid;
}

std::optional<UserId> user_of(std::string_view me_as_json) {
    auto me = json::parse(me_as_json);
    const auto* user = me && me->is_object() ? me->get_object().if_contains("user") : nullptr;
    const auto* id = user && user->is_object() ? user->get_object().if_contains("id") : nullptr;
    if (!id || !id->is_string()) return std::nullopt;
    return UserId::parse(std::string_view(id->get_string()));
}

// All that is wrong with a request, so that nobody corrects it field by field.
class Faults {
public:
    void add(const Result<void>& checked) {
        if (checked) return;
        for (const auto& field : checked.error().fields) fields_.push_back(field);
    }
    void add(Problem problem) {
        for (auto& field : problem.fields) fields_.push_back(std::move(field));
    }
    Result<void> all() && {
        if (fields_.empty()) return {};
        return refuse(invalid(std::move(fields_)));
    }

private:
    std::vector<Problem::Field> fields_;
};

}  // namespace

std::vector<api::Endpoint> Signup::endpoints() {
    auto check =
        api::get("/slugs/{slug}", this, &Signup::check_slug, "Tell whether a slug is free");
    auto sign_up =
        api::post("/signups", this, &Signup::sign_up, "Register a person with an organization");
    auto disown = api::del(
        "/me/take-overs/{token}",
        this,
        &Signup::disown,
        "Say that it was not oneself who registered it: it is removed"
    );
    return {check.limited(checking_slugs), sign_up.limited(signing_up), disown};
}

std::vector<jobs::Kind> Signup::jobs() {
    return {
        jobs::job(welcome_job, this, &Signup::welcome), jobs::job(expire_job, this, &Signup::expire)
    };
}

// Whether a slug is free is no secret: its site answers to anyone.
Task<Result<SlugView>> Signup::check_slug(api::Call& call, api::Public, CheckSlug request) {
    auto& control = call.services.control;
    SlugView view{request.slug, false, std::nullopt, std::nullopt, {}};
    auto good = request.slug;
    if (auto flaw = text::slug_flaw(request.slug)) {
        view.reason = reason_of(*flaw);
        good = Text<1, 100>(text::suggest_slug(request.slug));
    } else if (co_await orgs::slug_exists(control, request.slug)) {
        view.reason = SlugReason::taken;
    }
    view.free = !view.reason;
    if (view.reason) view.suggestion = co_await orgs::free_slug(control, good);
    view.address = view.suggestion.value_or(request.slug) + "." + call.services.places.sites;
    co_return view;
}

Task<Result<api::Created<identity::Me>>> Signup::sign_up(
    api::Call& call, api::Public, SignUpRequest request
) {
    auto checked = CO_TRY(co_await check(call, std::move(request)));
    auto begun = CO_TRY(co_await call.begin_control_or_repeat());
    if (begun.answered_before) {
        auto answer = begun.answered_before->body;
        co_await begun.tx.rollback();
        co_return co_await once_more(call, answer, std::move(checked.password));
    }
    auto user = checked.user;
    auto organization = CO_TRY(co_await write(begun.tx, call, std::move(checked)));
    auto opened = co_await identity_.open(begun.tx, call, user);
    // The kept answer names the user only; what is shown is read after the commit.
    identity::Me kept{};
    kept.user.id = user.id;
    co_await call.commit(begun.tx, api::Created<identity::Me>{std::move(kept), "/api/v1/me"});
    identity_.uses().bell.ring();
    const auto& hooks = identity_.uses().hooks;
    if (hooks.changed) co_await hooks.changed(organization);
    if (hooks.provision) hooks.provision(organization);
    co_return api::Created<identity::Me>{
        co_await identity_.greet(call, user.id, opened), "/api/v1/me"
    };
}

// The same request again: its answer held a cookie, which is not kept, so it signs in afresh. Whose
// password has been changed since is not signed in by what was typed then.
Task<Result<api::Created<identity::Me>>> Signup::once_more(
    api::Call& call, std::string_view answer, Secret password
) {
    auto& control = call.services.control;
    auto id = user_of(answer);
    auto user = id ? co_await identity::find_user(control, *id) : std::nullopt;
    if (!user) co_return refuse(not_found("user"));
    CO_TRY(co_await identity_.prove(*user, std::move(password)));
    auto tx = co_await control.begin();
    auto opened = co_await identity_.open(tx, call, *user);
    co_await tx.commit();
    co_return api::Created<identity::Me>{co_await identity_.greet(call, *id, opened), "/api/v1/me"};
}

Task<Result<Signup::Checked>> Signup::check(api::Call& call, SignUpRequest request) {
    Faults faults;
    auto folded = text::fold_email(request.email);
    if (!folded) {
        faults.add(invalid_field("/email", {"field_email", {}}));
    } else if (is_disposable_domain(text::domain_of(*folded))) {
        faults.add(invalid_field("/email", {"signup_disposable", {}}));
    }
    Secret password(std::move(request.password.value));
    faults.add(identity::check_password("/password", password, folded.value_or("")));
    auto& site = request.organization;
    if (auto flaw = text::slug_flaw(site.slug)) {
        faults.add(orgs::slug_problem("/organization/slug", *flaw));
    } else if (!call.request.headers.has("Idempotency-Key") &&
               co_await orgs::slug_exists(call.services.control, site.slug)) {
        faults.add(orgs::slug_taken("/organization/slug"));
    }
    CO_TRY(std::move(faults).all());
    Checked checked;
    checked.user.id = call.new_id<UserTag>();
    checked.user.email = request.email;
    checked.user.email_folded = *folded;
    checked.user.name = request.name;
    checked.user.language = call.language;
    checked.user.password_hash = co_await identity_.hash(password);
    checked.password = std::move(password);
    checked.organization.slug = site.slug;
    checked.organization.name = site.name;
    checked.organization.project_type = site.project_type;
    checked.organization.demo = site.demo;
    checked.organization.language = std::string(json::name_of(site.language));
    checked.organization.owner = checked.user.id;
    checked.utm = json::to_string(request.utm.value_or(Utm{}));
    co_return checked;
}

Task<Result<OrgId>> Signup::write(pg::ControlTx& tx, api::Call& call, Checked checked) {
    auto now = call.now();
    auto user = checked.user;
    co_await identity::insert_user(tx, user, now);
    std::optional<OrgId> organization;
    try {
        organization = CO_TRY(co_await orgs::create(tx, std::move(checked.organization), now));
    } catch (const pg::Error& error) {
        if (!orgs::is_slug_taken(error)) throw;
    }
    if (!organization) co_return refuse(orgs::slug_taken("/organization/slug"));
    co_await identity::set_membership(tx, user.id, *organization, Role::client_admin, now);
    store::Origin origin{
        *organization,
        user.id,
        std::move(checked.utm),
        std::string(call.request.client),
        std::string(call.request.headers.find("User-Agent").substr(0, 300))
    };
    co_await store::insert(tx, std::move(origin), now);
    SignedUp signed_up{user.id, *organization};
    auto key = user.id.text();
    co_await jobs::add(
        tx, welcome_job, {call.new_id<JobTag>(), *organization, key, {}}, signed_up, now
    );
    jobs::Place later{call.new_id<JobTag>(), *organization, key, now + unverified_max};
    co_await jobs::add(tx, expire_job, later, signed_up, now);
    audit::Entry entry{
        .organization = *organization,
        .user = user.id,
        .user_name = user.name,
        .action = "organization.sign_up",
        .target = organization->text(),
        .address = std::string(call.request.client)
    };
    co_await audit::enter(tx, call.new_id<EventTag>(), now, std::move(entry));
    co_return *organization;
}

messages::Source sentences() {
    return {"signup", {sentences_en, sizeof sentences_en}, {sentences_de, sizeof sentences_de}};
}

}  // namespace luster::signup
