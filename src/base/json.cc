#include "base/json.h"

#include "base/text_visible.h"

#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <cmath>

namespace luster::json {
namespace {

constexpr std::string_view hex = "0123456789abcdef";
constexpr std::size_t depth_max = 64;  // a list in a list … in a rich text of a page is deep

// The length of the UTF-8 sequence at `text`, 0 if it is none (RFC 3629: no overlong form, no
// surrogate).
std::size_t sequence_length(std::string_view text) {
    auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xbf) {
        return i < text.size() && byte(i) >= low && byte(i) <= high;
    };
    unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return follows(1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        unsigned low = first == 0xe0 ? 0xa0 : 0x80, high = first == 0xed ? 0x9f : 0xbf;
        return follows(1, low, high) && follows(2) ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        unsigned low = first == 0xf0 ? 0x90 : 0x80, high = first == 0xf4 ? 0x8f : 0xbf;
        return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

// Of text that is UTF-8: every byte but those that go on with a sequence begins one.
std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }));
}

bool is_control(std::string_view sequence) {
    unsigned first = static_cast<unsigned char>(sequence[0]);
    if (sequence.size() == 1) return first < 0x20 || first == 0x7f;
    // U+0080 to U+009F, and the two separators of lines and paragraphs
    if (sequence.size() == 2)
        return first == 0xc2 && static_cast<unsigned char>(sequence[1]) < 0xa0;
    return sequence == "\u2028" || sequence == "\u2029";
}

// Duplicate members are an attacker's way to show two readers two documents; Boost.JSON keeps the
// last.
bool is_finite(const Value& value);
bool has_duplicates(std::string_view text, const Value& value);

}  // namespace

void write_string(std::string& out, std::string_view text) {
    out += '"';
    for (std::size_t from = 0; from < text.size();) {
        std::size_t at = from;
        while (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x20 &&
               text[at] != '"' && text[at] != '\\') {
            ++at;
        }
        out.append(text, from, at - from);
        if (at == text.size()) break;
        switch (char c = text[at]) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                out += "\\u00";
                out += hex[static_cast<unsigned char>(c) >> 4];
                out += hex[static_cast<unsigned char>(c) & 15];
        }
        from = at + 1;
    }
    out += '"';
}

void write_value(std::string& out, const Value& value) {
    out += boost::json::serialize(value);
}

void write_double(std::string& out, double value) {
    if (!std::isfinite(value)) {
        out += "null";
        return;
    }
    fmt::format_to(std::back_inserter(out), "{}", value);
}

void Reader::wrong(std::string key, std::vector<std::pair<std::string, std::string>> arguments) {
    if (errors.size() < errors_max) {
        errors.push_back({pointer(), {std::move(key), std::move(arguments)}});
    }
}

std::string Reader::pointer() const {
    std::string pointer;
    for (const auto& name : path_) {
        pointer += '/';
        for (char c : name) {
            if (c == '~') {
                pointer += "~0";
            } else if (c == '/') {
                pointer += "~1";
            } else {
                pointer += c;
            }
        }
    }
    return pointer;
}

bool read_text(Reader& reader, std::string_view source, TextRule rule, std::string& target) {
    std::size_t length = 0;
    for (std::size_t at = 0; at < source.size(); ++length) {
        auto size = sequence_length(source.substr(at));
        if (size == 0) return reader.wrong("field_utf8"), false;
        auto sequence = source.substr(at, size);
        bool allowed = rule.lines && (sequence == "\n" || sequence == "\t" || sequence == "\r");
        if (is_control(sequence) && !allowed) return reader.wrong("field_control"), false;
        at += size;
    }
    if (!rule.lines && text::has_deceptive(source)) return reader.wrong("field_control"), false;
    if (length > rule.length_max) {
        return reader.wrong("field_long", {{"max", std::to_string(rule.length_max)}}), false;
    }
    auto first = source.find_first_not_of(" \n\t\r");
    auto last = source.find_last_not_of(" \n\t\r");
    target = first == std::string_view::npos ? "" : source.substr(first, last - first + 1);
    if (!rule.lines && !text::is_visible(target)) target.clear();
    if (code_points(target) >= rule.length_min) return true;
    if (target.empty()) return reader.wrong("field_empty"), false;
    return reader.wrong("field_short", {{"min", std::to_string(rule.length_min)}}), false;
}

bool read_password(Reader& reader, const Value& source, TextRule rule, std::string& target) {
    const auto* text = source.if_string();
    if (!text) return reader.wrong("field_text"), false;
    std::string_view typed(text->data(), text->size());
    std::size_t length = 0;
    for (std::size_t at = 0; at < typed.size(); ++length) {
        auto size = sequence_length(typed.substr(at));
        if (size == 0) return reader.wrong("field_utf8"), false;
        at += size;
    }
    if (length < rule.length_min) {
        return reader.wrong("field_short", {{"min", std::to_string(rule.length_min)}}), false;
    }
    if (length > rule.length_max) {
        return reader.wrong("field_long", {{"max", std::to_string(rule.length_max)}}), false;
    }
    return target = typed, true;
}

bool read_whole(Reader& reader, const Value& source, std::int64_t& target) {
    if (source.is_int64()) return target = source.get_int64(), true;
    return reader.wrong("field_whole"), false;
}

std::optional<Value> parse(std::string_view text, std::string* why) {
    boost::json::parse_options options;
    options.max_depth = depth_max;
    boost::json::error_code error;
    boost::json::parser parser({}, options);
    auto used = parser.write(text.data(), text.size(), error);
    if (error) {
        if (why) *why = fmt::format("{} at byte {}", error.message(), used);
        return std::nullopt;
    }
    auto value = parser.release();
    if (!is_finite(value)) {
        if (why) *why = "a number is out of range";
        return std::nullopt;
    }
    if (has_duplicates(text, value)) {
        if (why) *why = "an object has one member twice";
        return std::nullopt;
    }
    return value;
}

namespace {

std::size_t members_of(const Value& value) {
    std::size_t count = 0;
    if (const auto* object = value.if_object()) {
        count = object->size();
        for (const auto& member : *object) count += members_of(member.value());
    } else if (const auto* array = value.if_array()) {
        for (const auto& item : *array) count += members_of(item);
    }
    return count;
}

// A number past the range of double was read as infinity, which JSON can't say again.
bool is_finite(const Value& value) {
    if (const auto* number = value.if_double()) return std::isfinite(*number);
    if (const auto* object = value.if_object()) {
        return std::ranges::all_of(*object, [](const auto& member) {
            return is_finite(member.value());
        });
    }
    const auto* array = value.if_array();
    return !array || std::ranges::all_of(*array, is_finite);
}

// A colon outside strings ends each member's name; a value that dropped a duplicate has fewer
// members.
bool has_duplicates(std::string_view text, const Value& value) {
    std::size_t colons = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && in_string) {
            ++i;
        } else if (text[i] == '"') {
            in_string = !in_string;
        } else if (text[i] == ':' && !in_string) {
            ++colons;
        }
    }
    return colons != members_of(value);
}

}  // namespace
}  // namespace luster::json
