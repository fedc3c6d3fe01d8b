#include "app/site_folder.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace luster::app {
namespace {

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a site's folder holds its own password, and none of the platform") {
    auto folder = std::filesystem::temp_directory_path() / fmt::format("luster-{}", ::getpid());
    Config config;
    config.postgres.servers["main"] = "host=db.example port=5433 user=root password=hush";
    OrgNode node{OrgId{7}, OrgId{1}, "acme", "Acme", OrgKind::organization, OrgStatus::active};
    pg::Address theme{"main", "org_7", "org_7_theme", Secret("its own")};
    write_site_folder(folder, node, theme, config);
    auto settings = text_of(folder / "site.toml");
    CHECK(settings.find("host=db.example port=5433") != settings.npos);
    CHECK(settings.find("hush") == settings.npos);
    CHECK(settings.find("root") == settings.npos);
    CHECK(text_of(folder / "password") == "its own");
    std::filesystem::remove_all(folder);
}

}  // namespace luster::app
