// Times of day and their zones.
#include "date_patterns.h"

namespace liquid::dates {
namespace {
// \s*[ap](?:m\b|\.m\.): the letter, or NUL.
char half_of_day(Walk& walk) {
    std::size_t start = walk.at();
    char half = walk.spaces().next();
    if (walk.eat_one_of("ap")) {
        if (walk.eat(".m.")) return half;
        if (walk.eat('m') && walk.boundary()) return half;
    }
    walk.back(start);
    return '\0';
}

// gmt+2, +05:30
bool zone_by_offset(Walk& walk) {
    std::size_t start = walk.at();
    if (!walk.eat("gmt") && !walk.eat("utc")) walk.eat("ut");
    if (!walk.eat_one_of("-+") || walk.digits().empty()) return walk.back(start);
    std::size_t hours = walk.at();
    if (!walk.eat_one_of(",.:") || walk.digits().empty()) return walk.back(hours), true;
    std::size_t minutes = walk.at();
    if (!walk.eat(':') || walk.digits().empty()) walk.back(minutes);
    return true;
}

// pacific standard time
bool zone_by_long_name(Walk& walk) {
    std::size_t start = walk.at();
    walk.skip([](char c) { return letter(c) || c == '.' || utf8::is_space(c); });
    for (std::size_t at = walk.at(); at-- > start + 1;) {
        walk.back(at);
        if (!walk.eat("standard") && !walk.eat("daylight")) continue;
        if (walk.eat_one_of(" \t\n\v\f\r") && walk.eat("time") && walk.boundary()) return true;
    }
    return walk.back(start);
}

// est, cet dst
bool zone_by_name(Walk& walk) {
    std::size_t start = walk.at();
    walk.skip(letter);
    if (walk.at() == start || !walk.boundary()) return walk.back(start);
    std::size_t name = walk.at();
    if (!walk.eat_one_of(" \t\n\v\f\r") || !walk.eat("dst") || !walk.boundary()) walk.back(name);
    return true;
}

bool clock_by_colons(Walk& walk) {
    std::size_t hour = walk.at();
    if (!walk.spaces().eat(':') || walk.spaces().digits().empty()) return walk.back(hour);
    std::size_t minute = walk.at();
    if (!walk.spaces().eat(':') || walk.spaces().digits().empty()) {
        walk.back(minute);
    } else if (walk.eat_one_of(",.")) {
        walk.digits();
    }
    return true;
}

bool clock_by_letters(Walk& walk) {
    std::size_t hour = walk.at();
    if (!walk.spaces().eat('h')) return walk.back(hour);
    for (char unit : {'m', 's'}) {
        std::size_t before = walk.at();
        if (walk.spaces().digits().empty()) return walk.back(before), true;
        walk.eat(unit);
    }
    return true;
}

Piece next_of_clock(Walk& walk) {
    std::size_t before = walk.at();
    walk.spaces().eat(':');
    Piece found = walk.spaces().digits();
    if (found.empty()) walk.back(before);
    return found;
}

void read_clock(Found& found, Piece text) {
    Walk walk(text, 0);
    found.parts.hour = number(walk.digits());
    walk.eat('h');
    if (Piece minute = next_of_clock(walk); !minute.empty()) {
        found.parts.minute = number(minute);
        walk.eat('m');
        if (Piece second = next_of_clock(walk); !second.empty()) {
            found.parts.second = number(second);
            if (utf8::is_digit(walk.next(1)) && walk.eat_one_of(",.")) {
                found.parts.nanoseconds = nanoseconds_of(walk.digits());
            }
            walk.eat('s');
        }
    }
    if (char half = half_of_day(walk)) {
        found.parts.hour = *found.parts.hour % 12 + (half == 'p' ? 12 : 0);
    }
}
}  // namespace

// 10:30[:15[.25]] [am|pm] [zone], 10h30m15s, 10 pm
bool clock(Walk& walk, Found& found) {
    std::size_t start = walk.at();
    if (walk.digits().empty()) return false;
    bool full = clock_by_colons(walk) || clock_by_letters(walk);
    if (half_of_day(walk) == '\0' && !full) return false;
    read_clock(found, walk.since(start));
    std::size_t end = walk.at();
    std::size_t zone = walk.spaces().at();
    if (zone_by_offset(walk) || zone_by_long_name(walk) || zone_by_name(walk)) {
        found.parts.zone = walk.since(zone);
    } else {
        walk.back(end);
    }
    return true;
}

}  // namespace liquid::dates
