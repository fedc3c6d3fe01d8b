// Date._parse is a list of patterns, tried in a fixed order, each at every place of the text. What
// one of them matched is taken out of the text, so that the next ones don't read it again. Here
// each pattern is a function that walks forward; none of them needs to come back for more than a
// mark.
#include "date_parts.h"

#include "utf8.h"

#include <algorithm>
#include <array>

namespace liquid {
namespace {
using Piece = std::string_view;  // empty: it is not there

constexpr std::array<std::string_view, 12> MONTHS = {
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"
};
constexpr std::array<std::string_view, 7> DAYS = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

bool letter(char c) {
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}
bool word(char c) {
    return letter(c) || utf8::is_digit(c) || c == '_';
}

// Digits beyond any calendar are as good as endless.
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

// One place in the text, from which a pattern walks.
class Walk {
public:
    Walk(std::string_view text, std::size_t at) : text_(text), at_(at) {}

    std::size_t at() const { return at_; }
    bool back(std::size_t at) { return at_ = at, false; }
    char next(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    bool end() const { return at_ >= text_.size(); }
    Piece since(std::size_t from) const { return text_.substr(from, at_ - from); }
    bool boundary() const {
        bool before = at_ > 0 && word(text_[at_ - 1]);
        return before != (!end() && word(text_[at_]));
    }
    bool eat(char c) { return next() == c && !end() && (++at_, true); }
    bool eat(std::string_view text) {
        bool found = text_.substr(at_).starts_with(text);
        if (found) at_ += text.size();
        return found;
    }
    bool eat_one_of(std::string_view chars) {
        return !end() && chars.find(next()) != chars.npos && (++at_, true);
    }
    template <class Allowed>
    void skip(Allowed allowed) {
        while (!end() && allowed(text_[at_])) ++at_;
    }
    Walk& spaces() { return skip(utf8::is_space), *this; }
    Piece digits(std::size_t most = std::string_view::npos) {
        std::size_t from = at_;
        while (at_ - from < most && utf8::is_digit(next())) ++at_;
        return since(from);
    }
    // Exactly so many, or none.
    Piece exactly(std::size_t count) {
        std::size_t from = at_;
        if (digits(count).size() == count) return since(from);
        return back(from), Piece();
    }
    // '?[signs]?\d+
    Piece number_with(std::string_view signs) {
        std::size_t from = at_;
        eat('\'');
        eat_one_of(signs);
        if (!digits().empty()) return since(from);
        return back(from), Piece();
    }
    template <std::size_t N>
    std::optional<std::size_t> name(const std::array<std::string_view, N>& names) {
        for (std::size_t i = 0; i < N; ++i) {
            if (eat(names[i])) return i;
        }
        return std::nullopt;
    }

private:
    std::string_view text_;
    std::size_t at_;
};

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

// Of an era its first letter, or NUL.
char era(Walk& walk) {
    for (std::string_view era : {"ce", "c.e.", "bce", "b.c.e.", "ad", "a.d.", "bc", "b.c."}) {
        if (walk.eat(era)) return era[0];
    }
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

class Reader {
public:
    explicit Reader(std::string_view text) {
        for (std::size_t at = 0; at < text.size();) {
            std::size_t bytes = utf8::width(text, at);
            if (stays(text, at)) {
                text_ += text.substr(at, bytes);
            } else if (!text_.ends_with(' ')) {
                text_ += ' ';
            }
            at += bytes;
        }
    }

    DateParts read() {
        take(&Reader::weekday);
        take(&Reader::clock);
        using Pattern = bool (Reader::*)(Walk&);
        static constexpr Pattern PATTERNS[] = {
            &Reader::day_month_year,
            &Reader::month_day_year,
            &Reader::iso,
            &Reader::japanese,
            &Reader::day_month_year_dashed,
            &Reader::month_day_year_dashed,
            &Reader::slashes,
            &Reader::dots,
            &Reader::iso_week,
            &Reader::iso_weekday,
            &Reader::iso_month_and_day,
            &Reader::iso_month,
            &Reader::iso_year_and_day,
            &Reader::iso_day_of_year,
            &Reader::short_year,
            &Reader::month,
            &Reader::ordinal,
            &Reader::digits
        };
        std::any_of(std::begin(PATTERNS), std::end(PATTERNS), [&](Pattern pattern) {
            return take(pattern);
        });
        if (take(&Reader::before_christ)) before_christ_ = true;
        number_alone();
        if (parts_.year && before_christ_) parts_.year = 1 - *parts_.year;
        if (parts_.year && short_years_ && *parts_.year >= 0 && *parts_.year <= 99) {
            *parts_.year += *parts_.year >= 69 ? 1900 : 2000;
        }
        return std::move(parts_);
    }

private:
    // Signs that no date has are blanks.
    static bool stays(std::string_view text, std::size_t at) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            return (word(text[at]) && text[at] != '_') ||
                   std::string_view("-+',./:@[]").find(text[at]) != std::string_view::npos;
        }
        std::size_t bytes = 1;
        std::int32_t point = utf8::decode(text, at, bytes);
        // Blanks and punctuation of Latin-1, the general and the East Asian punctuation.
        return point >= 0xc0 && !(point >= 0x2000 && point < 0x2070) &&
               !(point >= 0x3000 && point < 0x3005);
    }

