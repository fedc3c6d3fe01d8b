#include "app/site_folder.h"

#include "app/backbone.h"
#include "io/pg/conninfo.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>

namespace luster::app {
namespace {

void write_file(const std::filesystem::path& path, std::string_view text) {
    auto before = ::umask(077);
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    ::umask(before);
    if (!file) throw Fault(fmt::format("{} can't be written", path.string()));
}

// JSON's strings and lists are TOML's, too.
std::string toml(const PodConfig& config) {
    return fmt::format(
        "store = {}\n\n[site]\nid = {}\nslug = {}\nhosts = {}\nnoindex = {}\n\n[postgres]\n"
        "server = {}\ndatabase = {}\nrole = {}\npassword_file = {}\n",
        json::to_string(config.store),
        config.site.id.value,
        json::to_string(config.site.slug),
        json::to_string(config.site.hosts),
        config.site.noindex,
        json::to_string(config.postgres.server),
        json::to_string(config.postgres.database),
        json::to_string(config.postgres.role),
        json::to_string(config.postgres.password_file)
    );
}

}  // namespace

void write_site_folder(
    const std::string& folder, const OrgNode& node, const pg::Address& theme, const Config& config
) {
    auto place = std::filesystem::absolute(folder);
    std::filesystem::create_directories(place);
    PodConfig pod;
    pod.store = std::filesystem::absolute(config.folders.store);
    pod.site.id = {node.id.value};
    pod.site.slug = node.slug;
    pod.site.hosts = {fmt::format("{}.{}", node.slug, config.hosts.sites)};
    pod.site.noindex = !node.verified;
    pod.postgres.server = pg::place_of_server(config.postgres.servers.at(theme.server));
    pod.postgres.database = theme.database;
    pod.postgres.role = theme.role;
    pod.postgres.password_file = place / "password";
    write_file(place / "site.toml", toml(pod));
    write_file(place / "password", theme.password.reveal());
}

}  // namespace luster::app
