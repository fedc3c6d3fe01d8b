// Ruby's Time.parse: a moment out of the parts that stand in a text, step by step as Ruby does it,
// for its steps show: an offset carries a day that its month doesn't have in a way of its own.
#include "date_parts.h"
#include "strftime.h"
#include "utf8.h"

#include <algorithm>
#include <cctype>

namespace liquid {
namespace {
constexpr std::int64_t YEAR_MAX = 10'000'000'000;

struct NamedZone {
    std::string_view name;
    int hours;
};
// A letter is a zone of the military; other abbreviations are known where the local zone has them.
constexpr NamedZone ZONES[] = {
    {"utc", 0},  {"z", 0},    {"ut", 0},   {"gmt", 0},  {"est", -5}, {"edt", -4},
    {"cst", -6}, {"cdt", -5}, {"mst", -7}, {"mdt", -6}, {"pst", -8}, {"pdt", -7},
    {"a", 1},    {"b", 2},    {"c", 3},    {"d", 4},    {"e", 5},    {"f", 6},
    {"g", 7},    {"h", 8},    {"i", 9},    {"k", 10},   {"l", 11},   {"m", 12},
    {"n", -1},   {"o", -2},   {"p", -3},   {"q", -4},   {"r", -5},   {"s", -6},
    {"t", -7},   {"u", -8},   {"v", -9},   {"w", -10},  {"x", -11},  {"y", -12},
};

// A date and a time of day that no calendar has looked at yet.
struct Written {
    std::int64_t year, month, day, hour, minute, second;
    std::int32_t nanoseconds;
};

std::int64_t days_in_month(std::int64_t year, std::int64_t month) {
    int next_month = month == 12 ? 1 : static_cast<int>(month) + 1;
    return days_from_civil(month == 12 ? year + 1 : year, next_month, 1) -
           days_from_civil(year, static_cast<int>(month), 1);
}

// Seconds as if the clock showed UTC. A day that the month doesn't have is one of the next month.
std::optional<std::int64_t> seconds_of(const Written& at) {
    auto within = [](std::int64_t value, std::int64_t first, std::int64_t last) {
        return value >= first && value <= last;
    };
    bool whole_day = at.hour == 24 && at.minute == 0 && at.second == 0;
    if (!within(at.year, -YEAR_MAX, YEAR_MAX) || !within(at.month, 1, 12) ||
        !within(at.day, 1, 31) || !(within(at.hour, 0, 23) || whole_day) ||
        !within(at.minute, 0, 59) || !within(at.second, 0, 60)) {
        return std::nullopt;
    }
    std::int64_t days = days_from_civil(at.year, static_cast<int>(at.month), 1) + at.day - 1;
    return days * 86400 + at.hour * 3600 + at.minute * 60 + at.second;
}

// From the clock of a zone to UTC. Ruby carries by hand; months of 28 days and day 30 tell.
void apply_offset(Written& at, std::int64_t offset) {
    std::int64_t sign = offset < 0 ? 1 : -1;
    std::int64_t left = std::abs(offset);
    auto carry = [&](std::int64_t& place, std::int64_t base) {
        std::int64_t part = left % base;
        left /= base;
        if (part == 0) return;
        place += sign * part;
        std::int64_t over = place >= 0 ? place / base : -((base - 1 - place) / base);
        place -= over * base;
        left += sign * over;
    };
    carry(at.second, 60);
    carry(at.minute, 60);
    carry(at.hour, 24);
    if (left == 0) return;
    at.day += sign * left;
    if (at.month < 1 || at.month > 12) return;
    if (sign > 0 && at.day > days_in_month(at.year, at.month)) {
        at.day = 1;
        if (++at.month > 12) at.month = 1, ++at.year;
    } else if (sign < 0 && at.day < 1) {
        if (--at.month < 1) at.month = 12, --at.year;
        at.day = days_in_month(at.year, at.month);
    }
}

class Maker {
public:
    Maker(const DateParts& parts, const std::optional<Time>& now, const Zone* zone)
        : parts_(parts), now_(now), zone_(zone) {}

    std::optional<Time> make() const {
        // What names no year needs a clock.
        if (!parts_.any() || !(parts_.year || now_)) return std::nullopt;
        if (!parts_.day_of_year) return made(parts_.month, parts_.day);
        std::int64_t day_of_year = *parts_.day_of_year;
        if (day_of_year < 1 || day_of_year > 366) return std::nullopt;
        // First as if all months had 31 days, then corrected by how far off that was.
        std::int64_t month = (day_of_year - 1) / 31 + 1;
        std::int64_t day = (day_of_year - 1) % 31 + 1;
        auto first = made(month, day);
        if (!first) return std::nullopt;
        day += day_of_year - civil_of(*first).day_of_year;
        std::int64_t year = offset_year();
        if (std::abs(year) > YEAR_MAX) return std::nullopt;
        if (std::int64_t days = days_in_month(year, month); day > 28 && day > days) {
            if (++month > 12) return std::nullopt;
            day -= days;
        }
        return made(month, day);
    }

private:
    std::int64_t offset_year() const { return parts_.year ? *parts_.year : civil_of(*now_).year; }

