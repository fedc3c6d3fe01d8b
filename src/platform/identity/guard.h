// The guard of sign-in: counts failures by account and network, by network, and by account, in the
// control database, so that all replicas count together.
//
// It can't be used to lock somebody out: failures from elsewhere close an account to strange
// networks only, never to those from which its owner has signed in before. Attempts are counted
// before the password is looked at, so that many at once are no way around; a success takes its own
// count back.
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "io/pg/pg.h"

#include <string>
#include <string_view>

namespace luster::identity {

struct Attempt {
    std::string account;  // a hash of the folded address
    std::string network;
};
// IPv4 by /24, IPv6 by /56: what one attacker easily has.
std::string wide_network_of(std::string_view address);
Attempt attempt_of(std::string_view email_folded, std::string_view address);

struct GuardLimits {
    int by_account_and_network = 10;
    int by_network = 100;
    int by_account = 100;
    Duration window = std::chrono::minutes(15);
};

class Guard {
public:
    explicit Guard(pg::ControlDb& control, GuardLimits limits = {})
        : control_(control), limits_(limits) {}

    // Counts the attempt; a refusal (429) where there were too many.
    Task<Result<void>> admit(Attempt attempt, std::string email_folded, Time now);
    // Part of the sign-in's transaction.
    Task<void> succeeded(pg::ControlTx& tx, Attempt attempt, UserId user, Time now);

private:
    pg::ControlDb& control_;
    GuardLimits limits_;
};

}  // namespace luster::identity
