#include "base/time.h"

#include <fmt/format.h>

#include <array>

namespace luster {
namespace {

using Days = std::chrono::sys_days;

struct Civil {
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<Duration> clock;
    unsigned weekday;
};

Civil civil(Time time) {
    std::chrono::sys_time<Duration> point{Duration(time.unix_us)};
    auto day = std::chrono::floor<std::chrono::days>(point);
    return {
        std::chrono::year_month_day(day),
        std::chrono::hh_mm_ss<Duration>(point - day),
        std::chrono::weekday(day).c_encoding()
    };
}

// The last digits of a number.
void put(std::string& text, int number, std::size_t digits) {
    text.append(digits, '0');
    for (auto at = text.rbegin(); digits > 0; --digits, number /= 10)
        *at++ = static_cast<char>('0' + number % 10);
}

// Reads exactly `count` digits and moves on.
std::optional<int> digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return std::nullopt;
    int number = 0;
    for (char c : text.substr(0, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return number;
}

bool skip(std::string_view& text, std::string_view any_of) {
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Duration> fraction(std::string_view& text) {
    if (!skip(text, ".")) return Duration(0);
    std::int64_t us = 0;
    std::size_t count = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1)) {
        if (count++ < 6) us = us * 10 + (text.front() - '0');
    }
    if (count == 0) return std::nullopt;
    for (; count < 6; ++count) us *= 10;
    return Duration(us);
}

std::optional<Duration> offset(std::string_view& text) {
    if (skip(text, "Zz")) return Duration(0);
    bool ahead = !text.empty() && text.front() == '+';
    if (!skip(text, "+-")) return std::nullopt;
    auto hours = digits(text, 2);
    if (!hours || !skip(text, ":")) return std::nullopt;
    auto minutes = digits(text, 2);
    if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    Duration by = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
    return ahead ? by : -by;
}

}  // namespace

// By hand: an answer of the API has several.
std::string to_rfc3339(Time time) {
    auto at = civil(time);
    std::string text;
    text.reserve(std::string_view("2026-01-02T03:04:05.000006Z").size());
    put(text, static_cast<int>(at.date.year()), 4);
    put(text += '-', static_cast<int>(static_cast<unsigned>(at.date.month())), 2);
    put(text += '-', static_cast<int>(static_cast<unsigned>(at.date.day())), 2);
    put(text += 'T', static_cast<int>(at.clock.hours().count()), 2);
    put(text += ':', static_cast<int>(at.clock.minutes().count()), 2);
    put(text += ':', static_cast<int>(at.clock.seconds().count()), 2);
    if (auto us = at.clock.subseconds().count()) put(text += '.', static_cast<int>(us), 6);
    return text += 'Z';
}

std::optional<Time> parse_rfc3339(std::string_view text) {
    auto year = digits(text, 4);
    if (!year || !skip(text, "-")) return std::nullopt;
    auto month = digits(text, 2);
    if (!month || !skip(text, "-")) return std::nullopt;
    auto day = digits(text, 2);
    if (!day || !skip(text, "Tt ")) return std::nullopt;
    auto hour = digits(text, 2);
    if (!hour || !skip(text, ":")) return std::nullopt;
    auto minute = digits(text, 2);
    if (!minute || !skip(text, ":")) return std::nullopt;
    auto second = digits(text, 2);
    if (!second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    auto rest = fraction(text);
    if (!rest) return std::nullopt;
    auto zone = offset(text);
    std::chrono::year_month_day date{
        std::chrono::year(*year),
        std::chrono::month(static_cast<unsigned>(*month)),
        std::chrono::day(static_cast<unsigned>(*day))
    };
    if (!zone || !text.empty() || !date.ok()) return std::nullopt;
    auto point = std::chrono::sys_time<Duration>(Days(date)) + std::chrono::hours(*hour) +
                 std::chrono::minutes(*minute) + std::chrono::seconds(*second) + *rest - *zone;
    return Time{point.time_since_epoch().count()};
}

std::string to_http_date(Time time) {
    static constexpr std::array weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    auto at = civil(time);
    return fmt::format(
        "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
        weekdays[at.weekday],
        static_cast<unsigned>(at.date.day()),
        months[static_cast<unsigned>(at.date.month()) - 1],
        static_cast<int>(at.date.year()),
        at.clock.hours().count(),
        at.clock.minutes().count(),
        at.clock.seconds().count()
    );
}

}  // namespace luster
