// Dates with the name of a month, of a day or of an era.
#include "date_patterns.h"

namespace liquid::dates {
namespace {
constexpr std::array<std::string_view, 12> MONTHS = {
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"
};
constexpr std::array<std::string_view, 7> DAYS = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

// Of an era its first letter, or NUL.
char era(Walk& walk) {
    for (std::string_view era : {"ce", "c.e.", "bce", "b.c.e.", "ad", "a.d.", "bc", "b.c."}) {
        if (walk.eat(era)) return era[0];
    }
    return '\0';
}

bool digit_or_space(char c) {
    return utf8::is_digit(c) || utf8::is_space(c);
}
bool no_number(char c) {
    return c != '-' && c != '\'' && !digit_or_space(c);
}
bool no_separator(char c) {
    return c != '-' && c != '/' && c != '.';
}
bool ordinal_ending(Walk& walk) {
    return walk.eat("st") || walk.eat("nd") || walk.eat("rd") || walk.eat("th");
}

struct Year {
    Piece year;
    bool before_christ = false;
};
Year year_behind(Walk& walk, bool comma, bool ordinals) {
    std::size_t start = walk.at();
    walk.spaces();
    if (comma) walk.eat(','), walk.spaces();
    bool christ = era(walk) == 'b';
    std::size_t from = walk.spaces().at();
    if (walk.number_with("-").empty()) return walk.back(start), Year{};
    std::size_t end = walk.at();
    if (ordinals && (!ordinal_ending(walk) || !walk.boundary())) walk.back(end);
    return {walk.since(from), christ};
}

void assign(Found& found, Piece year, std::size_t month, Piece day) {
    found.assign(year, std::to_string(month + 1), day);
}
}  // namespace

bool weekday(Walk& walk, Found&) {
    if (!walk.boundary() || !walk.name(DAYS)) return false;
    walk.skip([](char c) { return c != '-' && c != '/' && !digit_or_space(c); });
    return true;
}

// 14 march 2016, 14th mar bc 44, 3rd feb '05
bool day_month_year(Walk& walk, Found& found) {
    Piece day = walk.number_with("");
    if (day.empty()) return false;
    // Letters behind the day ("th") may hold the month already ("14march"): the last one
    // counts.
    std::size_t from = walk.at();
    walk.skip([](char c) { return c != '-' && !digit_or_space(c); });
    std::optional<std::size_t> month;
    for (std::size_t at = walk.at() + 1; !month && at-- > from;) {
        walk.back(at);
        month = walk.spaces().name(MONTHS);
    }
    if (!month) return false;
    walk.skip(no_number);
    auto [year, christ] = year_behind(walk, false, true);
    if (christ) found.before_christ = true;
    assign(found, year, *month, day);
    return true;
}

// march 14, 2016
bool month_day_year(Walk& walk, Found& found) {
    if (!walk.boundary()) return false;
    auto month = walk.name(MONTHS);
    if (!month) return false;
    walk.skip(no_number);
    Piece day = walk.spaces().number_with("");
    if (day.empty()) return false;
    walk.skip(no_number);
    auto [year, christ] = year_behind(walk, true, false);
    if (christ) found.before_christ = true;
    assign(found, year, *month, day);
    return true;
}

// 14-march-2016
bool day_month_year_dashed(Walk& walk, Found& found) {
    Piece day = walk.number_with("-");
    if (day.empty() || !walk.eat('-')) return false;
    auto month = walk.name(MONTHS);
    if (!month) return false;
    walk.skip(no_separator);
    if (!walk.eat('-')) return false;
    Piece year = walk.number_with("-");
    if (year.empty()) return false;
    assign(found, year, *month, day);
    return true;
}

// march-14[-2016]
bool month_day_year_dashed(Walk& walk, Found& found) {
    if (!walk.boundary()) return false;
    auto month = walk.name(MONTHS);
    if (!month) return false;
    walk.skip(no_separator);
    if (!walk.eat('-')) return false;
    Piece day = walk.number_with("-");
    if (day.empty()) return false;
    std::size_t end = walk.at();
    Piece year = walk.eat('-') ? walk.number_with("-") : Piece();
    if (year.empty()) walk.back(end);
    assign(found, year, *month, day);
    return true;
}

bool month(Walk& walk, Found& found) {
    if (!walk.boundary()) return false;
    auto month = walk.name(MONTHS);
    if (!month) return false;
    walk.skip([](char c) { return !utf8::is_space(c); });
    found.parts.month = static_cast<std::int64_t>(*month) + 1;
    return true;
}

// 14th
bool ordinal(Walk& walk, Found& found) {
    Piece day = walk.digits();
    if (day.empty() || !ordinal_ending(walk) || !walk.boundary()) return false;
    found.parts.day = number(day);
    return true;
}

bool before_christ(Walk& walk, Found& found) {
    if (!walk.boundary()) return false;
    std::size_t start = walk.at();
    for (std::string_view era : {"bc", "bce"}) {
        walk.back(start);
        if (walk.eat(era) && walk.boundary()) return found.before_christ = true;
    }
    walk.back(start);
    return walk.eat("b.c.") && (found.before_christ = true);
}

}  // namespace liquid::dates
