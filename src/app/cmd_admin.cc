// `luster admin …`: what an operator does from a shell. Organizations are wanted here and made by
// the server.
#include "app/backbone.h"
#include "app/commands.h"
#include "app/features.h"
#include "platform/identity/admin.h"
#include "platform/orgs/orgs.h"
#include "platform/provisioning/admin.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace luster::app {
namespace {

namespace births = provisioning::admin;

struct Wanted {
    std::string slug;
    std::string name;
    OrgKind kind = OrgKind::organization;
    std::string parent;
    orgs::ProjectType project_type = orgs::ProjectType::website;
    bool demo = true;
    std::string language = "en";
};

struct NewUser {
    std::string email;
    std::string name;
    std::string password_file;
    Role role = Role::viewer;
    std::string organization;
};

// A process of one command: its backbone, without a server.
class Admin {
public:
    explicit Admin(const CommandLine& line)
        : line_(line),
          config_(one_loop(line.config())),
          backbone_(config_, read_keys(config_), log::Logger()),
          desk_(
              backbone_.loops,
              backbone_.control,
              backbone_.notifier,
              places_of(config_).site("{slug}")
          ) {}

    // Runs `act`; prints its problem and gives status 1 where it refuses.
    int run(std::function<Task<Result<void>>()> act) {
        install_messages();
        Result<void> result;
        std::exception_ptr fault;
        auto body = [&]() -> Task<void> {
            co_await births::ensure_platform(
                backbone_.control, config_.brand.app_name, "en", now()
            );
            co_await backbone_.directory.load();
            result = co_await act();
            co_await sleep(std::chrono::milliseconds(200));  // lets notices go out
        };
        boost::asio::co_spawn(backbone_.loops.executor(0), body(), [&](std::exception_ptr thrown) {
            fault = thrown;
            backbone_.loops.stop();
        });
        backbone_.loops.run();
        if (fault) std::rethrow_exception(fault);
        if (result) return 0;
        fmt::print(
            stderr, "luster: {}\n", messages::sentence(Language::en, result.error().message)
        );
        for (const auto& field : result.error().fields) {
            fmt::print(
                stderr, "  {}: {}\n", field.pointer, messages::sentence(Language::en, field.message)
            );
        }
        return 1;
    }

    Task<Result<void>> superadmin(NewUser user) {
        CO_TRY(co_await make_user(user, true));
        say(user.email + " is a superadmin.");
        co_return Result<void>();
    }

    Task<Result<void>> create_user(NewUser user) {
        auto organization = CO_TRY(find(user.organization));
        auto id = CO_TRY(co_await make_user(user, false));
        auto tx = co_await backbone_.control.begin();
        co_await identity::set_role(tx, id, organization, user.role, now());
        co_await tx.commit();
        say(fmt::format("{} is {} of {}.", user.email, json::name_of(user.role), user.organization)
        );
        co_return Result<void>();
    }

    // Made where there is none; else all its steps are walked again.
    Task<Result<void>> provision(Wanted wanted) {
        if (const auto* known = backbone_.directory.tree()->find_named(wanted.slug)) {
            CO_TRY(co_await births::provision(backbone_.control, desk_, known->slug, now()));
            say(known->slug + " will be looked over.");
            co_return Result<void>();
        }
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
        if (!wanted.parent.empty()) made.parent = CO_TRY(find(wanted.parent));
        auto id = CO_TRY(co_await create(made));
        co_await backbone_.directory.changed(id);
        desk_.wake(id);
        say(wanted.slug + " will be made.");
        co_return Result<void>();
    }

    Task<Result<void>> list(std::string words, bool removed) {
        auto lines = co_await births::list(backbone_.control, std::move(words), removed);
        if (line_.json) {
            print(json::to_string(lines));
            co_return Result<void>();
        }
        for (const auto& line : lines) {
            print(fmt::format(
                "{:10} {:30} {:14} {:13} {}",
                line.id.text(),
                line.slug,
                json::name_of(line.kind),
                json::name_of(line.status),
                line.name
            ));
        }
        co_return Result<void>();
    }

    Task<Result<void>> show(std::string organization) {
        auto details =
            CO_TRY(co_await births::show(backbone_.control, desk_, std::move(organization)));
        if (details.schema_digest) {  // it was there once
            auto address = co_await backbone_.directory.address_of(details.organization.id);
            details.database_fault =
                co_await births::database_fault(backbone_.servers, *address.owner);
        }
        if (line_.json) {
            print(json::to_string(details));
            co_return Result<void>();
        }
        const auto& line = details.organization;
        print(fmt::format(
            "{} ({}) {}, {}\n{}",
            line.slug,
            line.id.text(),
            line.name,
            json::name_of(line.status),
            details.site_url
        ));
        if (details.database)
            print(fmt::format("database {} on {}", *details.database, line.server));
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
        co_return Result<void>();
    }

    Task<Result<void>> retry(std::string organization) {
        CO_TRY(co_await births::retry(backbone_.control, desk_, organization, now()));
        say(organization + " is tried again.");
        co_return Result<void>();
    }

    Task<Result<void>> remove(std::string organization) {
        auto id =
            CO_TRY(co_await births::remove_now(backbone_.control, desk_, organization, now()));
        co_await backbone_.directory.changed(id);
        say(organization + " will be removed, with all that it owns.");
        co_return Result<void>();
    }

private:
    static Config one_loop(Config config) {
        config.http.loops = {1};
        return config;
    }
    Time now() const { return backbone_.clock.now(); }

