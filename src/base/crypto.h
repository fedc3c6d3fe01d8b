// Hashes, encodings and tokens. Random bytes come from outside (io's Random), so that a simulated
// run repeats itself.
#pragma once

#include "base/bytes.h"
#include "base/secret.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace luster::crypto {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view data);
Digest hmac_sha256(std::string_view key, std::string_view data);
Bytes bytes_of(const Digest& digest);

// Takes the same time for all contents of one length; lengths are no secret.
bool equal_in_constant_time(std::string_view left, std::string_view right);

std::string hex(std::string_view data);
std::string base64url(std::string_view data);  // RFC 4648 section 5, without padding
std::optional<std::string> parse_base64url(std::string_view text
);                                          // padding and stray bits refused
std::string base64(std::string_view data);  // with padding, as SMTP and SCRAM want it

// `random` is an io Random or anything else with fill(std::span<std::byte>).
template <std::size_t Size, class Random>
std::array<std::uint8_t, Size> random_bytes(Random& random) {
    std::array<std::uint8_t, Size> bytes;
    random.fill(std::as_writable_bytes(std::span(bytes)));
    return bytes;
}

// A 256-bit token: the person gets the text, the database its SHA-256 only.
struct Token {
    Secret text;  // base64url, 43 characters
    Bytes hash;
};
Token token_from(const std::array<std::uint8_t, 32>& random);
template <class Random>
Token make_token(Random& random) {
    return token_from(random_bytes<32>(random));
}
// The hash to look for; none if the text can't be a token, so that nonsense never reaches the
// database.
std::optional<Bytes> token_hash(std::string_view text);

}  // namespace luster::crypto
