#include "base/text_slug.h"

#include "base/text_email.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <unicode/translit.h>
#include <unicode/unistr.h>
#include <utility>

namespace luster::text {
namespace {

// Hosts and words that would pass for ours, or that systems give a meaning to.
constexpr auto reserved = std::to_array<std::string_view>({
    "about",        "abuse",
    "account",      "accounts",
    "admin",        "administrator",
    "agency",       "api",
    "app",          "apps",
    "assets",       "auth",
    "autoconfig",   "autodiscover",
    "beta",         "billing",
    "blog",         "bucket",
    "cdn",          "checkout",
    "cluster",      "console",
    "control",      "dashboard",
    "database",     "default",
    "demo",         "dev",
    "dns",          "docs",
    "download",     "email",
    "example",      "files",
    "ftp",          "git",
    "graphql",      "health",
    "help",         "host",
    "hostmaster",   "http",
    "https",        "imap",
    "img",          "info",
    "internal",     "invalid",
    "isatap",       "kubernetes",
    "legal",        "local",
    "localdomain",  "localhost",
    "login",        "logout",
    "logs",         "luster",
    "mail",         "mailer-daemon",
    "master",       "media",
    "metrics",      "mta-sts",
    "mx",           "mx1",
    "mx2",          "new",
    "news",         "no-reply",
    "nobody",       "noc",
    "noreply",      "ns",
    "ns1",          "ns2",
    "ns3",          "ns4",
    "null",         "oauth",
    "official",     "old",
    "org",          "panel",
    "password",     "pay",
    "payment",      "payments",
    "ping",         "platform",
    "pop3",         "postgres",
    "postmaster",   "preview",
    "privacy",      "private",
    "prod",         "production",
    "proxy",        "public",
    "register",     "root",
    "secure",       "security",
    "server",       "service",
    "services",     "sftp",
    "shop",         "signin",
    "signup",       "site",
    "sites",        "smtp",
    "spare",        "ssl",
    "ssladmin",     "ssladministrator",
    "sslwebmaster", "sso",
    "staff",        "staging",
    "static",       "stats",
    "status",       "store",
    "stripe",       "superadmin",
    "support",      "sys",
    "sysadmin",     "system",
    "team",         "template",
    "template0",    "template1",
    "tenant",       "terms",
    "test",         "theme",
    "undefined",    "usenet",
    "user",         "users",
    "uucp",         "webhook",
    "webhooks",     "webmail",
    "webmaster",    "wpad",
    "www",          "www1",
    "www2",
});

// Only words whose imitation could fool somebody out of a password.
constexpr auto imitated = std::to_array<std::string_view>({
    "admin",    "administrator", "account",    "accounts", "billing",  "login",
    "luster",   "official",      "panel",      "password", "payment",  "payments",
    "platform", "postmaster",    "root",       "secure",   "security", "signin",
    "signup",   "stripe",        "superadmin", "support",  "system",   "webmaster",
});

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool has_form(std::string_view slug) {
    if (slug.size() < slug_length_min || slug.size() > slug_length_max) return false;
    if (!is_letter_or_digit(slug.front()) || !is_letter_or_digit(slug.back())) return false;
    if (slug.find("--") != std::string_view::npos) return false;
    return std::ranges::all_of(slug, [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

// Two slugs with one skeleton are read as one word at a glance.
std::string skeleton(std::string_view slug) {
    std::string text;
    for (char c : slug) {
        switch (c) {
            case '-':
                break;
            case '0':
                text += 'o';
                break;
            case '1':
            case 'i':
            case 'j':
                text += 'l';
                break;
            case '2':
                text += 'z';
                break;
            case '3':
                text += 'e';
                break;
            case '4':
                text += 'a';
                break;
            case '5':
                text += 's';
                break;
            case '7':
                text += 't';
                break;
            case '8':
                text += 'b';
                break;
            case '9':
            case 'q':
                text += 'g';
                break;
            default:
                text += c;
        }
    }
    replace_all(text, "rn", "m");
    replace_all(text, "vv", "w");
    replace_all(text, "cl", "d");
    return text;
}

std::string latin(std::string_view name) {
    UErrorCode code = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> transliterator(
        icu::Transliterator::createInstance("Any-Latin; de-ASCII; Lower", UTRANS_FORWARD, code)
    );
    if (U_FAILURE(code) || !transliterator) return fold(name);
    auto text = icu::UnicodeString::fromUTF8(
        icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size()))
    );
    transliterator->transliterate(text);
    std::string ascii;
    text.toUTF8String(ascii);
    return ascii;
}

// Between two words, if the last one doesn't take most of it away.
std::string cut(std::string_view slug, std::size_t length_max) {
    if (slug.size() > length_max) {
        auto hyphen = slug.rfind('-', length_max);
        bool between = hyphen != std::string_view::npos && hyphen >= length_max / 2;
        slug = slug.substr(0, between ? hyphen : length_max);
    }
    while (!slug.empty() && slug.back() == '-') slug.remove_suffix(1);
    return std::string(slug);
}

}  // namespace

std::optional<SlugFlaw> slug_flaw(std::string_view slug) {
    if (!has_form(slug)) return SlugFlaw::invalid;
    if (std::ranges::find(reserved, slug) != reserved.end()) return SlugFlaw::reserved;
    auto shape = skeleton(slug);
    for (auto word : imitated) {
        if (shape == skeleton(word)) return SlugFlaw::lookalike;
    }
    return std::nullopt;
}

std::string suggest_slug(std::string_view name) {
    std::string slug;
    for (char c : latin(name.substr(0, 400))) {
        if (c == '\'') continue;  // "Anna's" is one word
        if (is_letter_or_digit(c)) {
            slug += c;
        } else if (!slug.empty() && slug.back() != '-') {
            slug += '-';
        }
    }
    slug = cut(slug, slug_length_max);
    if (slug.empty()) return "my-site";
    if (slug.size() < slug_length_min) slug += "-site";
    if (slug_flaw(slug)) slug = cut(slug, slug_length_max - 5) + "-site";
    return slug;
}

std::string numbered_slug(std::string_view slug, int number) {
    auto suffix = "-" + std::to_string(number);
    return cut(slug, slug_length_max - suffix.size()) + suffix;
}

}  // namespace luster::text
