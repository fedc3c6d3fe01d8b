#include "app/server.h"

#include "app/process.h"
#include "platform/provisioning/admin.h"
#include "platform/provisioning/sealing.h"

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

void write_organizations(const Tree& tree, std::string& out) {
    std::map<std::string_view, std::size_t> counts;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<OrgStatus>>([&](auto status) {
        counts[status.name] = 0;
    });
    for (const auto& [id, node] : tree.nodes()) ++counts[json::name_of(node.status)];
    out += "# TYPE luster_organizations gauge\n";
    for (auto [status, count] : counts)
        out += fmt::format("luster_organizations{{status=\"{}\"}} {}\n", status, count);
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
        server_.runtime_.close(organization);
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
          duties.background ? [this](OrgId organization) { return sites_->is_open(organization); }
                            : std::function<bool(OrgId)>()
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
              log_of_faults(log),
              log_of_recoveries(log),
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
              [log](std::string_view fault) {
                  log.warning("the control database refuses us", {{"fault", fault}});
              },
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
      // A port that is bound but not served would take its share of the front's visitors.
      front_(
          backbone_.loops,
          duties.front ? public_listeners(config.http, config.log.access, log) : http::Config(),
          dispatch_
      ),
      operator_server_(backbone_.loops, operator_listeners(config.http), operator_) {
    runtime_.deaf();  // until the listener is there
    // What lies in memory was made for another status, or says `noindex`.
    backbone_.directory.when_changed([this](OrgId organization) { runtime_.close(organization); });
    // The drain that follows may be late, or another process' may take the event: no visitor gets
    // an older page after the writer has the answer.
    outbox_.when_committed([this](OrgId organization) { runtime_.doubt(organization); });
    if (duties.background) {
        background_ = std::make_unique<Background>(backbone_, features_, buckets_, *sites_);
    }
}

Server::~Server() = default;

int Server::run() {
    live(backbone_.loops, log_, [this] { return start(); }, [this] { return stop(); });
    return 0;
}

Task<void> Server::start() {
    co_await provisioning::admin::ensure_platform(
        backbone_.control, config_.brand.app_name, "en", backbone_.clock.now()
    );
    co_await provisioning::check_keys(backbone_.control, backbone_.keys);
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
    runtime_.hears();
    if (background_) background_->database_is_back();
}

void Server::lose_ear() {
    features_.sessions.lost();
    runtime_.deaf();
}

std::vector<outbox::Listener> Server::listeners() {
    auto all = features_.listeners();
    std::ranges::move(invalidation_.listeners(), std::back_inserter(all));
    return all;
}

void Server::write_metrics(std::string& out) const {
    front_.write_metrics(out);
    runtime_.write_metrics(out);
    write_process_metrics(out, backbone_.pool.stats(), listener_.connected());
    write_organizations(*backbone_.directory.tree(), out);
    if (background_) background_->write_metrics(out);
}

}  // namespace luster::app
