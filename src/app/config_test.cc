#include "app/config.h"

#include <doctest/doctest.h>

namespace luster::app {

namespace {

template <class Settings>
void check_explained(const Docs& docs) {
    auto loaded = config::load(Settings{}, {});
    std::size_t explained = 0;
    for (const auto& entry : loaded.entries) {
        INFO(entry.key);
        CHECK(docs.contains(entry.key));
        ++explained;
    }
    CHECK(explained == docs.size());
}

std::vector<std::string> faults_of_flag(const std::string& flag) {
    FoundSettings found;
    found.sources.flags = {flag};
    return read_settings<Config>(found).errors;
}

}  // namespace

TEST_CASE("config: a value that nobody could work with is refused with its key and the remedy") {
    for (std::string flag :
         {"http.listen=foo",
          "http.listen=127.0.0.1:99999",
          "http.listen=127.0.0.1",
          "http.listen=127.0.0.1:",
          "http.listen=::1:8080",
          "http.tls_listen=localhost:443",
          "http.operator_listen=127.0.0.1:-1",
          "http.trusted_proxies=300.1.1.1/8",
          "hosts.scheme=ftp",
          "hosts.admin=x/y",
          "hosts.sites=a..b",
          "mail.from=nobody",
          "brand.accent=red",
          "mail.smtp=foo://",
          "limits.rate_factor=-1",
          "folders.themes=/nope",
          "folders.panel=/nope"}) {
        INFO(flag);
        auto errors = faults_of_flag(flag);
        REQUIRE(errors.size() == 1);
        CHECK(errors[0].starts_with(flag.substr(0, flag.find('=')) + ": "));
        CHECK(errors[0].contains(flag.starts_with("limits") ? "more than" : "; "));
    }
}

TEST_CASE("config: values that work are taken, and defaults are not judged") {
    for (std::string flag :
         {"http.listen=127.0.0.1:0,[::1]:8080",
          "http.trusted_proxies=10.0.0.0/8,::1",
          "hosts.scheme=https",
          "hosts.admin=panel.example.org",
          "mail.from=Luster <noreply@example.org>",
          "brand.accent=#ABCdef",
          "mail.smtp=smtps://mail.example.org",
          "limits.rate_factor=0.5",
          "folders.panel=/"}) {
        INFO(flag);
        CHECK(faults_of_flag(flag).empty());
    }
    CHECK(read_settings<Config>({}).errors.empty());
    CHECK(read_settings<PodConfig>({}).errors.empty());
}

TEST_CASE("config: every setting is explained in one sentence, and nothing else is") {
    check_explained<Config>(config_docs());
    check_explained<PodConfig>(pod_config_docs());
}

}  // namespace luster::app
