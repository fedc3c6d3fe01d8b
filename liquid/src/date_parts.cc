// Date._parse is a list of patterns, tried in a fixed order, each at every place of the text. What
// one of them matched is taken out of the text, so that the next ones don't read it again.
#include "date_parts.h"

#include "date_patterns.h"

namespace liquid {
namespace {
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
        take(dates::weekday);
        take(dates::clock);
        static constexpr dates::Pattern PATTERNS[] = {
            dates::day_month_year,
            dates::month_day_year,
            dates::iso,
            dates::japanese,
            dates::day_month_year_dashed,
            dates::month_day_year_dashed,
            dates::slashes,
            dates::dots,
            dates::iso_week,
            dates::iso_weekday,
            dates::iso_month_and_day,
            dates::iso_month,
            dates::iso_year_and_day,
            dates::iso_day_of_year,
            dates::short_year,
            dates::month,
            dates::ordinal,
            dates::digits
        };
        std::any_of(std::begin(PATTERNS), std::end(PATTERNS), [&](dates::Pattern pattern) {
            return take(pattern);
        });
        take(dates::before_christ);
        number_alone();
        if (found_.parts.year && found_.before_christ) found_.parts.year = 1 - *found_.parts.year;
        if (found_.parts.year && found_.short_years && *found_.parts.year >= 0 &&
            *found_.parts.year <= 99) {
            *found_.parts.year += *found_.parts.year >= 69 ? 1900 : 2000;
        }
        return std::move(found_.parts);
    }

private:
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
    bool take(dates::Pattern pattern) {
        for (std::size_t at = 0; at < text_.size(); ++at) {
            dates::Walk walk(text_, at);
            if (!pattern(walk, found_)) continue;
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

    std::string text_;
    dates::Found found_;
};
}  // namespace

DateParts date_parts(std::string_view text) {
    return Reader(text).read();
}

}  // namespace liquid
