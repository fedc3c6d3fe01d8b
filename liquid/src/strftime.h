// Times: reading, writing, zones.
#pragma once
#include "liquid/value.h"

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>

namespace liquid {

// The calendar's view of a time, in its own zone.
struct Civil {
    std::int64_t year;
    int month;  // 1..12
    int day;    // 1..31
    int hour, minute, second;
    int weekday;      // 0 = Sunday
    int day_of_year;  // 1..366
};
Civil civil_of(const Time& time);
std::int64_t days_from_civil(std::int64_t year, int month, int day);

// A text that keeps off the heap while it is as short as those of times are.
class TimeText {
public:
    TimeText() { text.reserve(sizeof room_ - 1); }
    TimeText(const TimeText&) = delete;
    TimeText& operator=(const TimeText&) = delete;

private:
    char room_[192];
    std::pmr::monotonic_buffer_resource memory_{room_, sizeof room_};

public:
    std::pmr::string text{&memory_};
};

// Ruby's Time#strftime; how many parts of a time were written.
std::size_t format_time(const Time& time, std::string_view format, std::pmr::string& text);
// Ruby's Time#to_s.
void default_text(const Time& time, std::pmr::string& text);

// The system's time zone database.
class Zone;
// nullptr where there is no such zone; `problem` says why.
const Zone* find_zone(std::string_view name, std::string& problem);
struct Offset {
    std::int32_t seconds;
    std::string_view abbreviation;
};
Offset offset_at(const Zone& zone, std::int64_t seconds);

// What Ruby's Time.parse reads of a text in small letters. Missing parts come from `now` (shown
// in its own zone), and without it a text that names no year is no time; the zone of times without
// one is `zone` (nullptr: UTC).
std::optional<Time> parse_time(
    std::string_view text, const std::optional<Time>& now, const Zone* zone
);
// The same of parts that were read already.
struct DateParts;
std::optional<Time> time_of(
    const DateParts& parts, const std::optional<Time>& now, const Zone* zone
);
Time local_time(std::int64_t seconds, const Zone* zone);

}  // namespace liquid
