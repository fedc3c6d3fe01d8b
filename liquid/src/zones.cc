// Reads the system's time zone files (RFC 8536).
#include "strftime.h"
#include "utf8.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace liquid {

// What holds behind the last transition of a file: two offsets and the days of their change.
struct ZoneRule {
    struct Change {
        int month = 0, week = 0, weekday = 0;
        std::int32_t second = 7200;
    };
    Offset standard{0, ""};
    Offset summer{0, ""};
    Change begin, end;
    bool has_summer = false;
};

class Zone {
public:
    std::vector<std::int64_t> transitions;
    std::vector<std::uint8_t> types;
    std::vector<Offset> offsets;
    std::string abbreviations;
    std::string footer;
    ZoneRule rule;
    bool has_rule = false;
};

namespace {
constexpr std::size_t FILE_BYTES_MAX = 1024 * 1024;

bool read_file(const std::string& path, std::string& bytes) {
    std::FILE* file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) return false;
    char chunk[4096];
    std::size_t read = 0;
    while ((read = std::fread(chunk, 1, sizeof chunk, file)) > 0 && bytes.size() < FILE_BYTES_MAX) {
        bytes.append(chunk, read);
    }
    std::fclose(file);
    return true;
}

std::int64_t big_endian(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    }
    if (count == 4) return static_cast<std::int32_t>(value);
    return static_cast<std::int64_t>(value);
}

struct Header {
    std::size_t ut, standard, leaps, times, types, characters;
    std::size_t body_bytes(std::size_t word) const {
        return times * word + times + types * 6 + characters + leaps * (word + 4) + standard + ut;
    }
};

bool read_header(std::string_view bytes, std::size_t at, Header& header) {
    if (bytes.size() < at + 44 || bytes.substr(at, 4) != "TZif") return false;
    auto count = [&](std::size_t i) {
        return static_cast<std::size_t>(big_endian(bytes, at + 20 + 4 * i, 4) & 0xfffff);
    };
    header = {count(0), count(1), count(2), count(3), count(4), count(5)};
    return true;
}

// The parts of CET-1CEST,M3.5.0,M10.5.0/3.
class FooterReader {
public:
    explicit FooterReader(std::string_view text) : text_(text) {}
    bool read(ZoneRule& rule) {
        rule.standard.abbreviation = name();
        std::int32_t west = 0;
        if (!clock(west)) return false;
        rule.standard.seconds = -west;
        if (at_ >= text_.size()) return true;
        rule.has_summer = true;
        rule.summer.abbreviation = name();
        rule.summer.seconds = rule.standard.seconds + 3600;
        if (at_ < text_.size() && text_[at_] != ',') {
            if (!clock(west)) return false;
            rule.summer.seconds = -west;
        }
        return change(rule.begin) && change(rule.end);
    }

private:
    std::string_view name() {
        std::size_t start = at_;
        if (at_ < text_.size() && text_[at_] == '<') {
            std::size_t close = std::min(text_.find('>', at_), text_.size() - 1);
            at_ = close + 1;
            return text_.substr(start + 1, close - start - 1);
        }
        while (at_ < text_.size() && std::isalpha(static_cast<unsigned char>(text_[at_])) != 0)
            ++at_;
        return text_.substr(start, at_ - start);
    }
    bool number(int& value) {
        auto parsed = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
        if (parsed.ec != std::errc()) return false;
        at_ = static_cast<std::size_t>(parsed.ptr - text_.data());
        return true;
    }
    bool eat(char c) { return at_ < text_.size() && text_[at_] == c ? (++at_, true) : false; }
    bool clock(std::int32_t& seconds) {
        bool negative = eat('-');
        if (!negative) eat('+');
        int hours = 0, minutes = 0, rest = 0;
        if (!number(hours)) return false;
        if (eat(':') && !number(minutes)) return false;
        if (eat(':') && !number(rest)) return false;
        seconds = (hours * 60 + minutes) * 60 + rest;
        if (negative) seconds = -seconds;
        return true;
    }
    bool change(ZoneRule::Change& change) {
        return eat(',') && eat('M') && number(change.month) && eat('.') && number(change.week) &&
               eat('.') && number(change.weekday) && (!eat('/') || clock(change.second));
    }
    std::string_view text_;
    std::size_t at_ = 0;
};

