#include "base/crypto_password.h"

#include "base/result.h"

#include <argon2.h>

#include <new>

namespace luster::crypto {
namespace {

constexpr std::uint32_t memory_kib = 19 * 1024;
constexpr std::uint32_t passes = 2;
constexpr std::uint32_t lanes = 1;
constexpr std::size_t hash_size = 32;
constexpr std::string_view current_settings = "$argon2id$v=19$m=19456,t=2,p=1$";

}  // namespace

std::string hash_password(const Secret& password, const std::array<std::uint8_t, 16>& salt) {
    std::string encoded(
        argon2_encodedlen(passes, memory_kib, lanes, salt.size(), hash_size, Argon2_id), '\0'
    );
    auto text = password.reveal();
    int outcome = argon2id_hash_encoded(
        passes,
        memory_kib,
        lanes,
        text.data(),
        text.size(),
        salt.data(),
        salt.size(),
        hash_size,
        encoded.data(),
        encoded.size()
    );
    if (outcome == ARGON2_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
    LUSTER_ASSERT(outcome == ARGON2_OK);
    encoded.resize(encoded.find('\0'));  // the length counts the C string's end
    return encoded;
}

bool verify_password(std::string_view encoded, const Secret& password) {
    auto text = password.reveal();
    int outcome = argon2id_verify(std::string(encoded).c_str(), text.data(), text.size());
    if (outcome == ARGON2_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
    return outcome == ARGON2_OK;
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
