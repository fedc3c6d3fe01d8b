#include "app/process.h"

#include "app/hosts.h"

#include <boost/asio/signal_set.hpp>
#include <fmt/format.h>

#include <csignal>

namespace luster::app {
namespace {

http::Listen listen_on(const std::string& text, bool tls) {
    auto found = address_and_port(text);
    if (!found) throw Fault("not an address to listen on: " + text);
    return {found->first, found->second, tls};
}

// A token in a path opens something: it is in no log. A query may hold anything.
std::string_view path_to_log(std::string_view target) {
    for (std::string_view opens : {"/api/v1/password-resets/", "/api/v1/me/take-overs/"}) {
        if (target.starts_with(opens)) return opens;
    }
    return target.substr(0, target.find('?'));
}

void write_request(log::Lines& lines, const http::Access& request) {
    lines.begin({request.unix_us});
    if (request.organization != OrgId{0}) lines.add("organization", request.organization.text());
    if (request.user != UserId{}) lines.add("user", request.user.text());
    lines.add("request", request.id);
    lines.add("method", request.method);
    lines.add("host", request.host);
    lines.add("path", path_to_log(request.target));
    lines.add("status", static_cast<std::int64_t>(request.status));
    lines.add("bytes", static_cast<std::int64_t>(request.bytes));
    lines.add("us", static_cast<std::int64_t>(request.duration_us));
    lines.add("client", request.client);
    lines.end();
}

Task<void> stop_at_signal(Loops& loops, log::Logger log, std::function<Task<void>()> stop) {
    boost::asio::basic_signal_set<Executor> signals(loops.executor(0), SIGTERM, SIGINT);
    co_await signals.async_wait(boost::asio::use_awaitable_t<Executor>());
    log.info("luster is stopping");
    co_await stop();
    loops.stop();
}

}  // namespace

http::Config public_listeners(const HttpConfig& config, bool access_log, log::Logger log) {
    http::Config made;
    for (const auto& text : config.listen) made.listen.push_back(listen_on(text, false));
    for (const auto& text : config.tls_listen) made.listen.push_back(listen_on(text, true));
    if (!config.tls_folder.empty()) made.tls = http::Tls{config.tls_folder};
    made.trusted_proxies = config.trusted_proxies;
    if (access_log) {
        made.access_log = [log, lines = log.lines("request")](std::span<const http::Access> requests
                          ) mutable {
            for (const auto& request : requests) write_request(lines, request);
            log.write(lines);
        };
    }
    made.fault_log = [log](std::string_view id, std::string_view fault) {
        log.error("a request met a fault", {{"request", id}, {"fault", fault}});
    };
    made.trouble_log = [log](std::string_view what) {
        log.warning("the HTTP server met trouble", {{"what", what}});
    };
    return made;
}

http::Config operator_listeners(const HttpConfig& config) {
    http::Config made;
    for (const auto& text : config.operator_listen) made.listen.push_back(listen_on(text, false));
    return made;
}

std::function<void(OrgId, std::string_view request, std::string_view fault)> log_of_faults(
    log::Logger log
) {
    return [log](OrgId organization, std::string_view request, std::string_view fault) {
        log.warning(
            "a site met a fault",
            {{"request", request}, {"organization", organization}, {"fault", fault}}
        );
    };
}

std::function<void(OrgId, std::uint64_t requests)> log_of_recoveries(log::Logger log) {
    return [log](OrgId organization, std::uint64_t requests) {
        log.info("a site is well again", {{"organization", organization}, {"requests", requests}});
    };
}

void live(
    Loops& loops,
    log::Logger log,
    std::function<Task<void>()> start,
    std::function<Task<void>()> stop
) {
    std::exception_ptr fault;
    boost::asio::co_spawn(loops.executor(0), start(), [&](std::exception_ptr thrown) {
        fault = thrown;
        if (thrown) loops.stop();
    });
    spawn(loops.executor(0), "signals", stop_at_signal(loops, std::move(log), std::move(stop)));
    loops.run();
    if (fault) std::rethrow_exception(fault);
}

void write_process_metrics(std::string& out, const pg::PoolStats& pool, bool postgres) {
    out += fmt::format(
        "# TYPE luster_pg_connections gauge\nluster_pg_connections {}\n"
        "# TYPE luster_pg_waiting gauge\nluster_pg_waiting {}\n"
        "# TYPE luster_pg_up gauge\nluster_pg_up {}\n",
        pool.connections,
        pool.waiting,
        postgres ? 1 : 0
    );
    for (const auto& [name, count] : spawned())
        out += fmt::format("luster_tasks{{name=\"{}\"}} {}\n", name, count);
}

}  // namespace luster::app
