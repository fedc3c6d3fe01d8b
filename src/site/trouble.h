// Faults that many visitors meet, told in few lines: one when they begin, one when they end.
#pragma once

#include "base/time.h"

#include <cstdint>
#include <utility>

namespace luster::site {

// Of one organization, on its home loop.
class Trouble {
public:
    // Whether to say so: once until it ends, and never twice within `quiet`.
    bool met(Time now) {
        ++met_;
        if (told_ || now < quiet_until_) return false;
        told_ = true;
        quiet_until_ = now + quiet;
        return true;
    }
    // How many met it, those between the lines too; 0 where nobody was told that it began.
    std::uint64_t ended() { return std::exchange(told_, false) ? std::exchange(met_, 0) : 0; }

private:
    static constexpr Duration quiet = std::chrono::minutes(1);
    std::uint64_t met_ = 0;
    bool told_ = false;
    Time quiet_until_;
};

}  // namespace luster::site
