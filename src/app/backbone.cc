#include "app/backbone.h"

#include <cstdio>
#include <filesystem>
#include <thread>

namespace luster::app {
namespace {

constexpr std::size_t hashing_queue_max = 200;

std::size_t loops_of(const Config& config) {
    if (config.http.loops > 0) return static_cast<std::size_t>(config.http.loops.value);
    return std::max(1u, std::thread::hardware_concurrency());
}

pg::PoolLimits limits_of(const PostgresConfig& config) {
    pg::PoolLimits limits;
    limits.connections_max = static_cast<std::size_t>(config.connections_max.value);
    limits.connections_max_each = static_cast<std::size_t>(config.connections_max_each.value);
    return limits;
}

pg::Address control_address(const PostgresConfig& config) {
    return {"main", config.control_database, "luster", {}};
}

}  // namespace

log::Writer::Output log_to_stdout() {
    return [](std::string_view lines) {
        std::fwrite(lines.data(), 1, lines.size(), stdout);
        std::fflush(stdout);
    };
}

log::Level level_of(LogLevel level) {
    return static_cast<log::Level>(level);
}

api::Places places_of(const Config& config) {
    return {config.hosts.scheme, config.hosts.admin, config.hosts.sites};
}

Backbone::Backbone(const Config& config, crypto::Keyring keyring, log::Logger log)
    : config(config),
      log(std::move(log)),
      loops(loops_of(config)),
      work_pool(std::max(1u, std::thread::hardware_concurrency()), hashing_queue_max),
      keys(std::move(keyring)),
      servers({config.postgres.servers.begin(), config.postgres.servers.end()}),
      control(loops, servers, control_address(config.postgres)),
      notifier(control, loops.executor(0)),
      pool(loops, servers, limits_of(config.postgres)),
      directory(loops, control, notifier, keys),
      fleet(
          loops,
          control,
          servers,
          clock,
          directory,
          migrate::read({std::filesystem::path(config.folders.schema) / "tenant"}),
          this->log
      ),
      tenants(pool, fleet) {}

void run_once(std::function<Task<void>()> body) {
    boost::asio::io_context loop(1);
    std::exception_ptr fault;
    boost::asio::co_spawn(loop.get_executor(), body(), [&](std::exception_ptr thrown) {
        fault = thrown;
        loop.stop();
    });
    loop.run();
    if (fault) std::rethrow_exception(fault);
}

void run_on(Loops& loops, std::function<Task<void>()> body) {
    std::exception_ptr fault;
    boost::asio::co_spawn(loops.executor(0), body(), [&](std::exception_ptr thrown) {
        fault = thrown;
        loops.stop();
    });
    loops.run();
    if (fault) std::rethrow_exception(fault);
}

crypto::Keyring read_keys(const Config& config) {
    return crypto::Keyring::parse(read_secret_file(config.keys_file).reveal());
}

crypto::Keyring no_keys() {
    return crypto::Keyring::parse(crypto::Keyring::make_line("none", {}).reveal());
}

}  // namespace luster::app
