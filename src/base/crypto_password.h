// Passwords: Argon2id, 19 MiB, 2 passes, 1 lane (OWASP's second choice). Both functions burn 20-40
// ms of one core, so callers run them on the work pool, never on a loop.
#pragma once

#include "base/secret.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace luster::crypto {

// The encoded form, `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
std::string hash_password(const Secret& password, const std::array<std::uint8_t, 16>& salt);

// False for a wrong password and for an encoding that can't be read.
bool verify_password(std::string_view encoded, const Secret& password);

// No password fits it. Checking against it makes a sign-in without an account cost what one with
// costs.
std::string_view dummy_password_hash();

// Made with weaker settings than today's: hash again at the next sign-in.
bool password_needs_rehash(std::string_view encoded);

}  // namespace luster::crypto
