// Every setting of the program, with its default. `luster config` explains them.
#pragma once

#include "base/config.h"
#include "base/secret.h"

#include <map>
#include <string>
#include <vector>

namespace luster::app {

enum class LogLevel { debug, info, warning, error };
BOOST_DESCRIBE_ENUM(LogLevel, debug, info, warning, error)

struct HttpConfig {
    std::vector<std::string> listen{"127.0.0.1:8080"};
    std::vector<std::string> tls_listen{};
    std::vector<std::string> operator_listen{"127.0.0.1:9090"};
    std::string tls_folder{};
    std::vector<std::string> trusted_proxies{};
    Whole<0, 64> loops{0};
    Whole<1, 600> drain_s{20};
};
BOOST_DESCRIBE_STRUCT(
    HttpConfig,
    (),
    (listen, tls_listen, operator_listen, tls_folder, trusted_proxies, loops, drain_s)
)

struct HostsConfig {
    std::string scheme = "http";
    std::string admin = "admin.localhost:8080";
    std::string sites = "sites.localhost:8080";
};
BOOST_DESCRIBE_STRUCT(HostsConfig, (), (scheme, admin, sites))

struct PostgresConfig {
    std::map<std::string, std::string> servers;  // name → conninfo
    std::string control_database = "luster_control";
    Whole<5, 10'000> connections_max{80};
    Whole<1, 1000> connections_max_each{5};
};
BOOST_DESCRIBE_STRUCT(
    PostgresConfig, (), (servers, control_database, connections_max, connections_max_each)
)

struct FoldersConfig {
    std::string schema = "schema";
    std::string themes = "themes";
    std::string panel = "panel/dist";
    std::string store = "var/store";
};
BOOST_DESCRIBE_STRUCT(FoldersConfig, (), (schema, themes, panel, store))

struct MailConfig {
    std::string smtp = "smtp://127.0.0.1:1025";
    std::string user;
    std::string password_file;
    std::string from = "Luster <hello@luster.localhost>";
};
BOOST_DESCRIBE_STRUCT(MailConfig, (), (smtp, user, password_file, from))

struct ProvisioningConfig {
    bool worker = true;
    Whole<0, 100> spares_each{4};
};
BOOST_DESCRIBE_STRUCT(ProvisioningConfig, (), (worker, spares_each))

struct BrandConfig {
    std::string app_name = "Luster";
    std::string accent = "#2f5d50";
};
BOOST_DESCRIBE_STRUCT(BrandConfig, (), (app_name, accent))

struct SiteConfig {
    Whole<1, 65'536> cache_mib{256};
};
BOOST_DESCRIBE_STRUCT(SiteConfig, (), (cache_mib))

struct LimitsConfig {
    double rate_factor = 1;
};
BOOST_DESCRIBE_STRUCT(LimitsConfig, (), (rate_factor))

struct LogConfig {
    LogLevel level = LogLevel::info;
    bool access = true;
};
BOOST_DESCRIBE_STRUCT(LogConfig, (), (level, access))

struct Config {
    std::string keys_file = "var/keys";
    HttpConfig http;
    HostsConfig hosts;
    PostgresConfig postgres;
    FoldersConfig folders;
    MailConfig mail;
    ProvisioningConfig provisioning;
    BrandConfig brand;
    SiteConfig site;
    LimitsConfig limits;
    LogConfig log;
};
BOOST_DESCRIBE_STRUCT(
    Config,
    (),
    (keys_file, http, hosts, postgres, folders, mail, provisioning, brand, site, limits, log)
)

// What `luster site` needs to show one organization's site, and nothing of the platform.
struct ShownSiteConfig {
    Whole<0, 1'000'000'000'000> id{0};
    std::string slug;
    std::vector<std::string> hosts;
    bool noindex = false;
    Whole<1, 65'536> cache_mib{8};
};
BOOST_DESCRIBE_STRUCT(ShownSiteConfig, (), (id, slug, hosts, noindex, cache_mib))

struct ShownDatabaseConfig {
    std::string server;
    std::string database;
    std::string role;
    std::string password_file;
    Whole<2, 100> connections_max{4};
};
BOOST_DESCRIBE_STRUCT(
    ShownDatabaseConfig, (), (server, database, role, password_file, connections_max)
)

struct PodConfig {
    HttpConfig http{.loops = {1}};
    ShownSiteConfig site;
    ShownDatabaseConfig postgres;
    std::string store = "var/store";
    LogConfig log;
};
BOOST_DESCRIBE_STRUCT(PodConfig, (), (http, site, postgres, store, log))

// One sentence for each key; a test checks that none is missing.
using Docs = std::map<std::string_view, std::string_view>;
const Docs& config_docs();
const Docs& pod_config_docs();

// The settings' sources: `file` (else `usual_file` where there is one), the environment and flags.
struct FoundSettings {
    config::Sources sources;
    std::vector<std::string> errors;
};
FoundSettings find_settings(
    const std::string& file, std::string_view usual_file, const std::vector<std::string>& flags
);
// What is wrong with settings whose types are right, a sentence each.
std::vector<std::string> faults_of(const Config& config, const std::vector<config::Entry>& entries);
std::vector<std::string> faults_of(
    const PodConfig& config, const std::vector<config::Entry>& entries
);
template <class Settings>
config::Loaded<Settings> read_settings(const FoundSettings& found) {
    if (!found.errors.empty()) return {{}, {}, found.errors};
    auto loaded = config::load(Settings{}, found.sources);
    if (loaded.errors.empty()) loaded.errors = faults_of(loaded.config, loaded.entries);
    return loaded;
}

// Prints what is wrong and ends the program with status 2.
Config load_config(const std::string& file, const std::vector<std::string>& flags);
PodConfig load_pod_config(const std::string& file, const std::vector<std::string>& flags);

// The text of a file, or a sentence on standard error and status 2.
Secret read_secret_file(const std::string& path);

}  // namespace luster::app
