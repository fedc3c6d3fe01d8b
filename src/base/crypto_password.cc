#include "base/crypto_password.h"

#include "base/crypto.h"
#include "base/result.h"

#include <cerrno>
#include <new>
#include <sodium.h>

namespace luster::crypto {
namespace {

constexpr std::size_t memory_kib = 19 * 1024;
constexpr unsigned long long passes = 2;
constexpr std::size_t hash_size = 32;
constexpr std::string_view current_settings = "$argon2id$v=19$m=19456,t=2,p=1$";

// Chooses the code for this CPU, once.
void be_ready() {
    static const int ready = sodium_init();
    LUSTER_ASSERT(ready >= 0);
}

// Base64 without padding, as encoded hashes have it.
std::string unpadded(std::span<const std::uint8_t> bytes) {
    auto text = base64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    while (text.ends_with('=')) text.pop_back();
    return text;
}

}  // namespace

std::string hash_password(const Secret& password, const std::array<std::uint8_t, 16>& salt) {
    be_ready();
    static_assert(
        std::tuple_size_v<std::remove_cvref_t<decltype(salt)>> == crypto_pwhash_SALTBYTES
    );
    auto text = password.reveal();
    std::array<std::uint8_t, hash_size> hash;
    int outcome = crypto_pwhash(
        hash.data(),
        hash.size(),
        text.data(),
        text.size(),
        salt.data(),
        passes,
        memory_kib * 1024,
        crypto_pwhash_ALG_ARGON2ID13
    );
    if (outcome != 0) throw std::bad_alloc();  // the only thing left that can go wrong
    return std::string(current_settings) + unpadded(salt) + "$" + unpadded(hash);
}

bool verify_password(std::string_view encoded, const Secret& password) {
    be_ready();
    auto text = password.reveal();
    std::string whole(encoded);
    errno = 0;
    if (crypto_pwhash_str_verify(whole.c_str(), text.data(), text.size()) == 0) return true;
    if (errno == ENOMEM) throw std::bad_alloc();
    return false;
}

std::string_view dummy_password_hash() {
    // Salt and hash are zeros: nobody knows a password with this hash.
    return "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
}

bool password_needs_rehash(std::string_view encoded) {
    return !encoded.starts_with(current_settings);
}

}  // namespace luster::crypto
