#include "io/pg/scram.h"

#include "io/pg/error.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <array>
#include <cstring>

namespace luster::pg {
namespace {

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

std::string_view view(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

Digest hmac(std::string_view key, std::string_view text) {
    Digest digest;
    unsigned length = 0;
    if (!HMAC(
            EVP_sha256(),
            key.data(),
            static_cast<int>(key.size()),
            reinterpret_cast<const unsigned char*>(text.data()),
            text.size(),
            digest.data(),
            &length
        )) {
        throw Fault("HMAC failed");
    }
    return digest;
}

std::string base64(std::string_view bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3), '\0');
    EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(text.data()),
        reinterpret_cast<const unsigned char*>(bytes.data()),
        static_cast<int>(bytes.size())
    );
    return text;
}

}  // namespace

// RFC 5802 section 3, with one iteration: SaltedPassword is then a single HMAC.
std::string scram_verifier(const Secret& password) {
    std::string salt(16, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(salt.data()), static_cast<int>(salt.size())) !=
        1) {
        throw Fault("no random bytes");
    }
    auto salted = hmac(password.reveal(), salt + std::string("\0\0\0\1", 4));
    auto client_key = hmac(view(salted), "Client Key");
    auto server_key = hmac(view(salted), "Server Key");
    Digest stored_key;
    SHA256(client_key.data(), client_key.size(), stored_key.data());
    return "SCRAM-SHA-256$1:" + base64(salt) + "$" + base64(view(stored_key)) + ":" +
           base64(view(server_key));
}

}  // namespace luster::pg
