#include "app/background.h"

#include "app/hosts.h"
#include "io/http/probe.h"

namespace luster::app {
namespace {

constexpr std::string_view platform_language = "en";

provisioning::Settings settings_of(const Config& config) {
    provisioning::Settings settings;
    settings.sites_url = places_of(config).site("{slug}");
    settings.servers.clear();
    for (const auto& [name, conninfo] : config.postgres.servers) settings.servers.push_back(name);
    settings.spares = config.provisioning.spares_each;
    return settings;
}

pg::Address control_address(const Config& config) {
    return {"main", config.postgres.control_database, "luster", {}};
}

}  // namespace

Background::Background(
    Backbone& backbone, Features& features, s3::Buckets& buckets, runtimes::EmbeddedSites& sites
)
    : backbone_(backbone),
      features_(features),
      seeder_(backbone.config.folders.themes, std::string(platform_language)),
      schema_(migrate::read({std::filesystem::path(backbone.config.folders.schema) / "tenant"})),
      settings_(settings_of(backbone.config)),
      doors_(backbone.servers),
      driver_(sites),
      own_address_(backbone.config),
      world_{
          backbone.clock,
          backbone.random,
          backbone.log,
          backbone.control,
          backbone.servers,
          doors_,
          backbone.pool,
          backbone.keys,
          schema_,
          seeder_,
          {{"main", &buckets}},
          driver_,
          own_address_,
          [&backbone](OrgId organization) { return backbone.directory.changed(organization); },
          settings_,
      },
      lock_(backbone.servers, control_address(backbone.config)),
      provisioner_(world_, features.desk, lock_, backbone.loops.executor(0)),
      worker_(
          backbone.loops.executor(0),
          backbone.control,
          backbone.clock,
          backbone.random,
          backbone.log,
          features.jobs()
      ) {
    features.bell.connect(worker_);
    features.desk.wakes([this](OrgId organization) { provisioner_.wake(organization); });
}

Task<void> Background::start() {
    provisioner_.start();
    spawn(backbone_.loops.executor(0), "jobs", worker_.run());
    co_await features_.identity.plan_purge(backbone_.clock.now());
}

Task<void> Background::stop() {
    worker_.stop();
    co_await provisioner_.stop();
}

void Background::write_metrics(std::string& out) const {
    const auto& passes = provisioner_.counts();
    const auto& jobs = worker_.counts();
    out += fmt::format(
        "# TYPE luster_provisioning_passes_total counter\n"
        "luster_provisioning_passes_total{{outcome=\"done\"}} {}\n"
        "luster_provisioning_passes_total{{outcome=\"blocked\"}} {}\n"
        "luster_provisioning_passes_total{{outcome=\"failed\"}} {}\n"
        "# TYPE luster_jobs_total counter\n"
        "luster_jobs_total{{outcome=\"done\"}} {}\n"
        "luster_jobs_total{{outcome=\"retried\"}} {}\n"
        "luster_jobs_total{{outcome=\"failed\"}} {}\n",
        passes.done.load(),
        passes.blocked.load(),
        passes.failed.load(),
        jobs.done.load(),
        jobs.retried.load(),
        jobs.failed.load()
    );
}

Task<int> Background::OwnAddress::status_of(std::string url) {
    auto [address, port] = host_and_port(config_.http.listen.at(0));
    std::string_view host = url;
    host.remove_prefix(host.find("://") + 3);
    http::ProbeTarget target{address == "0.0.0.0" ? "127.0.0.1" : address, port};
    target.host = host.substr(0, host.find('/'));
    co_return co_await http::probe(std::move(target), std::chrono::seconds(5));
}

}  // namespace luster::app
