// Links sent by mail: 256 random bits, stored as SHA-256, used once, for one purpose, for a while.
// A new one for the same purpose ends the ones before.
#pragma once

#include "base/crypto.h"
#include "io/clock/clock.h"
#include "io/pg/pg.h"

#include <boost/describe.hpp>

namespace luster::identity {

enum class TokenPurpose {
    verification,    // the address is this user's
    password_reset,  // a new password
    take_over,       // of what a provisional user of the same address registered
};
BOOST_DESCRIBE_ENUM(TokenPurpose, verification, password_reset, take_over)

constexpr Duration lifetime_of(TokenPurpose purpose) {
    switch (purpose) {
        case TokenPurpose::password_reset:
            return std::chrono::hours(1);
        case TokenPurpose::verification:
            return std::chrono::days(3);
        case TokenPurpose::take_over:
            return std::chrono::days(14);
    }
    return {};
}

// `user`: whom the link is about; with take_over the provisional one.
Task<Secret> issue_token(
    pg::ControlTx& tx, Random& random, UserId user, TokenPurpose purpose, Time now
);
// Whether a link to confirm or to take over was ever written to this user.
Task<bool> was_written_to(pg::ControlTx& tx, UserId user);
// Whether sign-ups with an address had so many links sent there within an hour that it gets no
// more.
Task<bool> is_written_to_enough(pg::ControlTx& tx, std::string email_folded, Time now);
// Whose it is, while it may still be used; it stays.
Task<std::optional<UserId>> look_at_token(
    pg::ControlDb& control, std::string token, TokenPurpose purpose, Time now
);
// Uses it up: of two at the same time one gets the user.
Task<std::optional<UserId>> take_token(
    pg::ControlTx& tx, std::string token, TokenPurpose purpose, Time now
);

}  // namespace luster::identity