    // The first place where the pattern fits; what it matched becomes a blank.
    bool take(bool (Reader::*pattern)(Walk&)) {
        for (std::size_t at = 0; at < text_.size(); ++at) {
            Walk walk(text_, at);
            if (!(this->*pattern)(walk)) continue;
            text_.replace(at, walk.at() - at, " ");
            return true;
        }
        return false;
    }

    bool weekday(Walk& walk) {
        if (!walk.boundary() || !walk.name(DAYS)) return false;
        walk.skip([](char c) { return c != '-' && c != '/' && !digit_or_space(c); });
        return true;
    }

    // 10:30[:15[.25]] [am|pm] [zone], 10h30m15s, 10 pm
    bool clock(Walk& walk) {
        std::size_t start = walk.at();
        if (walk.digits().empty()) return false;
        bool full = clock_by_colons(walk) || clock_by_letters(walk);
        if (half_of_day(walk) == '\0' && !full) return false;
        read_clock(walk.since(start));
        std::size_t end = walk.at();
        std::size_t zone = walk.spaces().at();
        if (zone_by_offset(walk) || zone_by_long_name(walk) || zone_by_name(walk)) {
            parts_.zone = walk.since(zone);
        } else {
            walk.back(end);
        }
        return true;
    }

    static bool clock_by_colons(Walk& walk) {
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

    static bool clock_by_letters(Walk& walk) {
        std::size_t hour = walk.at();
        if (!walk.spaces().eat('h')) return walk.back(hour);
        for (char unit : {'m', 's'}) {
            std::size_t before = walk.at();
            if (walk.spaces().digits().empty()) return walk.back(before), true;
            walk.eat(unit);
        }
        return true;
    }

    void read_clock(Piece text) {
        Walk walk(text, 0);
        parts_.hour = number(walk.digits());
        walk.eat('h');
        if (Piece minute = next_of_clock(walk); !minute.empty()) {
            parts_.minute = number(minute);
            walk.eat('m');
            if (Piece second = next_of_clock(walk); !second.empty()) {
                parts_.second = number(second);
                if (utf8::is_digit(walk.next(1)) && walk.eat_one_of(",.")) {
                    parts_.nanoseconds = nanoseconds_of(walk.digits());
                }
                walk.eat('s');
            }
        }
        if (char half = half_of_day(walk)) {
            parts_.hour = *parts_.hour % 12 + (half == 'p' ? 12 : 0);
        }
    }

    static Piece next_of_clock(Walk& walk) {
        std::size_t before = walk.at();
        walk.spaces().eat(':');
        Piece found = walk.spaces().digits();
        if (found.empty()) walk.back(before);
        return found;
    }

    // 14 march 2016, 14th mar bc 44, 3rd feb '05
    bool day_month_year(Walk& walk) {
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
        assign(year, *month, day, christ);
        return true;
    }

    // march 14, 2016
    bool month_day_year(Walk& walk) {
        if (!walk.boundary()) return false;
        auto month = walk.name(MONTHS);
        if (!month) return false;
        walk.skip(no_number);
        Piece day = walk.spaces().number_with("");
        if (day.empty()) return false;
        walk.skip(no_number);
        auto [year, christ] = year_behind(walk, true, false);
        assign(year, *month, day, christ);
        return true;
    }

    struct Year {
        Piece year;
        bool before_christ = false;
    };
    static Year year_behind(Walk& walk, bool comma, bool ordinals) {
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

    bool iso(Walk& walk) {
        Piece year = walk.number_with("-+");
        if (year.empty() || !walk.eat('-')) return false;
        Piece month = walk.digits();
        if (month.empty() || !walk.eat('-')) return false;
        Piece day = walk.number_with("-");
        if (day.empty()) return false;
        assign(year, month, day);
        return true;
    }

    // h31.04.30: the era by its letter
    bool japanese(Walk& walk) {
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
        parts_.year = number(year) + YEARS[era];
        parts_.month = number(month);
        parts_.day = number(day);
        return true;
    }

    // 14-march-2016
    bool day_month_year_dashed(Walk& walk) {
        Piece day = walk.number_with("-");
        if (day.empty() || !walk.eat('-')) return false;
        auto month = walk.name(MONTHS);
        if (!month) return false;
        walk.skip(no_separator);
        if (!walk.eat('-')) return false;
        Piece year = walk.number_with("-");
        if (year.empty()) return false;
        assign(year, *month, day);
        return true;
    }

    // march-14[-2016]
    bool month_day_year_dashed(Walk& walk) {
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
        assign(year, *month, day);
        return true;
    }

    // 2016/3/14, 3/14
    bool slashes(Walk& walk) {
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
        assign(year, month, day);
        return true;
    }

    // 14.3.2016
    bool dots(Walk& walk) {
        Piece year = walk.number_with("-");
        if (year.empty() || !walk.eat('.')) return false;
        Piece month = walk.spaces().number_with("");
        if (month.empty() || !walk.eat('.')) return false;
        Piece day = walk.spaces().number_with("-");
        if (day.empty()) return false;
        assign(year, month, day);
        return true;
    }

    // 2021-w05-3: it is no other date, but Time.parse makes none of it
    bool iso_week(Walk& walk) {
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

    bool iso_weekday(Walk& walk) {
        return walk.eat("-w-") && !walk.exactly(1).empty() && walk.boundary();
    }

    // --03-14
    bool iso_month_and_day(Walk& walk) {
        if (!walk.eat("--")) return false;
        Piece month = walk.exactly(2);
        if (!walk.eat('-')) return false;
        Piece day = walk.exactly(2);
        if (day.empty() || !walk.boundary()) return false;
        if (!month.empty()) parts_.month = number(month);
        parts_.day = number(day);
        return true;
    }

    // --0314
    bool iso_month(Walk& walk) {
        if (!walk.eat("--")) return false;
        Piece month = walk.exactly(2);
        Piece day = walk.exactly(2);
        if (month.empty() || !walk.boundary()) return false;
        parts_.month = number(month);
        if (!day.empty()) parts_.day = number(day);
        return true;
    }

    // 2016-074
    bool iso_year_and_day(Walk& walk) {
        bool behind_point =
            walk.at() > 0 && (text_[walk.at() - 1] == '.' || text_[walk.at() - 1] == ',');
        std::size_t start = walk.at();
        if (!walk.boundary() || behind_point) return false;
        for (std::size_t digits : {2, 4}) {
            walk.back(start);
            Piece year = walk.exactly(digits);
            if (year.empty() || !walk.eat('-')) continue;
            Piece day = walk.exactly(3);
            if (day.empty() || !walk.boundary()) continue;
            parts_.year = number(year);
            parts_.day_of_year = number(day);
            return true;
        }
        return false;
    }

    // -074
    bool iso_day_of_year(Walk& walk) {
        bool behind_digit = walk.at() > 0 && utf8::is_digit(text_[walk.at() - 1]);
        if (!walk.boundary() || behind_digit || !walk.eat('-')) return false;
        Piece day = walk.exactly(3);
        if (day.empty() || !walk.boundary()) return false;
        parts_.day_of_year = number(day);
        return true;
    }

    // '16
    bool short_year(Walk& walk) {
        if (!walk.eat('\'')) return false;
        Piece year = walk.digits();
        if (year.empty() || !walk.boundary()) return false;
        parts_.year = number(year);
        return true;
    }

    bool month(Walk& walk) {
        if (!walk.boundary()) return false;
        auto month = walk.name(MONTHS);
        if (!month) return false;
        walk.skip([](char c) { return !utf8::is_space(c); });
        parts_.month = static_cast<std::int64_t>(*month) + 1;
        return true;
    }

    // 14th
    bool ordinal(Walk& walk) {
        Piece day = walk.digits();
        if (day.empty() || !ordinal_ending(walk) || !walk.boundary()) return false;
        parts_.day = number(day);
        return true;
    }

    // 20160314t103000.25z, 160314, 16074, 14
    bool digits(Walk& walk) {
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
            from_seconds(date, negative);
        } else {
            from_year(date, negative);
        }
        if (time.size() % 2 == 0 && !time.empty()) {
            std::size_t place = has_fraction ? 3 - time.size() / 2 : 0;
            std::optional<std::int64_t>* const places[] = {
                &parts_.hour, &parts_.minute, &parts_.second
            };
            for (; !time.empty(); time.remove_prefix(2)) {
                *places[place++] = number(time.substr(0, 2));
            }
        }
        if (has_fraction) parts_.nanoseconds = nanoseconds_of(fraction);
        zone_of_digits(walk);
        return true;
    }

    // 14 is a day, 074 one of the year, 0314 month and day, 160314 and 20160314103000 begin with
    // the year.
    void from_year(Piece date, bool negative) {
        auto part = [&](std::size_t from, std::size_t count) {
            return number(date.substr(from, count));
        };
        std::size_t size = date.size();
        std::size_t year = size == 5 || size == 6 ? 2 : 4;
        if (size >= 5 && (size % 2 == 0 || size <= 7)) {
            parts_.year = negative ? -part(0, year) : part(0, year);
        }
        if (size == 3 || size == 5 || size == 7) parts_.day_of_year = part(size - 3, 3);
        if (size == 2) parts_.day = part(0, 2);
        if (size == 4) year = 0;
        if (size >= 4 && size % 2 == 0) {
            parts_.month = part(year, 2);
            parts_.day = part(year + 2, 2);
        }
        if (size % 2 != 0 || size < 8) return;
        if (size >= 10) parts_.hour = part(8, 2);
        if (size >= 12) parts_.minute = part(10, 2);
        if (size >= 14) parts_.second = part(12, 2);
        short_years_ = false;
    }

    void from_seconds(Piece date, bool negative) {
        std::size_t size = date.size();
        if (size > 7 && size % 2 != 0) return;
        std::optional<std::int64_t>* const places[] = {
            &parts_.second, &parts_.minute, &parts_.hour, &parts_.day, &parts_.month
        };
        std::size_t left = size;
        for (auto* place : places) {
            std::size_t count = std::min<std::size_t>(left, 2);
            if (count == 0) return;
            left -= count;
            *place = number(date.substr(left, count));
        }
        if (left == 0) return;
        parts_.year = negative ? -number(date.substr(0, left)) : number(date.substr(0, left));
        if (left == 4) short_years_ = false;
    }

    // z, -5, [+9:jst]
    void zone_of_digits(Walk& walk) {
        std::size_t before = walk.at();
        std::size_t from = walk.spaces().at();
        if (walk.eat('z') && walk.boundary()) {
            parts_.zone = "z";
            return;
        }
        walk.back(from);
        if (walk.eat_one_of("-+") && !walk.digits(4).empty() && walk.boundary()) {
            parts_.zone = walk.since(from);
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
                parts_.zone = colon == zone.npos ? zone : zone.substr(colon + 1);
                walk.eat(']');
                return;
            }
        }
        walk.back(before);
    }

    bool before_christ(Walk& walk) {
        if (!walk.boundary()) return false;
        std::size_t start = walk.at();
        for (std::string_view era : {"bc", "bce"}) {
            walk.back(start);
            if (walk.eat(era) && walk.boundary()) return true;
        }
        walk.back(start);
        return walk.eat("b.c.");
    }

    // A number that is left over is the day where there is an hour, or the hour where there is a
    // day.
    void number_alone() {
        Walk walk(text_, 0);
        Piece found = walk.spaces().digits();
        if (found.empty() || found.size() > 2 || !walk.spaces().end()) return;
        std::int64_t value = number(found);
        if (parts_.hour && !parts_.day && value >= 1 && value <= 31) parts_.day = value;
        if (parts_.day && !parts_.hour && value <= 24) parts_.hour = value;
    }

    void assign(Piece year, std::size_t month, Piece day, bool before_christ = false) {
        std::string name = std::to_string(month + 1);
        assign(year, Piece(name), day);
        if (before_christ) before_christ_ = true;
    }

    // Which of three numbers is the year: what has a quote or more than two digits, wherever it is.
    void assign(Piece year, Piece month, Piece day) {
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
            parts_.year = negative ? -number(digits) : number(digits);
            if (sign || digits.size() > 2) short_years_ = false;
        }
        if (!month.empty()) parts_.month = first_number(month);
        if (!day.empty()) parts_.day = first_number(day);
    }

    static bool marked_year(Piece piece) {
        return !piece.empty() && (piece[0] == '\'' || piece.size() > 2);
    }
    static std::int64_t first_number(Piece piece) {
        Walk walk(piece, 0);
        walk.skip([](char c) { return !utf8::is_digit(c); });
        return number(walk.digits());
    }
    static bool digit_or_space(char c) { return utf8::is_digit(c) || utf8::is_space(c); }
    static bool no_number(char c) { return c != '-' && c != '\'' && !digit_or_space(c); }
    static bool no_separator(char c) { return c != '-' && c != '/' && c != '.'; }
    static bool ordinal_ending(Walk& walk) {
        return walk.eat("st") || walk.eat("nd") || walk.eat("rd") || walk.eat("th");
    }

    std::string text_;
    DateParts parts_;
    bool short_years_ = true;  // two digits stand for a year of this or the last century
    bool before_christ_ = false;
};
}  // namespace

DateParts date_parts(std::string_view text) {
    return Reader(text).read();
}

}  // namespace liquid
