// What a type can't say of a setting. Each sentence names the remedy; the caller adds the key.
#include "app/config.h"
#include "app/hosts.h"
#include "base/text_email.h"
#include "io/http/addresses.h"
#include "io/http/parse.h"
#include "io/smtp/smtp.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace luster::app {
namespace {

class Checker {
public:
    explicit Checker(const std::vector<config::Entry>& entries) : entries_(entries) {}

    // Defaults are not judged: the program can be asked about its settings anywhere.
    template <class... Parts>
    void need(
        std::string_view key, bool right, fmt::format_string<Parts...> remedy, Parts&&... parts
    ) {
        auto entry = std::ranges::find(entries_, key, &config::Entry::key);
        if (right || entry == entries_.end() || entry->source == "default") return;
        errors.push_back(
            fmt::format("{}: ", key) + fmt::format(remedy, std::forward<Parts>(parts)...)
        );
    }
    void need_folder(std::string_view key, const std::string& path) {
        std::error_code ignored;
        bool there = std::filesystem::is_directory(path, ignored);
        need(key, there, "there is no folder '{}'; name one that exists.", path);
    }
    void need_addresses(std::string_view key, const std::vector<std::string>& texts) {
        for (const auto& text : texts) {
            need(
                key,
                address_and_port(text).has_value(),
                "'{}' is no address to listen on; write it as 127.0.0.1:8080 or [::1]:8080.",
                text
            );
        }
    }

    std::vector<std::string> errors;

private:
    const std::vector<config::Entry>& entries_;
};

bool is_color(std::string_view text) {
    auto is_hex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    return text.size() == 7 && text[0] == '#' && std::ranges::all_of(text.substr(1), is_hex);
}

std::string fault_of_mail_server(const std::string& url) {
    try {
        smtp::settings_from(url);
    } catch (const Fault& fault) {
        return fault.what();
    }
    return "";
}

bool is_host(std::string_view text) {
    http::Authority authority;
    return http::parse_authority(text, authority);
}

bool is_mailbox(const std::string& text) {
    try {
        return text::fold_email(smtp::mailbox_from(text).address).has_value();
    } catch (const Fault&) {
        return false;
    }
}

void check_http(Checker& checker, const HttpConfig& config) {
    checker.need_addresses("http.listen", config.listen);
    checker.need_addresses("http.tls_listen", config.tls_listen);
    checker.need_addresses("http.operator_listen", config.operator_listen);
    for (const auto& text : config.trusted_proxies) {
        checker.need(
            "http.trusted_proxies",
            http::Network::parse(text).has_value(),
            "'{}' is no network; write it as 10.0.0.0/8 or ::1.",
            text
        );
    }
}

}  // namespace

std::vector<std::string> faults_of(
    const Config& config, const std::vector<config::Entry>& entries
) {
    Checker checker(entries);
    check_http(checker, config.http);
    bool web = config.hosts.scheme == "http" || config.hosts.scheme == "https";
    checker.need(
        "hosts.scheme",
        web,
        "'{}' is no scheme of a site; write http or https.",
        config.hosts.scheme
    );
    for (auto [key, host] : {
             std::pair("hosts.admin", config.hosts.admin),
             std::pair("hosts.sites", config.hosts.sites),
         }) {
        checker.need(
            key, is_host(host), "'{}' is no host; write it as example.org or localhost:8080.", host
        );
    }
    checker.need(
        "brand.accent",
        is_color(config.brand.accent),
        "'{}' is no colour; write it as #2f5d50.",
        config.brand.accent
    );
    auto mail = fault_of_mail_server(config.mail.smtp);
    checker.need("mail.smtp", mail.empty(), "{}; write it as smtp://127.0.0.1:25.", mail);
    checker.need(
        "mail.from",
        is_mailbox(config.mail.from),
        "'{}' is no sender; write it as Luster <noreply@example.org>.",
        config.mail.from
    );
    checker.need(
        "limits.rate_factor",
        config.limits.rate_factor > 0,
        "must be more than 0; 1 leaves the limits as they are."
    );
    checker.need_folder("folders.schema", config.folders.schema);
    checker.need_folder("folders.themes", config.folders.themes);
    checker.need_folder("folders.panel", config.folders.panel);
    return std::move(checker.errors);
}

std::vector<std::string> faults_of(
    const PodConfig& config, const std::vector<config::Entry>& entries
) {
    Checker checker(entries);
    check_http(checker, config.http);
    return std::move(checker.errors);
}

}  // namespace luster::app
