// The patterns of Date._parse, and what they share. Each is a function that walks forward from one
// place of the text; none of them needs to come back for more than a mark.
#pragma once
#include "date_parts.h"
#include "utf8.h"

#include <algorithm>
#include <array>

namespace liquid::dates {
using Piece = std::string_view;  // empty: it is not there

inline bool letter(char c) {
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}
inline bool word(char c) {
    return letter(c) || utf8::is_digit(c) || c == '_';
}

// Digits beyond any calendar are as good as endless.
std::int64_t number(Piece digits);
std::int32_t nanoseconds_of(Piece digits);

// One place in the text, from which a pattern walks.
class Walk {
public:
    Walk(std::string_view text, std::size_t at) : text_(text), at_(at) {}

    std::size_t at() const { return at_; }
    bool back(std::size_t at) { return at_ = at, false; }
    char next(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    char before() const { return at_ > 0 ? text_[at_ - 1] : '\0'; }
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

// What the patterns have read so far.
struct Found {
    DateParts parts;
    bool short_years = true;  // two digits stand for a year of this or the last century
    bool before_christ = false;

    // Which of three numbers is the year: what has a quote or more than two digits, wherever it is.
    void assign(Piece year, Piece month, Piece day);
};

// True: the walk stands behind what fits, and `found` knows it. False: nothing has changed but the
// walk's place.
using Pattern = bool (*)(Walk&, Found&);

// date_clock.cc
bool clock(Walk&, Found&);

// date_words.cc: what has a name of a month, of a day or of an era
bool weekday(Walk&, Found&);
bool day_month_year(Walk&, Found&);
bool month_day_year(Walk&, Found&);
bool day_month_year_dashed(Walk&, Found&);
bool month_day_year_dashed(Walk&, Found&);
bool month(Walk&, Found&);
bool ordinal(Walk&, Found&);
bool before_christ(Walk&, Found&);

// date_numbers.cc: numbers with signs between them
bool iso(Walk&, Found&);
bool japanese(Walk&, Found&);
bool slashes(Walk&, Found&);
bool dots(Walk&, Found&);
bool iso_week(Walk&, Found&);
bool iso_weekday(Walk&, Found&);
bool iso_month_and_day(Walk&, Found&);
bool iso_month(Walk&, Found&);
bool iso_year_and_day(Walk&, Found&);
bool iso_day_of_year(Walk&, Found&);
bool short_year(Walk&, Found&);

// date_digits.cc: digits without a sign between them
bool digits(Walk&, Found&);

}  // namespace liquid::dates
