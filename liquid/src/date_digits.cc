// Dates of digits alone.
#include "date_patterns.h"

namespace liquid::dates {
namespace {
// 14 is a day, 074 one of the year, 0314 month and day, 160314 and 20160314103000 begin with
// the year.
void from_year(Found& found, Piece date, bool negative) {
    auto part = [&](std::size_t from, std::size_t count) {
        return number(date.substr(from, count));
    };
    std::size_t size = date.size();
    std::size_t year = size == 5 || size == 6 ? 2 : 4;
    if (size >= 5 && (size % 2 == 0 || size <= 7)) {
        found.parts.year = negative ? -part(0, year) : part(0, year);
    }
    if (size == 3 || size == 5 || size == 7) found.parts.day_of_year = part(size - 3, 3);
    if (size == 2) found.parts.day = part(0, 2);
    if (size == 4) year = 0;
    if (size >= 4 && size % 2 == 0) {
        found.parts.month = part(year, 2);
        found.parts.day = part(year + 2, 2);
    }
    if (size % 2 != 0 || size < 8) return;
    if (size >= 10) found.parts.hour = part(8, 2);
    if (size >= 12) found.parts.minute = part(10, 2);
    if (size >= 14) found.parts.second = part(12, 2);
    found.short_years = false;
}

void from_seconds(Found& found, Piece date, bool negative) {
    std::size_t size = date.size();
    if (size > 7 && size % 2 != 0) return;
    std::optional<std::int64_t>* const places[] = {
        &found.parts.second,
        &found.parts.minute,
        &found.parts.hour,
        &found.parts.day,
        &found.parts.month
    };
    std::size_t left = size;
    for (auto* place : places) {
        std::size_t count = std::min<std::size_t>(left, 2);
        if (count == 0) return;
        left -= count;
        *place = number(date.substr(left, count));
    }
    if (left == 0) return;
    found.parts.year = negative ? -number(date.substr(0, left)) : number(date.substr(0, left));
    if (left == 4) found.short_years = false;
}

// z, -5, [+9:jst]
void zone_of_digits(Found& found, Walk& walk) {
    std::size_t before = walk.at();
    std::size_t from = walk.spaces().at();
    if (walk.eat('z') && walk.boundary()) {
        found.parts.zone = "z";
        return;
    }
    walk.back(from);
    if (walk.eat_one_of("-+") && !walk.digits(4).empty() && walk.boundary()) {
        found.parts.zone = walk.since(from);
        return;
    }
    walk.back(from);
    if (walk.eat('[')) {
        std::size_t name = walk.at();
        walk.eat_one_of("-+");
        bool digit = utf8::is_digit(walk.next());
        walk.skip([](char c) { return c != ']'; });
        if (digit && walk.next() == ']') {
            Piece zone = walk.since(name);
            std::size_t colon = zone.find(':');
            found.parts.zone = colon == zone.npos ? zone : zone.substr(colon + 1);
            walk.eat(']');
            return;
        }
    }
    walk.back(before);
}
}  // namespace

// 20160314t103000.25z, 160314, 16074, 14
bool digits(Walk& walk, Found& found) {
    std::size_t start = walk.at();
    bool negative = walk.next() == '-';
    walk.eat_one_of("-+");
    Piece date = walk.digits(14);
    if (date.size() < 2) return walk.back(start);
    walk.spaces().eat('t');
    Piece time = walk.spaces().digits(6);
    if (time.size() < 2) walk.back(walk.at() - time.size()), time = {};
    bool has_fraction = walk.eat_one_of(",.");
    Piece fraction = has_fraction ? walk.digits() : Piece();
    // A fraction belongs to the last digits, so these are seconds and what is in front counts
    // back.
    if (has_fraction && time.empty()) {
        from_seconds(found, date, negative);
    } else {
        from_year(found, date, negative);
    }
    if (time.size() % 2 == 0 && !time.empty()) {
        std::size_t place = has_fraction ? 3 - time.size() / 2 : 0;
        std::optional<std::int64_t>* const places[] = {
            &found.parts.hour, &found.parts.minute, &found.parts.second
        };
        for (; !time.empty(); time.remove_prefix(2)) {
            *places[place++] = number(time.substr(0, 2));
        }
    }
    if (has_fraction) found.parts.nanoseconds = nanoseconds_of(fraction);
    zone_of_digits(found, walk);
    return true;
}

}  // namespace liquid::dates
