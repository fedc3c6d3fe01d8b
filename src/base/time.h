// Points in time: UTC, microseconds, made by a Clock only. Zones are rules of the edge.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace luster {

using Duration = std::chrono::microseconds;

struct Time {
    std::int64_t unix_us = 0;  // microseconds since 1970-01-01T00:00:00Z

    friend auto operator<=>(const Time&, const Time&) = default;
    friend Time operator+(Time time, Duration by) { return {time.unix_us + by.count()}; }
    friend Time operator-(Time time, Duration by) { return {time.unix_us - by.count()}; }
    friend Duration operator-(Time a, Time b) { return Duration(a.unix_us - b.unix_us); }
};

// RFC 3339 in UTC, "2026-11-24T10:30:00Z"; a fraction of up to six digits where there is one.
std::string to_rfc3339(Time time);
std::optional<Time> parse_rfc3339(std::string_view text);
// RFC 9110 section 5.6.7, "Tue, 24 Nov 2026 10:30:00 GMT".
std::string to_http_date(Time time);

}  // namespace luster
