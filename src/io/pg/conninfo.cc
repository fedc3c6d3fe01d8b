#include "io/pg/conninfo.h"

#include "io/pg/error.h"

#include <fmt/format.h>
#include <libpq-fe.h>

namespace luster::pg {
namespace {

// What is not listed stays behind, so that a new option of libpq can't give anything away.
constexpr const char* parts_of_place[] = {
    "host",
    "hostaddr",
    "port",
    "sslmode",
    "sslrootcert",
    "sslcrl",
    "sslcrldir",
    "sslsni",
    "ssl_min_protocol_version",
    "ssl_max_protocol_version",
    "channel_binding",
    "target_session_attrs",
    "connect_timeout",
};
constexpr const char* passwords[] = {"password", "sslpassword"};

std::string in_quotes(std::string_view value) {
    std::string text = "'";
    for (char c : value) {
        if (c == '\'' || c == '\\') text += '\\';
        text += c;
    }
    return text + "'";
}

bool is_plain(std::string_view value) {
    return !value.empty() && value.find_first_of(" \t\r\n'\\") == value.npos;
}

}  // namespace

Conninfo parse_conninfo(const std::string& text) {
    char* message = nullptr;
    auto* options = PQconninfoParse(text.c_str(), &message);
    if (!options) {
        std::string sentence = message ? message : "out of memory";
        PQfreemem(message);
        throw Error("", "the server's conninfo can't be read: " + sentence);
    }
    Conninfo conninfo;
    for (auto* option = options; option->keyword; ++option) {
        if (option->val) conninfo[option->keyword] = option->val;
    }
    PQconninfoFree(options);
    return conninfo;
}

std::string text_of(const Conninfo& conninfo) {
    std::string text;
    for (const auto& [keyword, value] : conninfo) {
        if (!text.empty()) text += ' ';
        text += fmt::format("{}={}", keyword, is_plain(value) ? value : in_quotes(value));
    }
    return text;
}

std::string place_of_server(const std::string& conninfo) {
    auto parts = parse_conninfo(conninfo);
    Conninfo place;
    for (const auto* keyword : parts_of_place) {
        if (auto found = parts.find(keyword); found != parts.end()) place.insert(*found);
    }
    return text_of(place);
}

std::string without_passwords(const std::string& conninfo) try {
    auto parts = parse_conninfo(conninfo);
    bool changed = false;
    for (const auto* keyword : passwords) {
        auto found = parts.find(keyword);
        if (found == parts.end()) continue;
        found->second = "***";
        changed = true;
    }
    return changed ? text_of(parts) : conninfo;
} catch (const Error&) {
    return "(no conninfo that can be read)";  // and so nobody knows where its password is
}

}  // namespace luster::pg
