// Dates of numbers with signs between them.
#include "date_patterns.h"

namespace liquid::dates {
namespace {
bool marked_year(Piece piece) {
    return !piece.empty() && (piece[0] == '\'' || piece.size() > 2);
}
std::int64_t first_number(Piece piece) {
    Walk walk(piece, 0);
    walk.skip([](char c) { return !utf8::is_digit(c); });
    return number(walk.digits());
}
}  // namespace

std::int64_t number(Piece digits) {
    constexpr std::int64_t ENDLESS = 1'000'000'000'000;
    std::int64_t value = 0;
    for (char c : digits) value = std::min(value * 10 + (c - '0'), ENDLESS);
    return value;
}

std::int32_t nanoseconds_of(Piece digits) {
    std::int32_t value = 0;
    std::int32_t unit = 100'000'000;
    for (char c : digits) value += (c - '0') * unit, unit /= 10;
    return value;
}

void Found::assign(Piece year, Piece month, Piece day) {
    if (!year.empty() && day.empty()) day = month, month = year, year = {};
    if (year.empty() && marked_year(day)) year = day, day = {};
    if (!year.empty() && !utf8::is_digit(year.back())) {  // an ordinal is a day
        Piece ordinal = year.substr(0, year.size() - 2);
        if (ordinal[0] == '\'') ordinal.remove_prefix(1);
        year = day;
        day = ordinal;
    }
    if (marked_year(month)) {
        Piece first = year;
        year = month, month = day, day = first;
    }
    if (marked_year(day)) std::swap(year, day);
    if (!year.empty()) {
        if (year[0] == '\'') year.remove_prefix(1);
        bool negative = year[0] == '-';
        bool sign = negative || year[0] == '+';
        Piece digits = Walk(year, sign ? 1 : 0).digits();
        parts.year = negative ? -number(digits) : number(digits);
        if (sign || digits.size() > 2) short_years = false;
    }
    if (!month.empty()) parts.month = first_number(month);
    if (!day.empty()) parts.day = first_number(day);
}

bool iso(Walk& walk, Found& found) {
    Piece year = walk.number_with("-+");
    if (year.empty() || !walk.eat('-')) return false;
    Piece month = walk.digits();
    if (month.empty() || !walk.eat('-')) return false;
    Piece day = walk.number_with("-");
    if (day.empty()) return false;
    found.assign(year, month, day);
    return true;
}

// h31.04.30: the era by its letter
bool japanese(Walk& walk, Found& found) {
    static constexpr std::string_view ERAS = "mtshr";
    static constexpr std::int64_t YEARS[] = {1867, 1911, 1925, 1988, 2018};
    std::size_t era = ERAS.find(walk.next());
    if (!walk.boundary() || !walk.eat_one_of(ERAS)) return false;
    Piece year = walk.digits();
    if (year.empty() || !walk.eat('.')) return false;
    Piece month = walk.digits();
    if (month.empty() || !walk.eat('.')) return false;
    Piece day = walk.digits();
    if (day.empty()) return false;
    found.parts.year = number(year) + YEARS[era];
    found.parts.month = number(month);
    found.parts.day = number(day);
    return true;
}

// 2016/3/14, 3/14
bool slashes(Walk& walk, Found& found) {
    Piece year = walk.number_with("-");
    if (year.empty() || !walk.eat('/')) return false;
    Piece month = walk.spaces().number_with("");
    if (month.empty()) return false;
    std::size_t end = walk.at();
    Piece day;
    if (!walk.end()) {
        walk.back(end + 1);
        day = walk.spaces().number_with("-");
    }
    if (day.empty()) walk.back(end);
    found.assign(year, month, day);
    return true;
}

// 14.3.2016
bool dots(Walk& walk, Found& found) {
    Piece year = walk.number_with("-");
    if (year.empty() || !walk.eat('.')) return false;
    Piece month = walk.spaces().number_with("");
    if (month.empty() || !walk.eat('.')) return false;
    Piece day = walk.spaces().number_with("-");
    if (day.empty()) return false;
    found.assign(year, month, day);
    return true;
}

// 2021-w05-3: it is no other date, but Time.parse makes none of it
bool iso_week(Walk& walk, Found&) {
    if (!walk.boundary()) return false;
    std::size_t start = walk.at();
    for (std::size_t digits : {2, 4, 0}) {
        walk.back(start);
        if (walk.exactly(digits).size() != digits) continue;
        walk.eat('-');
        if (!walk.eat('w') || walk.exactly(2).empty()) continue;
        std::size_t week = walk.at();
        walk.eat('-');
        if (!walk.exactly(1).empty() && walk.boundary()) return true;
        walk.back(week);
        if (walk.boundary()) return true;
    }
    return false;
}

bool iso_weekday(Walk& walk, Found&) {
    return walk.eat("-w-") && !walk.exactly(1).empty() && walk.boundary();
}

// --03-14
bool iso_month_and_day(Walk& walk, Found& found) {
    if (!walk.eat("--")) return false;
    Piece month = walk.exactly(2);
    if (!walk.eat('-')) return false;
    Piece day = walk.exactly(2);
    if (day.empty() || !walk.boundary()) return false;
    if (!month.empty()) found.parts.month = number(month);
    found.parts.day = number(day);
    return true;
}

// --0314
bool iso_month(Walk& walk, Found& found) {
    if (!walk.eat("--")) return false;
    Piece month = walk.exactly(2);
    Piece day = walk.exactly(2);
    if (month.empty() || !walk.boundary()) return false;
    found.parts.month = number(month);
    if (!day.empty()) found.parts.day = number(day);
    return true;
}

// 2016-074
bool iso_year_and_day(Walk& walk, Found& found) {
    bool behind_point = walk.at() > 0 && (walk.before() == '.' || walk.before() == ',');
    std::size_t start = walk.at();
    if (!walk.boundary() || behind_point) return false;
    for (std::size_t digits : {2, 4}) {
        walk.back(start);
        Piece year = walk.exactly(digits);
        if (year.empty() || !walk.eat('-')) continue;
        Piece day = walk.exactly(3);
        if (day.empty() || !walk.boundary()) continue;
        found.parts.year = number(year);
        found.parts.day_of_year = number(day);
        return true;
    }
    return false;
}

// -074
bool iso_day_of_year(Walk& walk, Found& found) {
    bool behind_digit = walk.at() > 0 && utf8::is_digit(walk.before());
    if (!walk.boundary() || behind_digit || !walk.eat('-')) return false;
    Piece day = walk.exactly(3);
    if (day.empty() || !walk.boundary()) return false;
    found.parts.day_of_year = number(day);
    return true;
}

// '16
bool short_year(Walk& walk, Found& found) {
    if (!walk.eat('\'')) return false;
    Piece year = walk.digits();
    if (year.empty() || !walk.boundary()) return false;
    found.parts.year = number(year);
    return true;
}

}  // namespace liquid::dates
