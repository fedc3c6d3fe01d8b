// Reads times as Ruby's Time.parse does: it looks for the parts of a date and takes the rest from
// the present day.
#include "strftime.h"
#include "utf8.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace liquid {
namespace {

struct Found {
    std::optional<std::int64_t> year;
    std::optional<int> month, day, hour, minute, second, weekday, day_of_year;
    std::int32_t nanoseconds = 0;
    std::optional<std::int32_t> offset;
    std::optional<std::int64_t> epoch;
    std::string_view zone;
    bool any() const { return year || month || day || hour || weekday || day_of_year; }
};

bool letter(char c) {
    return c >= 'a' && c <= 'z';
}

constexpr std::array<std::string_view, 12> MONTHS = {
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"
};
constexpr std::array<std::string_view, 7> DAYS = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

struct NamedZone {
    std::string_view name;
    std::int32_t hours_times_two;
};
constexpr NamedZone ZONES[] = {
    {"utc", 0},   {"gmt", 0},   {"z", 0},     {"ut", 0},    {"est", -10},  {"edt", -8},
    {"cst", -12}, {"cdt", -10}, {"mst", -14}, {"mdt", -12}, {"pst", -16},  {"pdt", -14},
    {"wet", 0},   {"bst", 2},   {"cet", 2},   {"cest", 4},  {"eet", 4},    {"eest", 6},
    {"msk", 6},   {"ist", 11},  {"jst", 18},  {"hst", -20}, {"akst", -18}, {"akdt", -16},
    {"ast", -8},  {"adt", -6},  {"nst", -7},  {"aest", 20}, {"aedt", 22},
};

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    bool read(Found& found) {
        used_.assign(text_.size(), false);
        read_weekday(found);
        read_clock(found);
        if (!read_date(found)) return false;
        return found.any();
    }

private:
    bool digit_at(std::size_t at) const { return at < text_.size() && utf8::is_digit(text_[at]); }
    bool free_at(std::size_t at) const { return at < text_.size() && !used_[at]; }

    std::size_t number(std::size_t at, std::int64_t& value, std::size_t digits_max = 18) const {
        value = 0;
        std::size_t end = at;
        while (digit_at(end) && end - at < digits_max && !used_[end]) {
            value = value * 10 + (text_[end++] - '0');
        }
        return end - at;
    }
    void use(std::size_t from, std::size_t to) {
        std::fill(
            used_.begin() + static_cast<std::ptrdiff_t>(from),
            used_.begin() + static_cast<std::ptrdiff_t>(to),
            true
        );
    }

    template <std::size_t N>
    int named(const std::array<std::string_view, N>& names, std::size_t at, std::size_t& end)
        const {
        if (at > 0 && letter(text_[at - 1])) return -1;
        for (std::size_t i = 0; i < N; ++i) {
            if (text_.substr(at, 3) != names[i]) continue;
            end = at + 3;
            while (end < text_.size() && letter(text_[end])) ++end;
            return static_cast<int>(i);
        }
        return -1;
    }

    void read_weekday(Found& found) {
        for (std::size_t at = 0; at < text_.size(); ++at) {
            std::size_t end = 0;
            int day = named(DAYS, at, end);
            if (day < 0) continue;
            found.weekday = day;
            use(at, end);
            return;
        }
    }

    // 10:30[:15[.25]] [am|pm] [zone], or 10 pm.
    void read_clock(Found& found) {
        for (std::size_t at = 0; at < text_.size(); ++at) {
            if (!digit_at(at) || (at > 0 && digit_at(at - 1))) continue;
            std::int64_t hour = 0;
            std::size_t end = at + number(at, hour, 3);
            if (end - at > 2) continue;
            std::int64_t minute = 0;
            std::int64_t second = 0;
            std::int32_t nanos = 0;
            bool has_minutes = end < text_.size() && text_[end] == ':' && digit_at(end + 1);
            bool has_seconds = false;
            if (has_minutes) {
                end += 1 + number(end + 1, minute, 2);
                if (end < text_.size() && text_[end] == ':' && digit_at(end + 1)) {
                    end += 1 + number(end + 1, second, 2);
                    has_seconds = true;
                    end = read_fraction(end, nanos);
                }
            }
            std::size_t half = end;
            while (half < text_.size() && utf8::is_space(text_[half])) ++half;
            int shift = -1;
            std::size_t half_end = meridian(half, shift);
            if (half_end != 0) end = half_end;
            if (!has_minutes && shift < 0) continue;
            if (shift >= 0) hour = hour % 12 + shift;
            found.hour = static_cast<int>(hour);
            if (has_minutes) found.minute = static_cast<int>(minute);
            if (has_seconds) found.second = static_cast<int>(second);
            found.nanoseconds = nanos;
            use(at, end);
            read_zone(end, found);
            return;
        }
    }

