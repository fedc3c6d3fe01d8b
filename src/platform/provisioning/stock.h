// What is kept ready for the next birth on each PostgreSQL server: a template for each project type
// and demo choice, and spares made from it. Birth takes from here; what is missing is made at once
// for it, and the rest in the background, when nobody is being born.
#pragma once

#include "io/loop/event.h"
#include "io/pg/lock.h"
#include "platform/provisioning/store.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace luster::provisioning {

// All kinds that there are.
std::vector<SeedKind> seed_kinds();

class Stock {
public:
    // `quiet`: whether this is a moment for work that can wait.
    Stock(World& world, pg::Lock& lock, std::function<bool()> quiet);

    // The name of a template at the current digest; built now where there is none.
    Task<std::string> template_for(std::string server, SeedKind kind);
    // A spare made for one organization and taken by it already.
    Task<std::int64_t> make_for(std::string server, SeedKind kind, OrgId organization);

    // Keeps one server's stock until stop(): templates, spares up to the wanted number, and the
    // dropping of what is retired, one thing at a time.
    Task<void> tend(std::string server);
    void stop();
    Task<void> stopped();
    void look_again();  // something was taken
    // One round of it, for tests and for `luster admin`: true when something was done.
    Task<bool> tend_once(std::string server);

private:
    Task<void> make_spare(std::string server, SeedKind kind, std::int64_t spare);
    Task<std::string> build_template(std::string server, SeedKind kind);
    Task<void> retire_leftovers(const std::string& server);
    Task<void> warn_of_open_databases(const std::string& server);
    Task<bool> make_ahead(const std::string& server);
    Task<bool> drop_retired(const std::string& server);

    World& world_;
    pg::Lock& lock_;
    std::function<bool()> quiet_;
    Time started_;
    std::map<std::string, std::vector<std::string>> broken_off_;  // templates, by server
    std::map<std::string, std::shared_ptr<Event>> building_;
    Event changed_;
    int tending_ = 0;
    bool stopping_ = false;
};

// The roles that a server needs once. Does nothing where they are.
Task<void> prepare_server(pg::Births& births);
// Databases of the server that PUBLIC may enter; there should be none.
Task<std::vector<std::string>> open_databases(pg::Births& births);

}  // namespace luster::provisioning