    std::optional<Time> made(
        const std::optional<std::int64_t>& month, const std::optional<std::int64_t>& day
    ) const {
        auto offset = offset_of(offset_year());
        if (offset && std::abs(*offset) >= 86400) return std::nullopt;
        Written at = completed(month, day, offset);
        if (at.year != offset_year()) offset = offset_of(at.year);
        if (offset) apply_offset(at, *offset);
        auto seconds = seconds_of(at);
        if (!seconds) return std::nullopt;
        Time time{*seconds, at.nanoseconds, 0, "UTC", false};
        if (offset) return shown(time, *offset);
        if (zone_ != nullptr) {
            time = local_time(utc_of(*seconds), zone_);
            time.nanoseconds = at.nanoseconds;
        }
        return time;
    }

    // An hour that the clock shows twice is the later one; one that it leaves out is shown as an
    // hour later. Both come of the smaller offset, that of the winter.
    std::int64_t utc_of(std::int64_t local) const {
        constexpr std::int64_t DAY = 86400;
        std::int32_t before = offset_at(*zone_, local - DAY).seconds;
        std::int32_t after = offset_at(*zone_, local + DAY).seconds;
        std::int32_t winter = std::min(before, after);
        std::int32_t summer = std::max(before, after);
        bool in_summer = offset_at(*zone_, local - winter).seconds != winter &&
                         offset_at(*zone_, local - summer).seconds == summer;
        return local - (in_summer ? summer : winter);
    }

    // What is more general than the most general part given is that of the present; what is more
    // precise begins at its start.
    Written completed(
        std::optional<std::int64_t> month,
        std::optional<std::int64_t> day,
        const std::optional<std::int32_t>& offset
    ) const {
        std::optional<std::int64_t> year = parts_.year, hour = parts_.hour, minute = parts_.minute,
                                    second = parts_.second;
        std::optional<std::int32_t> nanoseconds = parts_.nanoseconds;
        if (now_) {
            Time now = *now_;
            if (offset) now.offset_seconds = *offset;
            Civil present = civil_of(now);
            std::pair<std::optional<std::int64_t>*, std::int64_t> const places[] = {
                {&year, present.year},
                {&month, present.month},
                {&day, present.day},
                {&hour, present.hour},
                {&minute, present.minute},
                {&second, present.second}
            };
            bool given = false;
            for (auto [place, value] : places) {
                given = given || *place;
                if (!given) *place = value;
            }
        }
        return {
            year.value_or(1970),
            month.value_or(1),
            day.value_or(1),
            hour.value_or(0),
            minute.value_or(0),
            second.value_or(0),
            nanoseconds.value_or(0)
        };
    }

    // +05:00, +0500, +05, +05:00:00 and the names; what else stands there means local time.
    std::optional<std::int32_t> offset_of(std::int64_t year) const {
        std::string_view name = parts_.zone;
        if (name.empty()) return std::nullopt;
        if (name[0] == '+' || name[0] == '-') return numeric_offset(name);
        for (const NamedZone& zone : ZONES) {
            if (name == zone.name) return zone.hours * 3600;
        }
        if (zone_ == nullptr || std::abs(year) > YEAR_MAX) return std::nullopt;
        for (int month : {1, 7}) {
            std::int64_t local = days_from_civil(year, month, 1) * 86400;
            Offset there = offset_at(*zone_, local - offset_at(*zone_, local).seconds);
            bool same = std::equal(
                name.begin(),
                name.end(),
                there.abbreviation.begin(),
                there.abbreviation.end(),
                [](unsigned char a, unsigned char b) { return a == std::tolower(b); }
            );
            if (same) return there.seconds;
        }
        return std::nullopt;
    }

    static std::optional<std::int32_t> numeric_offset(std::string_view text) {
        std::int32_t parts[3] = {};
        std::size_t count = 0;
        bool colons = text.size() > 3 && text[3] == ':';
        std::size_t at = 1;
        while (count < 3 && at + 2 <= text.size() && utf8::is_digit(text[at]) &&
               utf8::is_digit(text[at + 1])) {
            parts[count++] = (text[at] - '0') * 10 + text[at + 1] - '0';
            at += 2;
            if (colons && at < text.size() && text[at] == ':') ++at;
        }
        if (count == 0 || at != text.size() || text.ends_with(':')) return std::nullopt;
        std::int32_t seconds = (parts[0] * 60 + parts[1]) * 60 + parts[2];
        return text[0] == '-' ? -seconds : seconds;
    }

    Time shown(Time time, std::int32_t offset) const {
        for (std::string_view utc : {"-00:00", "-0000", "-00", "utc", "z", "ut"}) {
            if (parts_.zone == utc) return time.utc = true, time;
        }
        Time local = local_time(time.seconds, zone_);
        time.offset_seconds = offset;
        time.zone = local.offset_seconds == offset ? local.zone : "";
        return time;
    }

    const DateParts& parts_;
    const std::optional<Time>& now_;
    const Zone* zone_;
};
}  // namespace

std::optional<Time> time_of(
    const DateParts& parts, const std::optional<Time>& now, const Zone* zone
) {
    return Maker(parts, now, zone).make();
}

std::optional<Time> parse_time(
    std::string_view text, const std::optional<Time>& now, const Zone* zone
) {
    return time_of(date_parts(text), now, zone);
}

}  // namespace liquid
