#include "strftime.h"

#include "liquid/error.h"
#include "messages.h"
#include "utf8.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace liquid {
namespace {
constexpr std::size_t WIDTH_MAX = 1024;
constexpr std::size_t FORMATTED_BYTES_MAX = 64 * 1024;

constexpr std::string_view DAYS[] = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"
};
constexpr std::string_view MONTHS[] = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
};

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b != 0 && (a % b < 0) != (b < 0) ? 1 : 0);
}
std::int64_t floor_mod(std::int64_t a, std::int64_t b) {
    return a - floor_div(a, b) * b;
}

bool leap(std::int64_t year) {
    return floor_mod(year, 4) == 0 && (floor_mod(year, 100) != 0 || floor_mod(year, 400) == 0);
}

// Week of the year by ISO 8601, and the year that it belongs to.
void iso_week(const Civil& civil, std::int64_t& year, int& week) {
    int weekday = (civil.weekday + 6) % 7;  // Monday = 0
    int thursday = civil.day_of_year - 1 - weekday + 3;
    year = civil.year;
    if (thursday < 0) {
        --year;
        thursday += leap(year) ? 366 : 365;
    } else if (thursday >= (leap(year) ? 366 : 365)) {
        thursday -= leap(year) ? 366 : 365;
        ++year;
    }
    week = thursday / 7 + 1;
}

struct Directive {
    char padding = '\0';  // what the flags ask for: '0', ' ' or '-'; NUL for the usual
    bool minus = false;   // also where another padding came behind it
    bool upper = false;
    bool swap = false;
    std::size_t width = 0;
    int colons = 0;
};

std::string padded(std::int64_t value, std::size_t width, char usual, const Directive& directive) {
    char padding = directive.padding == '\0' ? usual : directive.padding;
    std::string digits = std::to_string(value < 0 ? -value : value);
    if (directive.width != 0) width = directive.width;
    if (padding == '-') return (value < 0 ? "-" : "") + digits;
    std::size_t used = digits.size() + (value < 0 ? 1 : 0);
    std::string fill(width > used ? width - used : 0, padding);
    if (padding == ' ') return fill + (value < 0 ? "-" : "") + digits;
    return (value < 0 ? "-" : "") + fill + digits;
}

