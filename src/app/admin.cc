#include "app/admin.h"

#include "app/features.h"
#include "app/site_folder.h"
#include "platform/provisioning/sealing.h"

#include <fmt/format.h>

#include <pwd.h>
#include <unistd.h>

namespace luster::app {
namespace {

namespace births = provisioning::admin;

Config one_loop(Config config) {
    config.http.loops = {1};
    return config;
}

// Rights are asked of people who come over HTTP; who has this shell has the machine.
std::string name_of_shell_user() {
    const auto* user = ::getpwuid(::getuid());
    return fmt::format(
        "{} (command line)", user ? std::string(user->pw_name) : std::to_string(::getuid())
    );
}

void print(const std::string& text) {
    fmt::print("{}\n", text);
}

void print_problem(const Problem& problem) {
    fmt::print(stderr, "luster: {}\n", messages::sentence(Language::en, problem.message));
    for (const auto& field : problem.fields) {
        auto sentence = messages::sentence(Language::en, field.message);
        fmt::print(stderr, "  {}: {}\n", field.pointer, sentence);
    }
    if (problem.kind == Problem::Kind::not_found)
        fmt::print(stderr, "luster: 'luster admin orgs list' shows which there are.\n");
}

std::string line_text(const births::Line& line) {
    return fmt::format(
        "{:10} {:30} {:14} {:13} {}",
        line.id.text(),
        line.slug,
        json::name_of(line.kind),
        json::name_of(line.status),
        line.name
    );
}

void print_details(const births::Details& details) {
    const auto& line = details.organization;
    print(fmt::format(
        "{} ({}) {}, {}\n{}",
        line.slug,
        line.id.text(),
        line.name,
        json::name_of(line.status),
        details.site_url
    ));
    if (details.database) print(fmt::format("database {} on {}", *details.database, line.server));
    if (details.database_fault)
        print(fmt::format("  its database can't be reached: {}", *details.database_fault));
    for (const auto& step : details.steps) {
        print(fmt::format(
            "  {:10} {:8} attempt {}  {}",
            step.name,
            json::name_of(step.state),
            step.attempt,
            step.error.value_or("")
        ));
    }
}

}  // namespace

Admin::Admin(const CommandLine& line)
    : line_(line),
      config_(one_loop(line.config())),
      backbone_(config_, read_keys(config_), log::Logger()),
      desk_(
          backbone_.loops, backbone_.control, backbone_.notifier, places_of(config_).site("{slug}")
      ) {}

int Admin::run(std::function<Task<Result<void>>()> act) {
    install_messages();
    Result<void> result;
    auto body = [&]() -> Task<void> {
        co_await births::ensure_platform(backbone_.control, config_.brand.app_name, "en", now());
        co_await backbone_.directory.load();
        result = co_await act();
        co_await backbone_.notifier.sent();
    };
    run_on(backbone_.loops, body);
    if (result) return 0;
    print_problem(result.error());
    return 1;
}

Task<Result<void>> Admin::superadmin(NewUser user) {
    auto tx = co_await backbone_.control.begin();
    auto id = CO_TRY(co_await make_user(tx, user, true));
    co_await audit::enter(tx, act("admin superadmin"), std::nullopt, id.text(), now());
    co_await tx.commit();
    say(user.email + " is a superadmin.");
    co_return Result<void>();
}

Task<Result<void>> Admin::create_user(NewUser user) {
    auto place = CO_TRY(find(user.organization));
    CO_TRY(identity::check_place(user.role, place.kind));
    auto tx = co_await backbone_.control.begin();
    auto id = CO_TRY(co_await make_user(tx, user, false));
    co_await identity::set_role(tx, id, place.id, user.role, now());
    co_await audit::enter(tx, act("admin users create"), place.id, id.text(), now());
    co_await tx.commit();
    say(fmt::format("{} is {} of {}.", user.email, json::name_of(user.role), user.organization));
    co_return Result<void>();
}

Task<Result<void>> Admin::provision(Wanted wanted) {
    if (const auto* known = backbone_.directory.tree()->find_named(wanted.slug)) {
        CO_TRY(co_await births::provision(
            backbone_.control, desk_, known->slug, act("admin orgs provision"), now()
        ));
        say(known->slug + " will be looked over.");
        co_return Result<void>();
    }
    auto id = CO_TRY(co_await make_organization(wanted));
    co_await backbone_.directory.changed(id);
    desk_.wake(id);
    say(wanted.slug + " will be made.");
    co_return Result<void>();
}

Task<Result<OrgId>> Admin::make_organization(const Wanted& wanted) {
    if (auto flaw = text::slug_flaw(wanted.slug))
        co_return refuse(orgs::slug_problem("slug", *flaw));
    orgs::NewOrganization made{
        wanted.slug,
        wanted.name.empty() ? wanted.slug : wanted.name,
        wanted.kind,
        {},
        wanted.project_type,
        wanted.demo,
        wanted.language,
        {},
        true
    };
    if (!wanted.parent.empty()) made.parent = CO_TRY(find(wanted.parent)).id;
    // A slug is given once and for ever, so the tree in memory does not know all that are taken.
    try {
        auto tx = co_await backbone_.control.begin();
        auto id = CO_TRY(co_await orgs::create(tx, made, now()));
        co_await provisioning::want_present(tx, id, now());
        co_await audit::enter(tx, act("admin orgs provision"), id, id.text(), now());
        co_await tx.commit();
        co_return id;
    } catch (const pg::Error& error) {
        if (!orgs::is_slug_taken(error)) throw;
    }
    co_return refuse(orgs::slug_taken("slug"));
}

Task<Result<void>> Admin::list(std::string words, bool removed) {
    auto lines = co_await births::list(backbone_.control, std::move(words), removed);
    if (line_.json) print(json::to_string(lines));
    for (const auto& line : lines) {
        if (!line_.json) print(line_text(line));
    }
    co_return Result<void>();
}

// Both roles: the owner's is the panel's way in, the theme's that of visitors.
Task<std::optional<std::string>> Admin::fault_of_database(OrgId organization) {
    std::optional<TenantAddress> address;
    try {
        address = co_await backbone_.directory.address_of(organization);
    } catch (const Fault& fault) {
        co_return fault.what();
    }
    auto fault = co_await births::database_fault(backbone_.servers, *address->owner);
    if (!fault) fault = co_await births::database_fault(backbone_.servers, *address->theme);
    co_return fault;
}

Task<Result<void>> Admin::show(std::string organization) {
    auto details = CO_TRY(co_await births::show(backbone_.control, desk_, std::move(organization)));
    if (details.schema_digest) {  // it was there once
        details.database_fault = co_await fault_of_database(details.organization.id);
    }
    if (line_.json)
        print(json::to_string(details));
    else
        print_details(details);
    co_return Result<void>();
}

Task<Result<void>> Admin::seal_anew() {
    auto count =
        co_await provisioning::seal_anew(backbone_.control, backbone_.keys, backbone_.random);
    auto tx = co_await backbone_.control.begin();
    co_await audit::enter(
        tx, act("admin keys reseal"), std::nullopt, std::string(backbone_.keys.current()), now()
    );
    co_await tx.commit();
    say(fmt::format(
        "Passwords of {} organizations are sealed anew; all are sealed by the key '{}' now.",
        count,
        backbone_.keys.current()
    ));
    co_return Result<void>();
}

Task<Result<void>> Admin::retry(std::string organization) {
    CO_TRY(co_await births::retry(
        backbone_.control, desk_, organization, act("admin orgs retry"), now()
    ));
    say(organization + " is tried again.");
    co_return Result<void>();
}

Task<Result<void>> Admin::remove(std::string organization) {
    auto removal = CO_TRY(co_await births::remove_now(
        backbone_.control, desk_, organization, act("admin orgs remove"), now()
    ));
    co_await backbone_.directory.changed(removal.organization);
    say(organization +
        (removal.over ? " is removed already." : " will be removed, with all that it owns."));
    co_return Result<void>();
}

Task<Result<void>> Admin::site_credentials(std::string organization, std::string folder) {
    auto node = CO_TRY(find(organization));
    auto id = node.id;
    auto address = co_await backbone_.directory.address_of(id);
    auto tx = co_await backbone_.control.begin();
    co_await audit::enter(tx, act("admin orgs credentials"), id, id.text(), now());
    co_await tx.commit();
    write_site_folder(folder, node, *address.theme, config_);
    say(fmt::format("Written: {0}/site.toml and {0}/password.", folder));
    co_return Result<void>();
}

audit::Act Admin::act(std::string action) {
    return {new_id<EventTag>(now(), backbone_.random), name_of_shell_user(), std::move(action)};
}

Result<OrgNode> Admin::find(const std::string& organization) const {
    auto tree = backbone_.directory.tree();
    const auto* node = tree->find_named(organization);
    if (!node) return refuse(not_found("organization"));
    return *node;
}

Task<Result<UserId>> Admin::make_user(pg::ControlTx& tx, const NewUser& user, bool superadmin) {
    identity::NewUser made{user.email, user.name, read_secret_file(user.password_file)};
    if (made.name.empty()) made.name = user.email.substr(0, user.email.find('@'));
    made.superadmin = superadmin;
    made.verified = true;
    co_return co_await identity::make_user(tx, backbone_.random, std::move(made), now());
}

void Admin::say(const std::string& sentence) const {
    print(line_.json ? json::to_string(json::Value{{"done", sentence}}) : sentence);
}

}  // namespace luster::app
