#include "app/config.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

extern char** environ;

namespace luster::app {
namespace {

std::optional<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
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

}  // namespace

const std::map<std::string_view, std::string_view>& config_docs() {
    static const std::map<std::string_view, std::string_view> docs{
        {"keys_file",
         "File with the keys that seal secrets at rest; a line each, the last one seals."},
        {"http.listen", "Addresses for plain HTTP, host:port."},
        {"http.tls_listen", "Addresses for HTTPS, host:port."},
        {"http.operator_listen", "Addresses for /metrics, /healthz and /readyz; not for the public."
        },
        {"http.tls_folder", "Folder with HOST.crt and HOST.key in PEM, default.crt for all else."},
        {"http.trusted_proxies", "Networks whose X-Forwarded-For is believed."},
        {"http.loops", "Event loops; 0 is one a core."},
        {"http.drain_s", "Seconds that requests get to end after SIGTERM."},
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
        {"site.cache_mib", "Memory for finished pages, in MiB."},
        {"limits.rate_factor", "Multiplies every rate limit."},
        {"log.level", "The least level that is logged: debug, info, warning, error."},
        {"log.access", "Whether requests are logged."},
    };
    return docs;
}

config::Loaded<Config> read_config(const std::string& file, const std::vector<std::string>& flags) {
    config::Sources sources;
    sources.file_name = file.empty() ? "luster.toml" : file;
    sources.environment = environment();
    sources.flags = flags;
    sources.read_file = read_file;
    bool wanted = !file.empty() || std::filesystem::exists(sources.file_name);
    if (wanted) {
        auto text = read_file(sources.file_name);
        if (!text) return {{}, {}, {fmt::format("{}: the file can't be read.", sources.file_name)}};
        sources.toml = std::move(*text);
    }
    return config::load(Config{}, sources);
}

Config load_config(const std::string& file, const std::vector<std::string>& flags) {
    auto loaded = read_config(file, flags);
    if (loaded.errors.empty()) return std::move(loaded.config);
    for (const auto& error : loaded.errors) fmt::print(stderr, "luster: {}\n", error);
    std::exit(2);
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
