#include "app/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

extern char** environ;

namespace luster::app {
namespace {

std::optional<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    // A folder can be opened, and has nothing to read.
    if (!file || std::filesystem::is_directory(path)) return std::nullopt;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::pair<std::string, std::string>> environment() {
    std::vector<std::pair<std::string, std::string>> all;
    for (char** entry = environ; *entry; ++entry) {
        std::string_view line(*entry);
        auto equals = line.find('=');
        if (equals == std::string_view::npos) continue;
        all.emplace_back(line.substr(0, equals), line.substr(equals + 1));
    }
    return all;
}

template <class Settings>
Settings loaded_or_end(config::Loaded<Settings> loaded) {
    if (loaded.errors.empty()) return std::move(loaded.config);
    for (const auto& error : loaded.errors) fmt::print(stderr, "luster: {}\n", error);
    std::exit(2);
}

std::vector<std::string> missing_in(const PodConfig& config) {
    std::vector<std::string> errors;
    auto need = [&](bool given, std::string_view key) {
        if (given) return;
        errors.push_back(fmt::format("{} is missing: {}", key, pod_config_docs().at(key)));
    };
    need(config.site.id > 0, "site.id");
    need(!config.site.slug.empty(), "site.slug");
    need(!config.site.hosts.empty(), "site.hosts");
    need(!config.postgres.server.empty(), "postgres.server");
    need(!config.postgres.database.empty(), "postgres.database");
    need(!config.postgres.role.empty(), "postgres.role");
    need(!config.postgres.password_file.empty(), "postgres.password_file");
    return errors;
}

const Docs& shared_docs() {
    static const Docs docs{
        {"http.listen", "Addresses for plain HTTP, host:port."},
        {"http.tls_listen", "Addresses for HTTPS, host:port."},
        {"http.operator_listen", "Addresses for /metrics, /healthz and /readyz; not for the public."
        },
        {"http.tls_folder", "Folder with HOST.crt and HOST.key in PEM, default.crt for all else."},
        {"http.trusted_proxies", "Networks whose X-Forwarded-For is believed."},
        {"http.loops", "Event loops; 0 is one a core."},
        {"http.drain_s", "Seconds that requests get to end after SIGTERM."},
        {"site.cache_mib", "Memory for finished pages, in MiB."},
        {"log.level", "The least level that is logged: debug, info, warning, error."},
        {"log.access", "Whether requests are logged."},
    };
    return docs;
}

Docs with_shared(Docs docs) {
    docs.insert(shared_docs().begin(), shared_docs().end());
    return docs;
}

}  // namespace

const Docs& config_docs() {
    static const Docs docs = with_shared({
        {"keys_file",
         "File with the keys that seal secrets at rest; a line each, the last one seals."},
        {"hosts.scheme", "Scheme of the addresses that people see: http or https."},
        {"hosts.admin", "Host (and port, where it isn't the scheme's own) of the admin panel."},
        {"hosts.sites", "Domain below which every organization has its site."},
        {"postgres.servers",
         "PostgreSQL servers by name, as libpq connection strings; 'main' holds the control "
         "database."},
        {"postgres.control_database", "Name of the control database."},
        {"postgres.connections_max", "Connections to organizations' databases, all together."},
        {"postgres.connections_max_each", "Connections to one organization's database."},
        {"folders.schema", "Folder with the migrations."},
        {"folders.themes", "Folder with the themes that ship."},
        {"folders.panel", "Folder with the built admin panel."},
        {"folders.store", "Folder of the media buckets."},
        {"mail.smtp", "Mail server, smtp:// or smtps://."},
        {"mail.user", "User at the mail server; empty for none."},
        {"mail.password_file", "File with that user's password."},
        {"mail.from", "Sender of the platform's mails."},
        {"provisioning.worker", "Whether this process does background work."},
        {"provisioning.spares_each", "Databases kept ready for each project type and demo choice."},
        {"brand.app_name", "Name that people see in the panel and in mails."},
        {"brand.accent", "Colour of the panel, #rrggbb."},
        {"limits.rate_factor", "Multiplies every rate limit."},
    });
    return docs;
}

const Docs& pod_config_docs() {
    static const Docs docs = with_shared({
        {"site.id", "Number of the organization, 7 of org_7."},
        {"site.slug", "The organization's slug."},
        {"site.hosts",
         "Hosts (and port, where it isn't the scheme's own) of the site; the first is its own, the "
         "others lead there."},
        {"site.noindex", "Whether search engines are told to stay away (owner not verified yet)."},
        {"postgres.server", "The organization's PostgreSQL server, as a libpq connection string."},
        {"postgres.database", "The organization's database."},
        {"postgres.role", "Role that reads what is published."},
        {"postgres.password_file", "File with that role's password."},
        {"postgres.connections_max", "Connections to the database."},
        {"store", "Folder that holds the organization's bucket; it is only read."},
    });
    return docs;
}

namespace {

bool is_explained(const Docs& docs, const std::string& name) {
    return std::ranges::any_of(docs, [&](const auto& entry) {
        return config::variable_of(std::string(entry.first)) == name;
    });
}

// The addresses that Kubernetes tells each pod of a service named luster-site, such as
// LUSTER_SITE_PORT_80_TCP_ADDR.
bool is_of_kubernetes(const std::string& name) {
    return name.ends_with("_SERVICE_HOST") || name.contains("_SERVICE_PORT") ||
           name.ends_with("_PORT") || name.contains("_PORT_");
}

// `luster serve` and `luster site` may share an environment.
bool is_of_others(const std::string& name) {
    bool of_tests = name.starts_with("LUSTER_TEST_") || name.starts_with("LUSTER_BUILD") ||
                    name == "LUSTER_KILL_AT" || name == "LUSTER_STOP_AT";
    return of_tests || is_of_kubernetes(name) || is_explained(config_docs(), name) ||
           is_explained(pod_config_docs(), name);
}

}  // namespace

FoundSettings find_settings(
    const std::string& file, std::string_view usual_file, const std::vector<std::string>& flags
) {
    FoundSettings found;
    auto& sources = found.sources;
    sources.file_name = file.empty() ? usual_file : file;
    sources.environment = environment();
    sources.flags = flags;
    sources.read_file = read_file;
    sources.is_of_others = is_of_others;
    bool wanted = !file.empty() || std::filesystem::exists(sources.file_name);
    if (wanted) {
        auto text = read_file(sources.file_name);
        if (text)
            sources.toml = std::move(*text);
        else
            found.errors.push_back(fmt::format(
                "{}: the file can't be read; name one that can with --config.", sources.file_name
            ));
    }
    return found;
}

Config load_config(const std::string& file, const std::vector<std::string>& flags) {
    return loaded_or_end(read_settings<Config>(find_settings(file, "luster.toml", flags)));
}

PodConfig load_pod_config(const std::string& file, const std::vector<std::string>& flags) {
    auto loaded = read_settings<PodConfig>(find_settings(file, "site.toml", flags));
    if (loaded.errors.empty()) loaded.errors = missing_in(loaded.config);
    return loaded_or_end(std::move(loaded));
}

Secret read_secret_file(const std::string& path) {
    auto text = read_file(path);
    if (!text) {
        fmt::print(stderr, "luster: the file {} can't be read.\n", path);
        std::exit(2);
    }
    while (text->ends_with('\n')) text->pop_back();
    return Secret(std::move(*text));
}

}  // namespace luster::app
