#include "base/config.h"

#include <doctest/doctest.h>

namespace luster::config {
namespace {

struct Http {
    std::vector<std::string> listen{"127.0.0.1:8080"};
    Whole<1, 100> loops{2};
};
BOOST_DESCRIBE_STRUCT(Http, (), (listen, loops))

struct Settings {
    Http http;
    std::string keys_file = "keys";
    std::map<std::string, std::string> servers;
};
BOOST_DESCRIBE_STRUCT(Settings, (), (http, keys_file, servers))

Loaded<Settings> loaded(Sources sources) {
    sources.file_name = "luster.toml";
    sources.read_file = [](const std::string& path) -> std::optional<std::string> {
        if (path != "/there") return std::nullopt;
        return "from-file\n";
    };
    return load(Settings{}, sources);
}

}  // namespace

TEST_CASE(
    "config: flags win over the environment, which wins over the file, which wins over defaults"
) {
    auto of = loaded({
        .toml = "keys_file = 'a'\n[http]\nloops = 3\n[servers]\nmain = 'host=/x'",
        .environment =
            {{"LUSTER_KEYS_FILE", "b"}, {"LUSTER_HTTP_LISTEN", "1.1.1.1:1,2.2.2.2:2"}, {"HOME", "/"}
            },
        .flags = {"http.loops=4"},
    });
    REQUIRE(of.errors.empty());
    CHECK(of.config.keys_file == "b");
    CHECK(of.config.http.loops == 4);
    CHECK(of.config.http.listen == std::vector<std::string>{"1.1.1.1:1", "2.2.2.2:2"});
    CHECK(of.config.servers.at("main") == "host=/x");
}

TEST_CASE("config: a variable that ends in _FILE names a file with the value") {
    CHECK(
        loaded({.environment = {{"LUSTER_KEYS_FILE_FILE", "/there"}}}).config.keys_file ==
        "from-file"
    );
    auto missing = loaded({.environment = {{"LUSTER_KEYS_FILE_FILE", "/nowhere"}}});
    CHECK(
        missing.errors ==
        std::vector<std::string>{"LUSTER_KEYS_FILE_FILE: the file /nowhere can't be read."}
    );
}

TEST_CASE("config: an unknown key is an error that names the nearest one") {
    auto of = loaded({.toml = "[http]\nlisen = []", .flags = {"other=1"}});
    CHECK(
        of.errors ==
        std::vector<std::string>{
            "luster.toml: there is no setting 'http.lisen'; did you mean 'http.listen'?",
            "--set: there is no setting 'other'.",
        }
    );
}

TEST_CASE("config: an unknown variable is an error, unless another program knows it") {
    auto of = loaded(
        {.environment = {{"LUSTER_HTPP_LISTEN", "x"}, {"LUSTER_SITE_SLUG", "x"}, {"LUSTERX", "x"}},
         .is_of_others = [](const std::string& name) { return name == "LUSTER_SITE_SLUG"; }}
    );
    CHECK(
        of.errors ==
        std::vector<std::string>{"environment: there is no setting 'LUSTER_HTPP_LISTEN'; did you "
                                 "mean 'LUSTER_HTTP_LISTEN'?"}
    );
    CHECK(
        loaded({.environment = {{"LUSTER_HTTP_LISEN_FILE", "/there"}}}).errors ==
        std::vector<std::string>{"environment: there is no setting 'LUSTER_HTTP_LISEN_FILE'; did "
                                 "you mean 'LUSTER_HTTP_LISTEN'?"}
    );
}

TEST_CASE("config: a wrong value is told with its key") {
    CHECK(
        loaded({.flags = {"http.loops=0"}}).errors ==
        std::vector<std::string>{"http.loops: This must lie between 1 and 100."}
    );
    CHECK(loaded({.toml = "[http"}).errors.size() == 1);
}

}  // namespace luster::config
