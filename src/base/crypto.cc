#include "base/crypto.h"

#include "base/result.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace luster::crypto {
namespace {

constexpr std::string_view standard_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encode(std::string_view data, std::string_view alphabet) {
    std::string text;
    text.reserve((data.size() * 4 + 2) / 3);
    std::uint32_t pending = 0;
    int bits = 0;
    for (unsigned char byte : data) {
        pending = pending << 8 | byte;
        for (bits += 8; bits >= 6;) text += alphabet[pending >> (bits -= 6) & 63];
    }
    if (bits > 0) text += alphabet[pending << (6 - bits) & 63];
    return text;
}

const unsigned char* octets(std::string_view data) {
    return reinterpret_cast<const unsigned char*>(data.data());
}

}  // namespace

Digest sha256(std::string_view data) {
    // OpenSSL 3 looks an algorithm up, and makes a context, for each EVP_Digest: longer than the
    // hash of a token takes.
    static const auto* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    struct Free {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    thread_local const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
    Digest digest;
    LUSTER_ASSERT(
        EVP_DigestInit_ex2(context.get(), algorithm, nullptr) &&
        EVP_DigestUpdate(context.get(), data.data(), data.size()) &&
        EVP_DigestFinal_ex(context.get(), digest.data(), nullptr)
    );
    return digest;
}

Digest hmac_sha256(std::string_view key, std::string_view data) {
    Digest digest;
    unsigned length = 0;
    LUSTER_ASSERT(HMAC(
        EVP_sha256(),
        key.data(),
        static_cast<int>(key.size()),
        octets(data),
        data.size(),
        digest.data(),
        &length
    ));
    return digest;
}

Bytes bytes_of(const Digest& digest) {
    return Bytes{std::string(reinterpret_cast<const char*>(digest.data()), digest.size())};
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string hex(std::string_view data) {
    std::string text;
    text.reserve(data.size() * 2);
    for (unsigned char byte : data) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

std::string base64url(std::string_view data) {
    return encode(data, url_alphabet);
}

std::string base64(std::string_view data) {
    auto text = encode(data, standard_alphabet);
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

std::optional<std::string> parse_base64url(std::string_view text) {
    if (text.size() % 4 == 1) return std::nullopt;
    std::string data;
    data.reserve(text.size() * 3 / 4);
    std::uint32_t pending = 0;
    int bits = 0;
    for (char c : text) {
        auto digit = url_alphabet.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        pending = pending << 6 | static_cast<std::uint32_t>(digit);
        bits += 6;
        if (bits >= 8) data += static_cast<char>(pending >> (bits -= 8) & 255);
    }
    // Stray bits would give one value two spellings.
    if ((pending & ((1u << bits) - 1)) != 0) return std::nullopt;
    return data;
}

Token token_from(const std::array<std::uint8_t, 32>& random) {
    std::string_view raw(reinterpret_cast<const char*>(random.data()), random.size());
    return Token{Secret(base64url(raw)), bytes_of(sha256(raw))};
}

std::optional<Bytes> token_hash(std::string_view text) {
    if (text.size() != 43) return std::nullopt;
    auto raw = parse_base64url(text);
    if (!raw || raw->size() != 32) return std::nullopt;
    return bytes_of(sha256(*raw));
}

}  // namespace luster::crypto
