// Which passwords may be chosen: long enough, not among the commonest, not the address with little
// more. No rules about kinds of characters.
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <string_view>

namespace luster::identity {

constexpr std::size_t password_length_min = 10;
constexpr std::size_t password_length_min_admin = 12;  // agency_admin, superadmin
constexpr std::size_t password_length_max = 200;

// A refusal that points to `pointer`. Lengths count characters, not bytes.
Result<void> check_password(
    std::string_view pointer,
    const Secret& password,
    std::string_view email_folded,
    std::size_t length_min = password_length_min
);

// In lower case, one of the commonest (of those with ten characters or more).
bool is_common_password(std::string_view password);

}  // namespace luster::identity