std::string worded(std::string text, const Directive& directive) {
    bool upper = directive.upper;
    if (directive.swap) {
        bool capitals = std::none_of(text.begin(), text.end(), [](unsigned char c) {
            return std::islower(c) != 0;
        });
        upper = !capitals;
        if (capitals) {
            for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    if (upper) {
        for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    if (directive.width > text.size() && directive.padding != '-') {
        char fill = directive.padding == '0' ? '0' : ' ';
        text.insert(0, directive.width - text.size(), fill);
    }
    return text;
}

// RFC 3339, 4.3: -00:00 is a UTC whose place is not known; a minus in the directive asks for it.
std::string offset_text(std::int32_t seconds, bool utc, const Directive& directive) {
    char sign = seconds < 0 || (utc && directive.minus) ? '-' : '+';
    int total = std::abs(seconds);
    int hours = total / 3600;
    int minutes = total / 60 % 60;
    auto two = [](int value) { return std::string(value < 10 ? "0" : "") + std::to_string(value); };
    std::string tail;
    if (directive.colons == 0) {
        tail = two(minutes);
    } else if (directive.colons < 3 || total % 3600 != 0) {  // three: no more than it takes
        tail = ":" + two(minutes);
        if (directive.colons == 2 || (directive.colons == 3 && total % 60 != 0)) {
            tail += ":" + two(total % 60);
        }
    }
    std::string hour = std::to_string(hours);
    std::size_t width = std::max<std::size_t>(directive.width, 3 + tail.size()) - tail.size() - 1;
    std::size_t fill = width > hour.size() ? width - hour.size() : 0;
    if (directive.padding == ' ') return std::string(fill, ' ') + sign + hour + tail;
    return std::string(1, sign) + std::string(fill, '0') + hour + tail;
}

class Formatter {
public:
    explicit Formatter(const Time& time) : time_(time), civil_(civil_of(time)) {}

    void format(std::string_view format, std::pmr::string& text, int depth = 0) {
        std::size_t begin = text.size();
        for (std::size_t at = 0; at < format.size();) {
            std::size_t percent = std::min(format.find('%', at), format.size());
            text += format.substr(at, percent - at);
            if (percent == format.size()) break;
            at = percent + 1;
            Directive directive;
            std::size_t end = flags(format, at, directive);
            if (end == format.size() && format.find(':', at) == format.npos) {
                throw Error(ErrorType::argument, "invalid format: " + messages::quoted(format));
            }
            if (end >= format.size() || depth > 1 || text.size() - begin > FORMATTED_BYTES_MAX) {
                text += format.substr(percent);
                break;
            }
            std::string piece;
            ++pieces_;
            if (convert(format[end], directive, piece, text, depth)) {
                text += piece;
                at = end + 1;
            } else if (directive.colons != 0 && format[end] == '%') {
                text += format.substr(percent, end - percent);
                at = end;
            } else {  // unknown: it stands as it was written
                std::size_t bytes = utf8::width(format, end);
                text += format.substr(percent, end + bytes - percent);
                at = end + bytes;
            }
        }
    }

    std::size_t pieces() const { return pieces_; }

private:
    static std::size_t flags(std::string_view format, std::size_t at, Directive& directive) {
        for (; at < format.size(); ++at) {
            char c = format[at];
            if (c == '-') {
                directive.padding = '-';
                directive.minus = true;
            } else if (c == '0') {
                directive.padding = '0';
            } else if (c == '_') {
                directive.padding = ' ';
            } else if (c == '^') {
                directive.upper = true;
            } else if (c == '#') {
                directive.swap = true;
            } else {
                break;
            }
        }
        for (; at < format.size() && utf8::is_digit(format[at]); ++at) {
            directive.width = std::min(
                directive.width * 10 + static_cast<std::size_t>(format[at] - '0'), WIDTH_MAX
            );
        }
        while (at < format.size() && format[at] == ':') ++directive.colons, ++at;
        // E and O ask for another form, which no letter has, of the letters that POSIX names.
        char form = at < format.size() ? format[at] : '\0';
        std::string_view others = form == 'E' ? "cCxXyY" : form == 'O' ? "deHkIlmMSuUVwWy" : "";
        if (at + 1 < format.size() && others.find(format[at + 1]) != others.npos) ++at;
        return at;
    }

    // Into `text`, or behind `all` at once what is put together.
    bool convert(
        char c, const Directive& directive, std::string& text, std::pmr::string& all, int depth
    ) {
        if (directive.colons != 0 && (c != 'z' || directive.colons > 3)) return false;
        auto number = [&](std::int64_t value, std::size_t width, char usual = '0') {
            text = padded(value, width, usual, directive);
            return true;
        };
        auto word = [&](std::string value) {
            return text = worded(std::move(value), directive), true;
        };
        // What is put together heeds neither # nor -.
        auto nested = [&](std::string_view format) {
            Directive whole = directive;
            whole.swap = false;
            if (whole.padding == '-') whole.padding = '\0';
            if (whole.width == 0 && !whole.upper) return this->format(format, all, depth + 1), true;
            TimeText parts;
            this->format(format, parts.text, depth + 1);
            return text = worded(std::string(parts.text), whole), true;
        };
        int hour12 = civil_.hour % 12 == 0 ? 12 : civil_.hour % 12;
        std::int64_t iso_year = 0;
        int week = 0;
        switch (c) {
            case 'Y':
                return number(civil_.year, civil_.year < 0 ? 5 : 4);
            case 'C':
                return number(floor_div(civil_.year, 100), 2);
            case 'y':
                return number(floor_mod(civil_.year, 100), 2);
            case 'm':
                return number(civil_.month, 2);
            case 'B':
                return word(std::string(MONTHS[civil_.month - 1]));
            case 'b':
            case 'h':
                return word(std::string(MONTHS[civil_.month - 1].substr(0, 3)));
            case 'd':
                return number(civil_.day, 2);
            case 'e':
                return number(civil_.day, 2, ' ');
            case 'j':
                return number(civil_.day_of_year, 3);
            case 'H':
                return number(civil_.hour, 2);
            case 'k':
                return number(civil_.hour, 2, ' ');
            case 'I':
                return number(hour12, 2);
            case 'l':
                return number(hour12, 2, ' ');
            case 'P':
                return word(civil_.hour < 12 ? "am" : "pm");
            case 'p': {
                Directive plain = directive;
                if (directive.swap) {
                    plain.swap = false;
                    text = worded(civil_.hour < 12 ? "am" : "pm", plain);
                    return true;
                }
                return word(civil_.hour < 12 ? "AM" : "PM");
            }
            case 'M':
                return number(civil_.minute, 2);
            case 'S':
                return number(civil_.second, 2);
            case 'L':
                return fraction(directive.width == 0 ? 3 : directive.width, text);
            case 'N':
                return fraction(directive.width == 0 ? 9 : directive.width, text);
            case 'z':
                return text = offset_text(time_.offset_seconds, time_.utc, directive), true;
            case 'Z':  // an offset alone has no name, and nothing is not padded
                return time_.zone.empty() || word(std::string(time_.zone));
            case 'A':
                return word(std::string(DAYS[civil_.weekday]));
            case 'a':
                return word(std::string(DAYS[civil_.weekday].substr(0, 3)));
            case 'u':
                return number(civil_.weekday == 0 ? 7 : civil_.weekday, 1);
            case 'w':
                return number(civil_.weekday, 1);
            case 'G':
                iso_week(civil_, iso_year, week);
                return number(iso_year, iso_year < 0 ? 5 : 4);
            case 'g':
                iso_week(civil_, iso_year, week);
                return number(floor_mod(iso_year, 100), 2);
            case 'V':
                iso_week(civil_, iso_year, week);
                return number(week, 2);
            case 'U':
                return number((civil_.day_of_year - 1 + 7 - civil_.weekday) / 7, 2);
            case 'W':
                return number((civil_.day_of_year - 1 + 7 - (civil_.weekday + 6) % 7) / 7, 2);
            case 's':
                return number(time_.seconds, 1);
            case 'n':
                return word("\n");
            case 't':
                return word("\t");
            case '%':
                return word("%");
            case 'c':
                return nested("%a %b %e %H:%M:%S %Y");
            case 'D':
            case 'x':
                return nested("%m/%d/%y");
            case 'F':
                return nested("%Y-%m-%d");
            case 'v':
                return nested("%e-%^b-%4Y");
            case 'r':
                return nested("%I:%M:%S %p");
            case 'R':
                return nested("%H:%M");
            case 'T':
            case 'X':
                return nested("%H:%M:%S");
            default:
                return false;
        }
    }

    bool fraction(std::size_t digits, std::string& text) {
        std::string nanos = std::to_string(time_.nanoseconds);
        nanos.insert(0, 9 - nanos.size(), '0');
        nanos.resize(std::max<std::size_t>(digits, 9), '0');
        text = nanos.substr(0, digits);
        return true;
    }

    const Time& time_;
    Civil civil_;
    std::size_t pieces_ = 0;
};
}  // namespace

std::int64_t days_from_civil(std::int64_t year, int month, int day) {
    year -= month <= 2 ? 1 : 0;
    std::int64_t era = floor_div(year, 400);
    std::int64_t year_of_era = year - era * 400;
    std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

Civil civil_of(const Time& time) {
    // Far beyond any calendar, the sum must still not overflow.
    constexpr std::int64_t OFFSET_MAX = 2 * 86400;
    constexpr std::int64_t bound = INT64_MAX - OFFSET_MAX;
    std::int64_t local = std::clamp(time.seconds, -bound, bound) + time.offset_seconds;
    std::int64_t days = floor_div(local, 86400);
    std::int64_t rest = floor_mod(local, 86400);
    Civil civil{};
    std::int64_t shifted = days + 719468;
    std::int64_t era = floor_div(shifted, 146097);
    std::int64_t doe = shifted - era * 146097;
    std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    std::int64_t mp = (5 * doy + 2) / 153;
    civil.day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
    civil.month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
    civil.year = yoe + era * 400 + (civil.month <= 2 ? 1 : 0);
    civil.hour = static_cast<int>(rest / 3600);
    civil.minute = static_cast<int>(rest / 60 % 60);
    civil.second = static_cast<int>(rest % 60);
    civil.weekday = static_cast<int>(floor_mod(days + 4, 7));
    civil.day_of_year = static_cast<int>(days - days_from_civil(civil.year, 1, 1) + 1);
    return civil;
}

std::size_t format_time(const Time& time, std::string_view format, std::pmr::string& text) {
    Formatter formatter(time);
    formatter.format(format, text);
    return formatter.pieces();
}

void default_text(const Time& time, std::pmr::string& text) {
    bool utc = time.zone == "UTC" && time.offset_seconds == 0;
    std::string_view format = time.date_only ? "%Y-%m-%d"
                              : utc          ? "%Y-%m-%d %H:%M:%S UTC"
                                             : "%Y-%m-%d %H:%M:%S %z";
    format_time(time, format, text);
}

}  // namespace liquid
