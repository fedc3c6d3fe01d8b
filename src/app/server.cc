#include "app/server.h"

#include "platform/provisioning/admin.h"

#include <boost/asio/signal_set.hpp>
#include <fmt/format.h>

#include <csignal>

namespace luster::app {
namespace {

const std::vector<std::string> channels{
    std::string(Directory::channel),
    std::string(identity::Sessions::channel),
    std::string(provisioning::Desk::wanted_channel),
    std::string(provisioning::Desk::moved_channel),
    std::string(site::Invalidation::channel),
    std::string(jobs::Bell::channel),
};

http::Listen listen_on(const std::string& text, bool tls) {
    auto [address, port] = host_and_port(text);
    return {address, port, tls};
}

site::RuntimeConfig runtime_config(const Config& config) {
    site::RuntimeConfig runtime;
    runtime.cache_bytes_max = static_cast<std::size_t>(config.site.cache_mib.value) * 1024 * 1024;
    runtime.public_port = host_and_port(config.hosts.sites).second;
    return runtime;
}

// Bodies under an Idempotency-Key are kept as a hash under a key of their own.
api::Settings api_settings(const Backbone& backbone) {
    return {backbone.config.limits.rate_factor, backbone.keys.derive("idempotency")};
}

// A token in a path opens something: it is in no log. A query may hold anything.
std::string_view path_to_log(std::string_view target) {
    for (std::string_view opens : {"/api/v1/password-resets/", "/api/v1/me/take-overs/"}) {
        if (target.starts_with(opens)) return opens;
    }
    return target.substr(0, target.find('?'));
}

smtp::Settings smtp_settings(const MailConfig& config) {
    auto settings = smtp::settings_from(config.smtp);
    settings.user = config.user;
    if (!config.password_file.empty()) settings.password = read_secret_file(config.password_file);
    return settings;
}

}  // namespace

// What runtimes want of the site runtime. Which sites were deployed is asked from every loop.
class Server::Sites final : public runtimes::EmbeddedSites {
public:
    explicit Sites(Server& server) : server_(server) {}
    void open(OrgId organization) override {
        std::lock_guard lock(mutex_);
        deployed_.insert(organization);
    }
    Task<void> close(OrgId organization) override {
        {
            std::lock_guard lock(mutex_);
            deployed_.erase(organization);
        }
        server_.runtime_.close(organization);
        co_await server_.backbone_.pool.forget(organization);
    }
    bool is_open(OrgId organization) const override {
        std::lock_guard lock(mutex_);
        return deployed_.contains(organization);
    }

private:
    Server& server_;
    mutable std::mutex mutex_;
    std::set<OrgId> deployed_;
};

Server::Server(const Config& config, Duties duties, log::Logger log)
    : config_(config),
      duties_(duties),
      log_(log),
      backbone_(config, read_keys(config), log),
      smtp_(smtp_settings(config.mail)),
      features_(backbone_, smtp_),
      buckets_(config.folders.store, backbone_.work_pool),
      sites_(std::make_unique<Sites>(*this)),
      hosts_(
          backbone_.directory,
          host_and_port(config.hosts.sites).first,
          [this](OrgId organization) { return sites_->is_open(organization); }
      ),
      previews_(backbone_.tenants, backbone_.clock, backbone_.random, {places_of(config).panel()}),
      runtime_(
          {
              backbone_.loops,
              backbone_.clock,
              backbone_.work_pool,
              hosts_,
              [this](OrgId organization) -> std::unique_ptr<site::Content> {
                  return std::make_unique<site::StoredContent>(backbone_.tenants, organization);
              },
              &buckets_,
              &previews_,
              [log](OrgId organization, std::string_view fault) {
                  log.warning("a site met a fault", {{"org", organization}, {"fault", fault}});
              },
          },
          runtime_config(config)
      ),
      invalidation_(backbone_.tenants, runtime_, backbone_.notifier),
      outbox_(
          backbone_.loops.executor(0),
          backbone_.clock,
          backbone_.random,
          backbone_.control,
          backbone_.tenants,
          listeners(),
          log
      ),
      listener_(
          backbone_.servers,
          {"main", config.postgres.control_database, "luster", {}},
          channels,
          {
              [this](std::string_view channel, std::string_view payload) {
                  heard(channel, payload);
              },
              [this] { lose_ear(); },
              [this] { hear_again(); },
          }
      ),
      api_(
          {
              backbone_.loops,
              backbone_.clock,
              backbone_.random,
              features_.sessions,
              backbone_.directory,
              backbone_.control,
              backbone_.tenants,
              places_of(config),
          },
          features_.endpoints(),
          api_settings(backbone_),
          log
      ),
      dispatch_(
          config.hosts.admin,
          config.hosts.sites,
          api_,
          http::Files(config.folders.panel, {}),
          runtime_
      ),
      operator_(
          [this] { return Operator::Health{draining_, listener_.connected()}; },
          [this](std::string& out) { write_metrics(out); }
      ),
      front_(backbone_.loops, front_config(), dispatch_),
      operator_server_(backbone_.loops, operator_config(), operator_) {
    if (duties.background) {
        background_ = std::make_unique<Background>(backbone_, features_, buckets_, *sites_);
    }
}

Server::~Server() = default;

int Server::run() {
    std::exception_ptr fault;
    boost::asio::co_spawn(backbone_.loops.executor(0), start(), [&](std::exception_ptr thrown) {
        fault = thrown;
        if (thrown) backbone_.loops.stop();
    });
    spawn(backbone_.loops.executor(0), "signals", stop_at_signal());
    backbone_.loops.run();
    if (fault) std::rethrow_exception(fault);
    return 0;
}

Task<void> Server::start() {
    co_await provisioning::admin::ensure_platform(
        backbone_.control, config_.brand.app_name, "en", backbone_.clock.now()
    );
    co_await backbone_.directory.load();
    spawn(backbone_.loops.executor(0), "listener", listener_.run());
    if (duties_.background) {
        spawn(backbone_.loops.executor(0), "outbox", outbox_.run());
        co_await background_->start();
    }
    operator_server_.start();
    if (duties_.front) front_.start();
    log_.info("luster is ready", {{"version", LUSTER_VERSION}, {"admin", config_.hosts.admin}});
}

Task<void> Server::stop_at_signal() {
    boost::asio::basic_signal_set<Executor> signals(backbone_.loops.executor(0), SIGTERM, SIGINT);
    co_await signals.async_wait(boost::asio::use_awaitable_t<Executor>());
    log_.info("luster is stopping");
    co_await stop();
    backbone_.loops.stop();
}

// Requests end first, then what they may have caused, then the connections.
Task<void> Server::stop() {
    draining_ = true;
    auto deadline = std::chrono::seconds(config_.http.drain_s.value);
    if (duties_.front) co_await front_.drain(deadline);
    if (background_) co_await background_->stop();
    outbox_.stop();
    listener_.stop();
    co_await operator_server_.drain(std::chrono::seconds(1));
    co_await backbone_.pool.close();
    co_await backbone_.control.close();
}

void Server::heard(std::string_view channel, std::string_view payload) {
    if (channel == Directory::channel) return backbone_.directory.notified(payload);
    if (channel == identity::Sessions::channel) return features_.sessions.notified(payload);
    if (channel == site::Invalidation::channel) return invalidation_.notified(payload);
    if (channel == jobs::Bell::channel) {
        if (background_) background_->job_is_told();
        return;
    }
    features_.desk.notified(channel, payload);
}

// What was told meanwhile is lost: everything in memory is looked at afresh.
void Server::hear_again() {
    backbone_.directory.back();
    features_.sessions.back();
    features_.desk.back();
    runtime_.doubt();
    if (background_) background_->database_is_back();
}

void Server::lose_ear() {
    features_.sessions.lost();
    runtime_.doubt();
}

std::vector<outbox::Listener> Server::listeners() {
    auto all = features_.listeners();
    std::ranges::move(invalidation_.listeners(), std::back_inserter(all));
    return all;
}

http::Config Server::front_config() const {
    http::Config config;
    for (const auto& text : config_.http.listen) config.listen.push_back(listen_on(text, false));
    for (const auto& text : config_.http.tls_listen) config.listen.push_back(listen_on(text, true));
    if (!config_.http.tls_folder.empty()) config.tls = http::Tls{config_.http.tls_folder};
    config.trusted_proxies = config_.http.trusted_proxies;
    if (config_.log.access) {
        config.access_log = [log = log_](std::span<const http::Access> requests) {
            for (const auto& request : requests) {
                log.info(
                    "request",
                    {{"request", request.id},
                     {"method", request.method},
                     {"host", request.host},
                     {"path", path_to_log(request.target)},
                     {"status", static_cast<int>(request.status)},
                     {"bytes", request.bytes},
                     {"us", request.duration_us},
                     {"client", request.client}}
                );
            }
        };
    }
    config.fault_log = [log = log_](std::string_view id, std::string_view fault) {
        log.error("a request met a fault", {{"request", id}, {"fault", fault}});
    };
    return config;
}

http::Config Server::operator_config() const {
    http::Config config;
    for (const auto& text : config_.http.operator_listen)
        config.listen.push_back(listen_on(text, false));
    return config;
}

void Server::write_metrics(std::string& out) const {
    front_.write_metrics(out);
    runtime_.write_metrics(out);
    auto pool = backbone_.pool.stats();
    out += fmt::format(
        "# TYPE luster_pg_connections gauge\nluster_pg_connections {}\n"
        "# TYPE luster_pg_waiting gauge\nluster_pg_waiting {}\n"
        "# TYPE luster_pg_up gauge\nluster_pg_up {}\n",
        pool.connections,
        pool.waiting,
        listener_.connected() ? 1 : 0
    );
    for (const auto& [name, count] : spawned())
        out += fmt::format("luster_tasks{{name=\"{}\"}} {}\n", name, count);
}

}  // namespace luster::app
