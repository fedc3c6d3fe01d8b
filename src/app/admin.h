// What an operator does from a shell, as a process of one command: its backbone, without a server.
// Organizations are wanted here and made by the server. Every act stands in the audit log.
#pragma once

#include "app/backbone.h"
#include "app/commands.h"
#include "platform/identity/admin.h"
#include "platform/orgs/orgs.h"
#include "platform/provisioning/admin.h"

namespace luster::app {

class Admin {
public:
    struct NewUser {
        std::string email;
        std::string name;
        std::string password_file;
        Role role = Role::viewer;
        std::string organization;
    };
    struct Wanted {
        std::string slug;
        std::string name;
        OrgKind kind = OrgKind::organization;
        std::string parent;
        orgs::ProjectType project_type = orgs::ProjectType::website;
        bool demo = true;
        std::string language = "en";
    };

    explicit Admin(const CommandLine& line);

    // Runs `act`; prints its problem and gives status 1 where it refuses.
    int run(std::function<Task<Result<void>>()> act);

    Task<Result<void>> superadmin(NewUser user);
    Task<Result<void>> create_user(NewUser user);
    // Made where there is none; else all its steps are walked again.
    Task<Result<void>> provision(Wanted wanted);
    Task<Result<void>> list(std::string words, bool removed);
    Task<Result<void>> show(std::string organization);
    Task<Result<void>> retry(std::string organization);
    Task<Result<void>> remove(std::string organization);
    Task<Result<void>> seal_anew();
    // What `luster site` needs to show the organization's site, into a folder.
    Task<Result<void>> site_credentials(std::string organization, std::string folder);

private:
    Time now() const { return backbone_.clock.now(); }
    audit::Act act(std::string action);
    Task<std::optional<std::string>> fault_of_database(OrgId organization);
    Result<OrgNode> find(const std::string& organization) const;
    Task<Result<UserId>> make_user(pg::ControlTx& tx, const NewUser& user, bool superadmin);
    Task<Result<OrgId>> make_organization(const Wanted& wanted);
    void say(const std::string& sentence) const;

    const CommandLine& line_;
    Config config_;
    Backbone backbone_;
    provisioning::Desk desk_;
};

}  // namespace luster::app
