#include "base/text_email.h"

#include "base/text_visible.h"

#include <algorithm>
#include <cctype>
#include <idn2.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace luster::text {
namespace {

constexpr std::size_t address_bytes_max = 254;  // RFC 5321, 4.5.3.1.3, less the brackets
constexpr std::size_t local_bytes_max = 64;

// RFC 5322's dot-atom, and every character outside ASCII (RFC 6531). Quoted forms are refused:
// nobody has them, and every header that we write is safer without.
bool is_local_part(std::string_view local) {
    if (local.empty() || local.size() > local_bytes_max) return false;
    if (local.front() == '.' || local.back() == '.') return false;
    if (local.find("..") != std::string_view::npos || has_deceptive(local)) return false;
    return std::ranges::all_of(local, [](unsigned char c) {
        return c >= 0x80 || std::isalnum(c) ||
               std::string_view("!#$%&'*+/=?^_`{|}~.-").find(static_cast<char>(c)) !=
                   std::string_view::npos;
    });
}

bool is_host_name(std::string_view host) {
    if (host.empty() || host.size() > 253 || host.find('.') == std::string_view::npos) return false;
    bool numeric = true;
    while (!host.empty()) {
        auto dot = std::min(host.find('.'), host.size());
        auto label = host.substr(0, dot);
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') {
            return false;
        }
        numeric = true;
        for (unsigned char c : label) {
            if (!std::isalnum(c) && c != '-') return false;
            numeric &= std::isdigit(c) != 0;
        }
        if (dot + 1 == host.size()) return false;  // a dot at the end
        host.remove_prefix(std::min(dot + 1, host.size()));
    }
    return !numeric;  // an IP address without brackets
}

std::optional<std::string> ascii_domain(std::string_view domain) {
    char* encoded = nullptr;
    // Without IDN2_USE_STD3_ASCII_RULES, which drops what it doesn't like: is_host_name refuses it.
    int outcome = idn2_to_ascii_8z(
        std::string(domain).c_str(), &encoded, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT
    );
    if (outcome != IDN2_OK) return std::nullopt;
    std::string ascii(encoded);
    idn2_free(encoded);
    std::ranges::transform(ascii, ascii.begin(), [](unsigned char c) { return std::tolower(c); });
    if (!is_host_name(ascii)) return std::nullopt;
    return ascii;
}

struct Parts {
    std::string_view local;
    std::string domain;
};

std::optional<Parts> split(std::string_view address) {
    auto at = address.rfind('@');
    if (at == std::string_view::npos || address.size() > address_bytes_max) return std::nullopt;
    if (!is_local_part(address.substr(0, at))) return std::nullopt;
    auto domain = ascii_domain(address.substr(at + 1));
    if (!domain || at + 1 + domain->size() > address_bytes_max) return std::nullopt;
    return Parts{address.substr(0, at), std::move(*domain)};
}

}  // namespace

std::optional<std::string> fold_email(std::string_view address) {
    auto parts = split(address);
    if (!parts) return std::nullopt;
    auto local = fold(parts->local);
    // Folding may turn one character into ASCII that separates: "＠" becomes "@".
    if (!is_local_part(local)) return std::nullopt;
    return local + "@" + parts->domain;
}

std::string_view domain_of(std::string_view folded_email) {
    return folded_email.substr(folded_email.rfind('@') + 1);
}

std::optional<std::string> deliverable_email(std::string_view address) {
    auto parts = split(address);
    if (!parts) return std::nullopt;
    return std::string(parts->local) + "@" + parts->domain;
}

std::string fold(std::string_view text) {
    UErrorCode code = U_ZERO_ERROR;
    const auto* folding = icu::Normalizer2::getNFKCCasefoldInstance(code);
    if (U_FAILURE(code)) return std::string(text);
    auto source =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
    std::string folded;
    folding->normalize(source, code).toUTF8String(folded);
    return folded;
}

}  // namespace luster::text
