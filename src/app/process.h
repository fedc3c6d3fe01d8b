// What `serve`, `worker` and `site` do alike: listen, log requests, live until a signal.
#pragma once

#include "app/config.h"
#include "base/log.h"
#include "io/http/http.h"
#include "io/loop/loops.h"
#include "io/pg/pool.h"

#include <functional>
#include <string>

namespace luster::app {

// The listeners for the public, with the access log where it is wanted.
http::Config public_listeners(const HttpConfig& config, bool access_log, log::Logger log);
http::Config operator_listeners(const HttpConfig& config);

// What is said of sites whose pages can't be shown afresh, and can again.
std::function<void(OrgId, std::string_view request, std::string_view fault)> log_of_faults(
    log::Logger log
);
std::function<void(OrgId, std::uint64_t requests)> log_of_recoveries(log::Logger log);

// Starts, lives until SIGTERM or SIGINT, stops in order; a fault of `start` comes out here.
void live(
    Loops& loops,
    log::Logger log,
    std::function<Task<void>()> start,
    std::function<Task<void>()> stop
);

void write_process_metrics(std::string& out, const pg::PoolStats& pool, bool postgres);

}  // namespace luster::app