    std::size_t read_fraction(std::size_t end, std::int32_t& nanos) const {
        if (end >= text_.size() || (text_[end] != '.' && text_[end] != ',') || !digit_at(end + 1)) {
            return end;
        }
        std::int32_t unit = 100'000'000;
        for (++end; digit_at(end); ++end, unit /= 10) nanos += (text_[end] - '0') * unit;
        return end;
    }

    // a.m., am, p.m. or pm at `at`: where it ends, or 0.
    std::size_t meridian(std::size_t at, int& shift) const {
        for (std::string_view word : {"a.m.", "p.m.", "am", "pm", "a.m", "p.m"}) {
            if (text_.substr(at, word.size()) != word) continue;
            std::size_t end = at + word.size();
            if (end < text_.size() && letter(text_[end])) continue;
            shift = word[0] == 'p' ? 12 : 0;
            return end;
        }
        return 0;
    }

    void read_zone(std::size_t at, Found& found) {
        std::size_t start = at;
        while (start < text_.size() && utf8::is_space(text_[start])) ++start;
        if (start >= text_.size()) return;
        std::size_t end = start;
        while (end < text_.size() && letter(text_[end])) ++end;
        std::string_view name = text_.substr(start, end - start);
        for (const NamedZone& zone : ZONES) {
            if (name != zone.name) continue;
            found.offset = zone.hours_times_two * 1800;
            found.zone = zone.name;
            use(start, end);
            if (end < text_.size() && (text_[end] == '+' || text_[end] == '-')) {
                read_offset(end, found);  // gmt+2
            }
            return;
        }
        if (text_[start] == '+' || text_[start] == '-') read_offset(start, found);
    }

    void read_offset(std::size_t at, Found& found) {
        int sign = text_[at] == '-' ? -1 : 1;
        std::int64_t value = 0;
        std::size_t digits = number(at + 1, value, 6);
        if (digits == 0) return;
        std::size_t end = at + 1 + digits;
        std::int64_t seconds = 0;
        if (digits <= 2) {
            seconds = value * 3600;
            std::int64_t minutes = 0;
            if (end < text_.size() && text_[end] == ':' && digit_at(end + 1)) {
                end += 1 + number(end + 1, minutes, 2);
                seconds += minutes * 60;
            }
        } else if (digits <= 4) {
            seconds = (value / 100 * 60 + value % 100) * 60;
        } else {
            seconds = (value / 10000 * 60 + value / 100 % 100) * 60 + value % 100;
        }
        found.offset = sign * static_cast<std::int32_t>(seconds);
        found.zone = {};
        use(at, end);
    }

    bool read_date(Found& found) {
        return read_named_month(found) || read_iso(found) || read_slashes(found) ||
               read_dots(found) || read_packed(found) || read_day_alone(found) || true;
    }

    // 14 march 2016, march 14, 2016, mar-14-2016, 2016 march 14
    bool read_named_month(Found& found) {
        for (std::size_t at = 0; at < text_.size(); ++at) {
            std::size_t end = 0;
            if (!free_at(at)) continue;
            int month = named(MONTHS, at, end);
            if (month < 0) continue;
            found.month = month + 1;
            use(at, end);
            std::int64_t before = -1;
            std::size_t before_digits = number_before(at, before);
            std::int64_t first = -1;
            std::size_t after = end;
            std::size_t first_digits = number_after(after, first);
            if (before_digits > 2) {  // the year in front
                found.year = before;
                if (first_digits > 0) found.day = static_cast<int>(first);
                return true;
            }
            if (before_digits > 0) {
                found.day = static_cast<int>(before);
                if (first_digits > 0) set_year(found, first, first_digits);
                return true;
            }
            if (first_digits == 0) return true;
            if (first_digits > 2) {
                found.year = first;
                return true;
            }
            found.day = static_cast<int>(first);
            std::int64_t second = -1;
            std::size_t second_digits = number_after(after, second);
            if (second_digits > 0) set_year(found, second, second_digits);
            return true;
        }
        return false;
    }

