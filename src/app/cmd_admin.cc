// `luster admin …`: what an operator does from a shell.
#include "app/admin.h"
#include "base/text_language.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace luster::app {
namespace {

// An option that takes one of these enumerators by its name.
template <class E>
CLI::Option* add_choice(
    CLI::App* command, const std::string& name, E& into, std::vector<E> allowed, std::string doc
) {
    std::vector<std::string_view> names;
    for (auto value : allowed) names.push_back(json::name_of(value));
    auto all = fmt::format("{}", fmt::join(names, ", "));
    auto check = [names, all](const std::string& text) {
        if (std::ranges::find(names, text) != names.end()) return std::string();
        return fmt::format("'{}' can't be used here, only one of: {}.", text, all);
    };
    auto take = [&into](const std::string& text) { into = json::enumerator<E>(text).value(); };
    return command->add_option_function<std::string>(name, take, std::move(doc))
        ->check(CLI::Validator(check, "{" + all + "}"))
        ->type_name("NAME");
}

std::string language_fault(const std::string& text) {
    if (text::is_language_tag(text)) return {};
    return fmt::format("'{}' is no language tag, such as en or pt-BR.", text);
}

// As the API has it.
std::string name_fault(const std::string& text) {
    json::Reader reader;
    std::string trimmed;
    if (json::read_text(reader, text, {1, 100, false}, trimmed)) return {};
    return fmt::format("'{}' is no name: it is a line of at most 100 characters.", text);
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

void add_user_options(CLI::App* command, std::shared_ptr<Admin::NewUser> user) {
    command->add_option("email", user->email, "Address")->required();
    command->add_option("--name", user->name, "Name; the address's first part where there is none")
        ->check(CLI::Validator(name_fault, ""));
    command->add_option("--password-file", user->password_file, "File with the password")
        ->required();
}

void add_orgs(CLI::App* admin, CommandLine& line) {
    auto* orgs = admin->add_subcommand("orgs", "Organizations")->require_subcommand(1);
    auto wanted = std::make_shared<Admin::Wanted>();
    auto* provision =
        orgs->add_subcommand("provision", "Make an organization, or look over one that is there");
    provision->add_option("slug", wanted->slug, "Its slug")->required();
    provision->add_option("--name", wanted->name, "Its name")
        ->check(CLI::Validator(name_fault, ""));
    add_choice(
        provision, "--kind", wanted->kind, {OrgKind::agency, OrgKind::organization}, "What it is"
    );
    provision->add_option("--parent", wanted->parent, "Slug of the agency above it");
    add_choice(
        provision,
        "--project-type",
        wanted->project_type,
        {orgs::ProjectType::website, orgs::ProjectType::ecommerce},
        "What its site is"
    );
    provision->add_flag("--demo,!--no-demo", wanted->demo, "With demo content");
    provision->add_option("--language", wanted->language, "Main language")
        ->check(CLI::Validator(language_fault, ""));
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
    auto folder = std::make_shared<std::string>();
    auto slug = std::make_shared<std::string>();
    auto* credentials = orgs->add_subcommand(
        "credentials", "Write what 'luster site' needs to serve one: site.toml and password"
    );
    credentials->add_option("organization", *slug, "Slug or id")->required();
    credentials->add_option("--folder", *folder, "Where to; made where there is none")->required();
    on_call(credentials, line, [slug, folder](Admin& admin) {
        return admin.site_credentials(*slug, *folder);
    });
    auto now = [](std::int64_t) {};  // there is no other way yet, so it must be said
    remove->add_flag_function("--now", now, "Without the time to think it over")->required();
}

}  // namespace

void add_admin(CLI::App& app, CommandLine& line) {
    auto* admin =
        app.add_subcommand("admin", "Superadmins, users and organizations")->require_subcommand(1);
    auto root = std::make_shared<Admin::NewUser>();
    auto* superadmin = admin->add_subcommand("superadmin", "Make a superadmin");
    add_user_options(superadmin, root);
    on_call(superadmin, line, [root](Admin& admin) { return admin.superadmin(*root); });

    auto* users = admin->add_subcommand("users", "Users")->require_subcommand(1);
    auto user = std::make_shared<Admin::NewUser>();
    auto* create = users->add_subcommand("create", "Make a user with a role in an organization");
    add_user_options(create, user);
    // Not superadmin, which is held at no organization: it has a command of its own.
    add_choice(
        create,
        "--role",
        user->role,
        {Role::viewer, Role::editor, Role::client_admin, Role::agency_admin},
        "What they may"
    )
        ->required();
    create->add_option("--organization", user->organization, "Slug or id")->required();
    on_call(create, line, [user](Admin& admin) { return admin.create_user(*user); });
    add_orgs(admin, line);

    auto* keys = admin->add_subcommand("keys", "Keys that seal secrets")->require_subcommand(1);
    auto* reseal = keys->add_subcommand("reseal", "Seal by the newest key what older ones sealed");
    on_call(reseal, line, [](Admin& admin) { return admin.seal_anew(); });
}

}  // namespace luster::app
