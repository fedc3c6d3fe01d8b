#include "core/api/rate_limit.h"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <cmath>

namespace luster::api {

std::int64_t RateLimiter::limit_of(const Rate& rate) const {
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(rate.count * factor_));
}

RateLimiter::Verdict RateLimiter::take(const Rate& rate, std::string_view who, Time now) {
    const double limit = static_cast<double>(limit_of(rate));
    const double per_second = limit / rate.seconds;
    std::string key(rate.name);
    key += '|';
    key += who;
    std::lock_guard lock(mutex_);
    if (buckets_.size() >= buckets_max) forget_full_ones(now);
    auto& bucket = buckets_.try_emplace(std::move(key), Bucket{limit, now}).first->second;
    double passed_s = static_cast<double>((now - bucket.at).count()) / 1e6;
    bucket.tokens = std::min(limit, bucket.tokens + std::max(0.0, passed_s) * per_second);
    bucket.at = now;
    Verdict verdict;
    verdict.allowed = bucket.tokens >= 1;
    if (verdict.allowed) bucket.tokens -= 1;
    verdict.remaining = static_cast<std::int64_t>(bucket.tokens);
    double missing = verdict.allowed ? limit - bucket.tokens : 1 - bucket.tokens;
    verdict.reset_s = static_cast<std::int64_t>(std::ceil(missing / per_second));
    return verdict;
}

// A bucket untouched for an hour is as good as full: no rate here looks back further.
void RateLimiter::forget_full_ones(Time now) {
    auto hour = std::chrono::duration_cast<Duration>(std::chrono::hours(1));
    std::erase_if(buckets_, [&](const auto& entry) { return now - entry.second.at > hour; });
    if (buckets_.size() >= buckets_max) buckets_.clear();
}

std::string network_of(std::string_view address) {
    boost::system::error_code error;
    auto parsed = boost::asio::ip::make_address(address, error);
    if (error || parsed.is_v4()) return std::string(address);
    auto bytes = parsed.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), 0);
    return boost::asio::ip::address_v6(bytes).to_string() + "/64";
}

}  // namespace luster::api
