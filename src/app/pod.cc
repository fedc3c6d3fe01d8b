#include "app/pod.h"

#include "app/hosts.h"
#include "app/process.h"
#include "io/pg/session.h"
#include "site/invalidate.h"
#include "site/stored_content.h"

#include <thread>

namespace luster::app {
namespace {

constexpr std::size_t compressing_queue_max = 100;

std::size_t loops_of(const HttpConfig& config) {
    if (config.loops > 0) return static_cast<std::size_t>(config.loops.value);
    return std::max(1u, std::thread::hardware_concurrency());
}

// One of them listens for changes.
pg::PoolLimits limits_of(const ShownDatabaseConfig& config) {
    pg::PoolLimits limits;
    limits.connections_max = static_cast<std::size_t>(config.connections_max.value) - 1;
    limits.connections_max_each = limits.connections_max;
    return limits;
}

std::vector<std::string> without_ports(const std::vector<std::string>& hosts) {
    std::vector<std::string> names;
    for (const auto& host : hosts) names.push_back(host_and_port(host).first);
    return names;
}

site::RuntimeConfig runtime_config(const ShownSiteConfig& config) {
    site::RuntimeConfig runtime;
    runtime.cache_bytes_max = static_cast<std::size_t>(config.cache_mib.value) * 1024 * 1024;
    runtime.public_port = host_and_port(config.hosts.front()).second;
    return runtime;
}

}  // namespace

Pod::OwnAddress::OwnAddress(OrgId organization, pg::Address address)
    : organization_(organization),
      address_(std::make_shared<const pg::Address>(std::move(address))) {}

// There is no owner here: whoever asked for more than is published would be refused by PostgreSQL.
Task<TenantAddress> Pod::OwnAddress::address_of(OrgId organization) {
    if (organization != organization_) throw Fault(organization.text() + " is not served here");
    co_return TenantAddress{address_, address_};
}

Pod::Pod(const PodConfig& config, Secret password, log::Logger log)
    : config_(config),
      log_(log),
      loops_(loops_of(config.http)),
      work_pool_(1, compressing_queue_max),
      servers_({{"main", config.postgres.server}}),
      address_{"main", config.postgres.database, config.postgres.role, std::move(password)},
      pool_(loops_, servers_, limits_of(config.postgres)),
      addresses_(OrgId{config.site.id}, address_),
      tenants_(pool_, addresses_),
      buckets_(config.store, work_pool_, s3::FolderBuckets::Use::looking),
      hosts_(
          OrgId{config.site.id},
          config.site.slug,
          without_ports(config.site.hosts),
          config.site.noindex
      ),
      runtime_(
          {
              loops_,
              clock_,
              work_pool_,
              hosts_,
              [this](OrgId organization) -> std::unique_ptr<site::Content> {
                  return std::make_unique<site::StoredContent>(tenants_, organization);
              },
              &buckets_,
              nullptr,  // previews are the server's, as is everything that writes
              log_of_faults(log),
              log_of_recoveries(log),
          },
          runtime_config(config.site)
      ),
      listener_(
          servers_,
          address_,
          {std::string(site::Invalidation::pod_channel)},
          {
              [this](std::string_view, std::string_view) { runtime_.doubt(); },
              [this] { runtime_.deaf(); },
              [this] { heard(); },
              [log](std::string_view fault) {
                  log.warning("the site's database refuses us", {{"fault", fault}});
              },
          }
      ),
      operator_(
          [this] { return Operator::Health{draining_, listener_.connected(), ready_}; },
          [this](std::string& out) { write_metrics(out); }
      ),
      front_(loops_, public_listeners(config.http, config.log.access, log), runtime_),
      operator_server_(loops_, operator_listeners(config.http), operator_) {
    runtime_.deaf();  // until the listener is there
}

int Pod::run() {
    live(loops_, log_, [this] { return start(); }, [this] { return stop(); });
    return 0;
}

Task<void> Pod::start() {
    operator_server_.start();
    front_.start();
    co_await try_database();
    spawn(loops_.executor(0), "listener", listener_.run());
}

// A database that is away comes back by itself; a wrong name or password is a person's to mend.
Task<void> Pod::try_database() {
    try {
        auto session = co_await pg::Session::connect(servers_, address_);
        session.close();
    } catch (const pg::Error& error) {
        if (!error.connection_lost()) throw;
        log_.warning("the site's database is away", {{"fault", error.what()}});
    }
}

void Pod::heard() {
    runtime_.hears();
    if (ready_.exchange(true)) return;
    log_.info(
        "the site is ready",
        {{"version", LUSTER_VERSION},
         {"organization", OrgId{config_.site.id}},
         {"site", config_.site.slug}}
    );
}

Task<void> Pod::stop() {
    draining_ = true;
    co_await front_.drain(std::chrono::seconds(config_.http.drain_s.value));
    listener_.stop();
    co_await operator_server_.drain(std::chrono::seconds(1));
    co_await pool_.close();
}

void Pod::write_metrics(std::string& out) const {
    front_.write_metrics(out);
    runtime_.write_metrics(out);
    write_process_metrics(out, pool_.stats(), listener_.connected());
}

}  // namespace luster::app
