// Everything outside that provisioning touches, and nothing else: the real one is made in app, a
// simulated one in tests.
#pragma once

#include "base/crypto_keyring.h"
#include "base/log.h"
#include "core/migrate/migrate.h"
#include "core/seeding/seeder.h"
#include "io/clock/clock.h"
#include "io/pg/pg.h"
#include "io/s3/buckets.h"
#include "platform/provisioning/doors.h"
#include "platform/runtimes/runtimes.h"

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace luster::provisioning {

struct Settings {
    std::string sites_url = "http://{slug}.sites.localhost:8080/";
    std::vector<std::string> servers{"main"};  // on these, templates and spares are kept ready
    std::int64_t spares = 2;                   // of each project type and demo choice
    std::chrono::milliseconds quiet_ms{500};   // without a birth, before anything is made ahead
    int attempts_max = 6;
    std::chrono::milliseconds back_off_ms_min{250};
    std::chrono::milliseconds back_off_ms_max{30'000};
    std::chrono::milliseconds blocked_ms_max{1'500
    };  // for what is away: it must go on soon after it is back
    std::chrono::milliseconds address_ms_max{30'000};
};

// Asks a site for its home page as a visitor would.
class Probe {
public:
    virtual ~Probe() = default;
    virtual Task<int> status_of(std::string url) = 0;  // of the answer; 0: nobody answers
};

struct World {
    Clock& clock;
    Random& random;
    log::Logger log;
    pg::ControlDb& control;
    const pg::Servers& servers;
    Doors& doors;
    pg::Pool& pool;
    const crypto::Keyring& keys;
    const std::vector<migrate::Migration>& schema;  // of tenant databases
    Seeder& seeder;
    std::map<std::string, s3::Buckets*, std::less<>> stores;  // by the names in the configuration
    runtimes::Driver& driver;
    Probe& probe;
    // Those who hold the tree and the addresses in memory are told before a site is asked for.
    std::function<Task<void>(OrgId)> organization_changed;
    const Settings& settings;
};

// Of all that a template is made of; another digest, another template.
std::string template_digest(const World& world);

}  // namespace luster::provisioning