    // Ruby reads two digits as a year of this or the last century.
    static void set_year(Found& found, std::int64_t year, std::size_t digits) {
        found.year = digits <= 2 ? (year >= 69 ? 1900 + year : 2000 + year) : year;
    }

    std::size_t number_before(std::size_t at, std::int64_t& value) {
        std::size_t end = at;
        while (end > 0 && !digit_at(end - 1)) {
            char c = text_[end - 1];
            bool between =
                utf8::is_space(c) || c == '-' || c == ',' || c == '.' || c == '/' || letter(c);
            if (used_[end - 1] || !between) return 0;
            if (letter(c)) {  // only the st, nd, rd, th of an ordinal
                if (end < 3 || !digit_at(end - 3) || !letter(text_[end - 2])) return 0;
                --end;
            }
            --end;
        }
        std::size_t start = end;
        while (start > 0 && digit_at(start - 1) && !used_[start - 1]) --start;
        if (start == end) return 0;
        number(start, value);
        use(start, end);
        return end - start;
    }

    std::size_t number_after(std::size_t& at, std::int64_t& value) {
        std::size_t start = at;
        while (start < text_.size() && (used_[start] || !digit_at(start))) {
            char c = text_[start];
            bool between =
                utf8::is_space(c) || c == '-' || c == ',' || c == '.' || c == '/' || c == '\'';
            if (!used_[start] && !between) return 0;
            ++start;
        }
        if (!free_at(start)) return 0;
        std::size_t digits = number(start, value);
        std::size_t end = start + digits;
        std::string_view suffix = text_.substr(end, 2);
        if (suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th") end += 2;
        use(start, std::min(end, text_.size()));
        at = end;
        return digits;
    }

    // 2016-03-14, 2016-074, 2016-03
    bool read_iso(Found& found) { return read_triple(found, '-', true); }
    // 2016/03/14, 3/14 (month and day)
    bool read_slashes(Found& found) { return read_triple(found, '/', true); }
    // 14.3.2016 or 2016.3.14
    bool read_dots(Found& found) { return read_triple(found, '.', false); }

    bool read_triple(Found& found, char separator, bool pairs) {
        for (std::size_t at = 0; at < text_.size(); ++at) {
            if (!digit_at(at) || used_[at] || (at > 0 && digit_at(at - 1))) continue;
            std::int64_t a = 0, b = 0, c = 0;
            std::size_t a_digits = number(at, a);
            std::size_t end = at + a_digits;
            if (!free_at(end) || text_[end] != separator || !digit_at(end + 1)) continue;
            std::size_t b_digits = number(end + 1, b);
            end += 1 + b_digits;
            std::size_t c_digits = 0;
            if (free_at(end) && text_[end] == separator && digit_at(end + 1)) {
                c_digits = number(end + 1, c);
                end += 1 + c_digits;
            }
            if (c_digits == 0 && !pairs) continue;
            use(at, end);
            if (end < text_.size() && text_[end] == 't' && end + 1 == text_.size())
                use(end, end + 1);
            assign_parts(found, separator, a, a_digits, b, b_digits, c, c_digits);
            return true;
        }
        return false;
    }

    static void assign_parts(
        Found& found,
        char separator,
        std::int64_t a,
        std::size_t a_digits,
        std::int64_t b,
        std::size_t b_digits,
        std::int64_t c,
        std::size_t c_digits
    ) {
        if (c_digits == 0) {
            if (a_digits > 2 && b_digits == 3 && separator == '-') {
                found.year = a;
                found.day_of_year = static_cast<int>(b);
            } else if (a_digits > 2) {
                found.year = a;
                found.month = static_cast<int>(b);
            } else {
                found.month = static_cast<int>(a);
                found.day = static_cast<int>(b);
            }
            return;
        }
        if (c_digits > 2 && a_digits <= 2) {  // the year at the end: the day is in front
            found.day = static_cast<int>(a);
            found.month = static_cast<int>(b);
            set_year(found, c, c_digits);
            return;
        }
        set_year(found, a, a_digits);
        found.month = static_cast<int>(b);
        found.day = static_cast<int>(c);
    }

    // 20160314, 20160314103000, 160314
    bool read_packed(Found& found) {
        for (std::size_t at = 0; at < text_.size(); ++at) {
            if (!digit_at(at) || used_[at]) continue;
            std::int64_t value = 0;
            std::size_t digits = number(at, value);
            auto part = [&](std::size_t from, std::size_t count) {
                std::int64_t piece = 0;
                number(at + from, piece, count);
                return static_cast<int>(piece);
            };
            if (digits == 8 || digits == 12 || digits == 14) {
                found.year = part(0, 4);
                found.month = part(4, 2);
                found.day = part(6, 2);
                if (digits > 8) found.hour = part(8, 2), found.minute = part(10, 2);
                if (digits > 12) found.second = part(12, 2);
                std::size_t end = at + digits;
                use(at, end);
                if (end < text_.size() && text_[end] == 't' && digit_at(end + 1)) {
                    at = end + 1;
                    std::size_t clock = number(at, value);
                    if (clock >= 2) found.hour = part(0, 2);
                    if (clock >= 4) found.minute = part(2, 2);
                    if (clock >= 6) found.second = part(4, 2);
                    use(at, at + clock);
                    read_zone(at + clock, found);
                } else if (digits > 8) {
                    read_zone(end, found);
                }
                return true;
            }
            if (digits == 7) {
                found.year = part(0, 4);
                found.day_of_year = part(4, 3);
                return true;
            }
            if (digits == 6) {
                set_year(found, part(0, 2), 2);
                found.month = part(2, 2);
                found.day = part(4, 2);
                return true;
            }
            if (digits == 4) {
                found.month = part(0, 2);
                found.day = part(2, 2);
                return true;
            }
            at += digits;
        }
        return false;
    }

    bool read_day_alone(Found& found) {
        for (std::size_t at = 0; at < text_.size(); ++at) {
            if (!digit_at(at) || used_[at]) continue;
            std::int64_t value = 0;
            std::size_t digits = number(at, value);
            if (digits <= 2) {
                found.day = static_cast<int>(value);
                return true;
            }
            if (digits == 3) {
                found.day_of_year = static_cast<int>(value);
                return true;
            }
            at += digits;
        }
        return false;
    }

    std::string_view text_;
    std::vector<bool> used_;
};

bool valid_date(std::int64_t year, int month, int day) {
    static constexpr int LENGTHS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1) return false;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= LENGTHS[month - 1] + (month == 2 && leap ? 1 : 0);
}
}  // namespace