bool read_zone(std::string_view bytes, Zone& zone) {
    Header header{};
    std::size_t at = 0;
    std::size_t word = 4;
    if (!read_header(bytes, 0, header)) return false;
    if (bytes[4] >= '2') {  // the second part has 64-bit times
        at = 44 + header.body_bytes(4);
        word = 8;
        if (!read_header(bytes, at, header)) return false;
    }
    at += 44;
    if (bytes.size() < at + header.body_bytes(word) || header.types == 0) return false;
    for (std::size_t i = 0; i < header.times; ++i) {
        zone.transitions.push_back(big_endian(bytes, at + i * word, word));
        zone.types.push_back(static_cast<std::uint8_t>(bytes[at + header.times * word + i]));
    }
    std::size_t types_at = at + header.times * (word + 1);
    zone.abbreviations = bytes.substr(types_at + header.types * 6, header.characters);
    for (std::size_t i = 0; i < header.types; ++i) {
        auto index = static_cast<unsigned char>(bytes[types_at + i * 6 + 5]);
        std::string_view name = zone.abbreviations;
        name = index < name.size() ? name.substr(index) : "";
        name = name.substr(0, std::min(name.find('\0'), name.size()));
        auto seconds = static_cast<std::int32_t>(big_endian(bytes, types_at + i * 6, 4));
        zone.offsets.push_back({seconds, name});
    }
    if (word == 8) {
        std::string_view rest = bytes.substr(at + header.body_bytes(word));
        if (rest.starts_with('\n')) rest.remove_prefix(1);
        zone.footer = rest.substr(0, std::min(rest.find('\n'), rest.size()));
        zone.has_rule = !zone.footer.empty() && FooterReader(zone.footer).read(zone.rule);
    }
    return true;
}

// The day of a change as seconds since 1970, in local time.
std::int64_t change_in(std::int64_t year, const ZoneRule::Change& change) {
    std::int64_t first = days_from_civil(year, change.month, 1);
    int weekday = static_cast<int>(((first + 4) % 7 + 7) % 7);
    std::int64_t day = first + (change.weekday - weekday + 7) % 7 + (change.week - 1) * 7;
    int next_month = change.month == 12 ? 1 : change.month + 1;
    std::int64_t next = days_from_civil(change.month == 12 ? year + 1 : year, next_month, 1);
    while (day >= next) day -= 7;
    return day * 86400 + change.second;
}

Offset offset_by_rule(const ZoneRule& rule, std::int64_t seconds) {
    if (!rule.has_summer) return rule.standard;
    Time local{seconds, 0, rule.standard.seconds, "", false};
    std::int64_t year = civil_of(local).year;
    std::int64_t begin = change_in(year, rule.begin) - rule.standard.seconds;
    std::int64_t end = change_in(year, rule.end) - rule.summer.seconds;
    bool summer =
        begin < end ? seconds >= begin && seconds < end : seconds >= begin || seconds < end;
    return summer ? rule.summer : rule.standard;
}
}  // namespace

const Zone* find_zone(std::string_view name, std::string& problem) {
    static std::mutex mutex;
    static std::map<std::string, std::unique_ptr<Zone>, std::less<>> zones;
    std::lock_guard lock(mutex);
    if (auto found = zones.find(name); found != zones.end()) return found->second.get();
    bool harmless = !name.empty() && name.front() != '/' && name.find("..") == name.npos;
    for (char c : name) {
        harmless = harmless && (utf8::is_word(c) || c == '/' || c == '-' || c == '+');
    }
    const char* folder = std::getenv("TZDIR");
    std::string path = folder != nullptr ? folder : "/usr/share/zoneinfo";
    std::string bytes;
    auto zone = std::make_unique<Zone>();
    if (!harmless || !read_file(path + "/" + std::string(name), bytes) ||
        !read_zone(bytes, *zone)) {
        problem =
            "time zone '" + std::string(name) + "' is not in the time zone database (" + path + ")";
        return nullptr;
    }
    return zones.emplace(std::string(name), std::move(zone)).first->second.get();
}

Offset offset_at(const Zone& zone, std::int64_t seconds) {
    auto after = std::upper_bound(zone.transitions.begin(), zone.transitions.end(), seconds);
    if (after == zone.transitions.end() && zone.has_rule) return offset_by_rule(zone.rule, seconds);
    if (after == zone.transitions.begin()) return zone.offsets[0];
    std::size_t type = zone.types[static_cast<std::size_t>(after - zone.transitions.begin()) - 1];
    return type < zone.offsets.size() ? zone.offsets[type] : zone.offsets[0];
}

Time local_time(std::int64_t seconds, const Zone* zone) {
    Time time{seconds, 0, 0, "UTC", false};
    if (zone != nullptr) {
        Offset offset = offset_at(*zone, seconds);
        time.offset_seconds = offset.seconds;
        time.zone = offset.abbreviation;
    }
    return time;
}

}  // namespace liquid
