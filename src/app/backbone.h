// What every long-running process stands on: loops, the databases, the keys, the tree in memory.
#pragma once

#include "app/config.h"
#include "base/crypto_keyring.h"
#include "base/log.h"
#include "core/api/call.h"
#include "io/clock/clock.h"
#include "io/loop/work_pool.h"
#include "io/pg/listener.h"
#include "io/pg/pg.h"
#include "platform/directory/directory.h"
#include "platform/fleet/fleet.h"

#include <functional>

namespace luster::app {

// Standard output, a JSON line an event.
log::Writer::Output log_to_stdout();
log::Level level_of(LogLevel level);
api::Places places_of(const Config& config);

struct Backbone {
    Backbone(const Config& config, crypto::Keyring keyring, log::Logger log);

    const Config& config;
    log::Logger log;
    SystemClock clock;
    SystemRandom random;
    Loops loops;
    WorkPool work_pool;
    crypto::Keyring keys;
    pg::Servers servers;
    pg::ControlDb control;
    pg::Notifier notifier;
    pg::Pool pool;
    Directory directory;
    fleet::Fleet fleet;
    Tenants tenants;
};

// Runs one coroutine on a loop of its own, to its end; its fault comes out here.
void run_once(std::function<Task<void>()> body);

// The same on loops that are there; they are stopped then.
void run_on(Loops& loops, std::function<Task<void>()> body);

// Keys from the file, or a sentence and status 2.
crypto::Keyring read_keys(const Config& config);
// Keys that nothing was ever sealed with: for commands that need none.
crypto::Keyring no_keys();

}  // namespace luster::app
