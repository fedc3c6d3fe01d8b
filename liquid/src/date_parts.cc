// Date._parse is a list of patterns, tried in a fixed order, each at every place of the text. What
// one of them matched is taken out of the text, so that the next ones don't read it again.
#include "date_parts.h"

#include "date_patterns.h"

#include <memory_resource>

namespace liquid {
namespace {
// What machines write, 2021-01-02 and 2021-01-02t10:11:12.5+02:00, read in one go. The patterns
// would find the same parts.
bool read_machine_date(std::string_view text, DateParts& parts) {
    using dates::Piece;
    dates::Walk walk(text, 0);
    auto after = [&](char sign, std::size_t digits) {
        return walk.eat(sign) ? walk.exactly(digits) : Piece();
    };
    Piece year = walk.exactly(4);
    Piece month = after('-', 2);
    Piece day = after('-', 2);
    if (year.empty() || month.empty() || day.empty()) return false;
    parts.year = dates::number(year);
    parts.month = dates::number(month);
    parts.day = dates::number(day);
    if (walk.end()) return true;
    if (!walk.eat_one_of("t ")) return false;
    Piece hour = walk.exactly(2);
    Piece minute = after(':', 2);
    if (hour.empty() || minute.empty()) return false;
    parts.hour = dates::number(hour);
    parts.minute = dates::number(minute);
    if (walk.next() == ':') {
        Piece second = after(':', 2);
        if (second.empty()) return false;
        parts.second = dates::number(second);
        if (walk.eat('.')) {
            Piece fraction = walk.digits();
            if (fraction.empty()) return false;
            parts.nanoseconds = dates::nanoseconds_of(fraction);
        }
    }
    if (walk.end()) return true;
    walk.eat(' ');
    std::size_t zone = walk.at();
    if (!walk.eat('z')) {
        if (!walk.eat_one_of("+-") || walk.exactly(2).empty()) return false;
        walk.eat(':');
        if (walk.exactly(2).empty()) return false;
    }
    parts.zone = walk.since(zone);
    return walk.end();
}

// What a pattern cannot do without.
enum Need : unsigned {
    A_LETTER = 1,
    A_DIGIT = 2,
    A_DASH = 4,
    A_SLASH = 8,
    A_DOT = 16,
    A_QUOTE = 32
};

class Reader {
public:
    explicit Reader(std::string_view text) {
        text_.reserve(text.size());
        for (std::size_t at = 0; at < text.size();) {
            std::size_t bytes = utf8::width(text, at);
            if (stays(text, at)) {
                text_ += text.substr(at, bytes);
                there_ |= kind_of(text[at]);
            } else if (!text_.ends_with(' ')) {
                text_ += ' ';
            }
            at += bytes;
        }
    }

    DateParts read() {
        take({dates::weekday, A_LETTER});
        take({dates::clock, A_DIGIT});
        static constexpr Try TRIES[] = {
            {dates::day_month_year, A_LETTER | A_DIGIT},
            {dates::month_day_year, A_LETTER | A_DIGIT},
            {dates::iso, A_DASH | A_DIGIT},
            {dates::japanese, A_LETTER | A_DOT},
            {dates::day_month_year_dashed, A_LETTER | A_DASH},
            {dates::month_day_year_dashed, A_LETTER | A_DASH},
            {dates::slashes, A_SLASH},
            {dates::dots, A_DOT},
            {dates::iso_week, A_LETTER | A_DIGIT},
            {dates::iso_weekday, A_DASH},
            {dates::iso_month_and_day, A_DASH},
            {dates::iso_month, A_DASH},
            {dates::iso_year_and_day, A_DASH},
            {dates::iso_day_of_year, A_DASH},
            {dates::short_year, A_QUOTE},
            {dates::month, A_LETTER},
            {dates::ordinal, A_LETTER | A_DIGIT},
            {dates::digits, A_DIGIT}
        };
        std::any_of(std::begin(TRIES), std::end(TRIES), [&](const Try& pattern) {
            return take(pattern);
        });
        take({dates::before_christ, A_LETTER});
        number_alone();
        if (found_.parts.year && found_.before_christ) found_.parts.year = 1 - *found_.parts.year;
        if (found_.parts.year && found_.short_years && *found_.parts.year >= 0 &&
            *found_.parts.year <= 99) {
            *found_.parts.year += *found_.parts.year >= 69 ? 1900 : 2000;
        }
        return std::move(found_.parts);
    }

private:
    struct Try {
        dates::Pattern pattern;
        unsigned needs;
    };

    static unsigned kind_of(char c) {
        if (utf8::is_digit(c)) return A_DIGIT;
        if (dates::letter(c)) return A_LETTER;
        switch (c) {
            case '-':
                return A_DASH;
            case '/':
                return A_SLASH;
            case '.':
                return A_DOT;
            case '\'':
                return A_QUOTE;
            default:
                return 0;
        }
    }

    // Signs that no date has are blanks.
    static bool stays(std::string_view text, std::size_t at) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            return (dates::word(text[at]) && text[at] != '_') ||
                   std::string_view("-+',./:@[]").find(text[at]) != std::string_view::npos;
        }
        std::size_t bytes = 1;
        std::int32_t point = utf8::decode(text, at, bytes);
        // Blanks and punctuation of Latin-1, the general and the East Asian punctuation.
        return point >= 0xc0 && !(point >= 0x2000 && point < 0x2070) &&
               !(point >= 0x3000 && point < 0x3005);
    }

    // The first place where the pattern fits; what it matched becomes a blank.
    bool take(const Try& attempt) {
        if ((attempt.needs & ~there_) != 0) return false;
        for (std::size_t at = 0; at < text_.size(); ++at) {
            // No pattern fits within digits that did not fit at the first of them.
            bool within = at > 0 && utf8::is_digit(text_[at - 1]) && utf8::is_digit(text_[at]);
            if (within) continue;
            dates::Walk walk(text_, at);
            if (!attempt.pattern(walk, found_)) continue;
            text_.replace(at, walk.at() - at, " ");
            return true;
        }
        return false;
    }

    // A number that is left over is the day where there is an hour, or the hour where there is a
    // day.
    void number_alone() {
        dates::Walk walk(text_, 0);
        dates::Piece left = walk.spaces().digits();
        if (left.empty() || left.size() > 2 || !walk.spaces().end()) return;
        std::int64_t value = dates::number(left);
        if (found_.parts.hour && !found_.parts.day && value >= 1 && value <= 31)
            found_.parts.day = value;
        if (found_.parts.day && !found_.parts.hour && value <= 24) found_.parts.hour = value;
    }

    char room_[640];  // more than the longest date
    std::pmr::monotonic_buffer_resource memory_{room_, sizeof room_};
    std::pmr::string text_{&memory_};
    unsigned there_ = 0;
    dates::Found found_;
};
}  // namespace

DateParts date_parts(std::string_view text) {
    DateParts parts;
    if (read_machine_date(text, parts)) return parts;
    parts = Reader(text).read();
    parts.searched = true;
    return parts;
}

}  // namespace liquid
