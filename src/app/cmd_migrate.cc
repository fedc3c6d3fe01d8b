#include "app/backbone.h"
#include "app/commands.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>

namespace luster::app {
namespace {

struct TenantReport {
    OrgId organization;
    std::vector<std::string> applied;
    std::optional<std::string> fault;
};
BOOST_DESCRIBE_STRUCT(TenantReport, (), (organization, applied, fault))
struct Report {
    std::vector<std::string> control;
    std::vector<TenantReport> tenants;
};
BOOST_DESCRIBE_STRUCT(Report, (), (control, tenants))

Task<std::vector<std::string>> migrate_control(const Config& config) {
    pg::Servers servers({config.postgres.servers.begin(), config.postgres.servers.end()});
    auto migrations = migrate::read({std::filesystem::path(config.folders.schema) / "control"});
    auto session = co_await pg::Session::connect(
        servers, {"main", config.postgres.control_database, "luster", {}}
    );
    SystemClock clock;
    co_return co_await migrate::apply(session, migrations, clock);
}

// One that can't be migrated doesn't hold up the others.
Task<TenantReport> migrate_tenant(fleet::Fleet& fleet, OrgId organization) {
    TenantReport report{organization, {}, {}};
    try {
        report.applied = co_await fleet.migrate(organization);
    } catch (const std::exception& fault) {
        report.fault = fault.what();
    }
    co_return report;
}

std::vector<TenantReport> migrate_tenants(Config config) {
    config.http.loops = {1};
    Backbone backbone(config, read_keys(config), log::Logger());
    std::vector<TenantReport> reports;
    run_on(backbone.loops, [&]() -> Task<void> {
        for (auto organization : co_await backbone.fleet.behind())
            reports.push_back(co_await migrate_tenant(backbone.fleet, organization));
    });
    return reports;
}

void print_text(const Report& report) {
    for (const auto& name : report.control) fmt::print("{}\n", name);
    fmt::print("{}\n", report.control.empty() ? "The control database is up to date." : "Done.");
    for (const auto& tenant : report.tenants) {
        fmt::print(
            "{}: {}\n",
            tenant.organization.text(),
            tenant.fault ? "FAILED, " + *tenant.fault
                         : fmt::format("{} applied", tenant.applied.size())
        );
    }
}

int run(const CommandLine& line, bool tenants) {
    auto config = line.config();
    Report report;
    run_once([&]() -> Task<void> { report.control = co_await migrate_control(config); });
    if (tenants) report.tenants = migrate_tenants(config);
    if (line.json)
        fmt::print("{}\n", json::to_string(report));
    else
        print_text(report);
    bool failed =
        std::ranges::any_of(report.tenants, [](const auto& one) { return one.fault.has_value(); });
    return failed ? 1 : 0;
}

}  // namespace

void add_migrate(CLI::App& app, CommandLine& line) {
    auto* command =
        app.add_subcommand("migrate", "Bring the control database to this release's schema");
    auto tenants = std::make_shared<bool>(false);
    command->add_flag(
        "--tenants", *tenants, "And every organization's, ahead of its first touch by a server"
    );
    command->callback([&line, tenants] {
        line.run = [&line, tenants] { return run(line, *tenants); };
    });
}

}  // namespace luster::app