    Result<OrgId> find(const std::string& organization) const {
        const auto* node = backbone_.directory.tree()->find_named(organization);
        if (!node) return refuse(not_found("organization"));
        return node->id;
    }

    // A slug is given once and for ever, so the tree in memory does not know all that are taken.
    Task<Result<OrgId>> create(const orgs::NewOrganization& made) {
        try {
            auto tx = co_await backbone_.control.begin();
            auto id = co_await orgs::create(tx, made, now());
            co_await provisioning::want_present(tx, id, now());
            co_await tx.commit();
            co_return id;
        } catch (const pg::Error& error) {
            if (!orgs::is_slug_taken(error)) throw;
        }
        co_return refuse(orgs::slug_taken("slug"));
    }

    Task<Result<UserId>> make_user(const NewUser& user, bool superadmin) {
        identity::NewUser made{user.email, user.name, read_secret_file(user.password_file)};
        if (made.name.empty()) made.name = user.email.substr(0, user.email.find('@'));
        made.superadmin = superadmin;
        made.verified = true;
        auto tx = co_await backbone_.control.begin();
        auto id =
            CO_TRY(co_await identity::make_user(tx, backbone_.random, std::move(made), now()));
        co_await tx.commit();
        co_return id;
    }

    void say(const std::string& sentence) const {
        print(line_.json ? json::to_string(json::Value{{"done", sentence}}) : sentence);
    }
    static void print(const std::string& text) { fmt::print("{}\n", text); }

    const CommandLine& line_;
    Config config_;
    Backbone backbone_;
    provisioning::Desk desk_;
};

template <class E>
std::map<std::string, E> choices() {
    std::map<std::string, E> all;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto entry) {
        all.emplace(entry.name, entry.value);
    });
    return all;
}

// What a subcommand does when it was named on the command line.
template <class Act>
void on_call(CLI::App* command, CommandLine& line, Act act) {
    command->callback([&line, act] {
        line.run = [&line, act] {
            Admin admin(line);
            return admin.run([&admin, act] { return act(admin); });
        };
    });
}

void add_user_options(CLI::App* command, std::shared_ptr<NewUser> user) {
    command->add_option("email", user->email, "Address")->required();
    command->add_option("--name", user->name, "Name; the address's first part where there is none");
    command->add_option("--password-file", user->password_file, "File with the password")
        ->required();
}

void add_orgs(CLI::App* admin, CommandLine& line) {
    auto* orgs = admin->add_subcommand("orgs", "Organizations")->require_subcommand(1);
    auto wanted = std::make_shared<Wanted>();
    auto* provision =
        orgs->add_subcommand("provision", "Make an organization, or look over one that is there");
    provision->add_option("slug", wanted->slug, "Its slug")->required();
    provision->add_option("--name", wanted->name, "Its name");
    provision->add_option("--kind", wanted->kind, "agency or organization")
        ->transform(CLI::CheckedTransformer(choices<OrgKind>()));
    provision->add_option("--parent", wanted->parent, "Slug of the agency above it");
    provision->add_option("--project-type", wanted->project_type, "website or ecommerce")
        ->transform(CLI::CheckedTransformer(choices<orgs::ProjectType>()));
    provision->add_flag("--demo,!--no-demo", wanted->demo, "With demo content");
    provision->add_option("--language", wanted->language, "Main language");
    on_call(provision, line, [wanted](Admin& admin) { return admin.provision(*wanted); });

    auto words = std::make_shared<std::string>();
    auto removed = std::make_shared<bool>(false);
    auto* list = orgs->add_subcommand("list", "List organizations");
    list->add_option("words", *words, "Part of a slug or name");
    list->add_flag("--removed", *removed, "Removed ones, too");
    on_call(list, line, [words, removed](Admin& admin) { return admin.list(*words, *removed); });

    auto add_one =
        [&](std::string name, std::string doc, Task<Result<void>> (Admin::*act)(std::string)) {
            auto slug = std::make_shared<std::string>();
            auto* command = orgs->add_subcommand(name, doc);
            command->add_option("organization", *slug, "Slug or id")->required();
            on_call(command, line, [slug, act](Admin& admin) { return (admin.*act)(*slug); });
            return command;
        };
    add_one("show", "Show one with its provisioning steps", &Admin::show);
    add_one("retry", "Try again after the last attempt has failed", &Admin::retry);
    auto* remove = add_one("remove", "Remove one with all that it owns", &Admin::remove);
    auto now = [](std::int64_t) {};  // there is no other way yet, so it must be said
    remove->add_flag_function("--now", now, "Without the time to think it over")->required();
}

}  // namespace

void add_admin(CLI::App& app, CommandLine& line) {
    auto* admin =
        app.add_subcommand("admin", "Superadmins, users and organizations")->require_subcommand(1);
    auto root = std::make_shared<NewUser>();
    auto* superadmin = admin->add_subcommand("superadmin", "Make a superadmin");
    add_user_options(superadmin, root);
    on_call(superadmin, line, [root](Admin& admin) { return admin.superadmin(*root); });

    auto* users = admin->add_subcommand("users", "Users")->require_subcommand(1);
    auto user = std::make_shared<NewUser>();
    auto* create = users->add_subcommand("create", "Make a user with a role in an organization");
    add_user_options(create, user);
    create->add_option("--role", user->role, "viewer, editor, client_admin or agency_admin")
        ->required()
        ->transform(CLI::CheckedTransformer(choices<Role>()));
    create->add_option("--organization", user->organization, "Slug or id")->required();
    on_call(create, line, [user](Admin& admin) { return admin.create_user(*user); });
    add_orgs(admin, line);
}

}  // namespace luster::app
