// How often one account or network may call: token buckets in memory, per replica. What counts for
// security across replicas (failed sign-ins) is counted in the control database.
#pragma once

#include "base/time.h"
#include "core/api/endpoint.h"

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace luster::api {

class RateLimiter {
public:
    struct Verdict {
        bool allowed = true;
        std::int64_t remaining = 0;
        std::int64_t reset_s = 0;  // until a call is free again, or until the bucket is full
    };
    // `factor` multiplies every limit (benchmarks and tests raise them by the setting).
    explicit RateLimiter(double factor = 1) : factor_(factor) {}

    Verdict take(const Rate& rate, std::string_view who, Time now);
    std::int64_t limit_of(const Rate& rate) const;

private:
    static constexpr std::size_t buckets_max = 200'000;
    struct Bucket {
        double tokens;
        Time at;
    };
    void forget_full_ones(Time now);

    double factor_;
    std::mutex mutex_;  // all loops share the counts; held for one look-up
    std::unordered_map<std::string, Bucket> buckets_;
};

// The network that an address is counted by: IPv4 as it is, IPv6 by its /64.
std::string network_of(std::string_view address);

}  // namespace luster::api