std::optional<Time> parse_time(std::string_view text, const Time& now, const Zone* zone) {
    Found found;
    if (!Reader(text).read(found)) return std::nullopt;
    Time present = zone == nullptr ? Time{now.seconds, 0, now.offset_seconds, now.zone, false}
                                   : local_time(now.seconds, zone);
    Civil today = civil_of(present);
    // What is more precise than the most general part given begins at its start.
    std::int64_t year = found.year.value_or(today.year);
    int month = found.month ? *found.month : found.year ? 1 : today.month;
    int day = found.day ? *found.day : found.year || found.month ? 1 : today.day;
    if (found.day_of_year) {
        Time first{(days_from_civil(year, 1, 1) + *found.day_of_year - 1) * 86400, 0, 0, "", false};
        Civil civil = civil_of(first);
        month = civil.month;
        day = civil.day;
    } else if (found.weekday && !found.day && !found.year && !found.month) {
        std::int64_t days =
            days_from_civil(today.year, today.month, today.day) + (*found.weekday - today.weekday);
        Civil civil = civil_of(Time{days * 86400, 0, 0, "", false});
        year = civil.year;
        month = civil.month;
        day = civil.day;
    }
    int hour = found.hour.value_or(0);
    int minute = found.minute.value_or(0);
    int second = found.second.value_or(0);
    if (!valid_date(year, month, day) || hour > 24 || minute > 59 || second > 60)
        return std::nullopt;
    if (hour == 24 && (minute != 0 || second != 0)) return std::nullopt;
    if (year > 1'000'000 || year < -1'000'000) return std::nullopt;
    std::int64_t local =
        days_from_civil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
    Time time{local, found.nanoseconds, 0, "UTC", false};
    if (found.offset) {
        time.seconds = local - *found.offset;
        time.offset_seconds = *found.offset;
        bool utc =
            found.zone == "utc" || found.zone == "z" || found.zone == "gmt" || found.zone == "ut";
        if (!utc) time.zone = "";
    } else if (zone != nullptr) {
        // The offset that holds at that local time.
        Offset offset = offset_at(*zone, local);
        offset = offset_at(*zone, local - offset.seconds);
        time.seconds = local - offset.seconds;
        time.offset_seconds = offset.seconds;
        time.zone = offset.abbreviation;
    }
    return time;
}

}  // namespace liquid
