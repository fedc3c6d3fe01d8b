#include "base/ids.h"

#include <fmt/format.h>

#include <charconv>
#include <cstring>

namespace luster {
namespace {

// Crockford's base 32 in lower case, as the TypeID specification 0.3 asks.
constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t suffix_length = 26;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::optional<OrgId> OrgId::parse(std::string_view text) {
    if (!text.starts_with("org_")) return std::nullopt;
    text.remove_prefix(4);
    if (text.empty() || text.front() < '1' || text.front() > '9') return std::nullopt;
    OrgId id;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return id;
}

std::string OrgId::text() const {
    return fmt::format("org_{}", value);
}

Uuid Uuid::v7(Time now, std::span<const std::uint8_t, 10> random) {
    Uuid uuid;
    auto ms = static_cast<std::uint64_t>(now.unix_us / 1000);
    for (int i = 0; i < 6; ++i) uuid.bytes[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
    std::memcpy(uuid.bytes.data() + 6, random.data(), random.size());
    uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0f) | 0x70);
    uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3f) | 0x80);
    return uuid;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    Uuid uuid;
    std::size_t at = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            if (text[at++] != '-') return std::nullopt;
        }
        int high = hex_digit(text[at++]), low = hex_digit(text[at++]);
        if (high < 0 || low < 0) return std::nullopt;
        uuid.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return uuid;
}

std::string Uuid::text() const {
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        text += "0123456789abcdef"[bytes[i] >> 4];
        text += "0123456789abcdef"[bytes[i] & 15];
    }
    return text;
}

std::string detail::to_type_id(std::string_view prefix, const Uuid& uuid) {
    std::string text;
    text.reserve(prefix.size() + 1 + suffix_length);
    text.append(prefix) += '_';
    unsigned __int128 number = 0;
    for (auto byte : uuid.bytes) number = number << 8 | byte;
    for (int shift = 125; shift >= 0; shift -= 5) {
        text += alphabet[static_cast<unsigned>(number >> shift) & 31];
    }
    return text;
}

std::optional<Uuid> detail::from_type_id(std::string_view prefix, std::string_view text) {
    if (text.size() != prefix.size() + 1 + suffix_length || !text.starts_with(prefix) ||
        text[prefix.size()] != '_') {
        return std::nullopt;
    }
    text.remove_prefix(prefix.size() + 1);
    if (text.front() > '7') return std::nullopt;  // more than 128 bits
    unsigned __int128 number = 0;
    for (char c : text) {
        auto digit = alphabet.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        number = number << 5 | digit;
    }
    Uuid uuid;
    for (int i = 15; i >= 0; --i, number >>= 8) {
        uuid.bytes[i] = static_cast<std::uint8_t>(number);
    }
    return uuid;
}

}  // namespace luster

std::size_t std::hash<luster::Uuid>::operator()(const luster::Uuid& id) const noexcept {
    std::uint64_t high, low;  // the low half of a UUIDv7 is random
    std::memcpy(&high, id.bytes.data(), 8);
    std::memcpy(&low, id.bytes.data() + 8, 8);
    return low ^ (high * 0x9e3779b97f4a7c15u);
}
