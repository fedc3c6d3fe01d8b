#include "text.h"

#include "big.h"
#include "compare.h"
#include "liquid/drop.h"
#include "liquid/render.h"
#include "strftime.h"
#include "utf8.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace liquid {
namespace {
constexpr std::size_t INSPECTED_BYTES_MAX = 1024 * 1024;

// Ruby writes 1.0e+20 from here on, unless there are digits behind the point as well, and 1.0e-05
// from there down.
constexpr int FIXED_EXPONENT_MAX = 15;
constexpr int FIXED_EXPONENT_MIN = -4;

bool stands_as_it_is(char c) {
    return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '#';
}

// \xFF for a byte that is no text, \u0007, \u{1F600}
void escape_point(std::uint32_t point, bool is_byte, BoundedText& output) {
    char digits[8];
    auto end = std::to_chars(digits, digits + sizeof digits, point, 16).ptr;
    for (char* at = digits; at != end; ++at) *at = *at >= 'a' ? static_cast<char>(*at - 32) : *at;
    std::string_view shown(digits, static_cast<std::size_t>(end - digits));
    bool braced = !is_byte && point > 0xffff;
    std::size_t width = is_byte ? 2 : 4;
    output += is_byte ? "\\x" : braced ? "\\u{" : "\\u";
    if (shown.size() < width) output += std::string_view("0000").substr(shown.size() + 4 - width);
    output += shown;
    if (braced) output += '}';
}

void inspect_string(std::string_view text, BoundedText& output) {
    static constexpr std::string_view ESCAPED = "\n\r\t\f\v\b\a\033\"\\";
    static constexpr std::string_view LETTERS = "nrtfvbae\"\\";
    output += '"';
    for (std::size_t at = 0; at < text.size();) {
        std::size_t plain = at;
        while (plain < text.size() && stands_as_it_is(text[plain])) ++plain;
        if (plain != at) output += text.substr(at, plain - at);
        at = plain;
        if (at == text.size()) break;
        char c = text[at];
        std::size_t bytes = 1;
        bool ascii = static_cast<unsigned char>(c) < 0x80;
        std::int32_t point = ascii ? c : utf8::decode(text, at, bytes);
        if (auto found = ESCAPED.find(c); found != std::string_view::npos) {
            output += '\\';
            output += LETTERS[found];
        } else if (c == '#') {
            bool opens = at + 1 < text.size() &&
                         std::string_view("{$@").find(text[at + 1]) != std::string_view::npos;
            output += opens ? "\\#" : "#";
        } else if (point >= 0 && utf8::printable(static_cast<std::uint32_t>(point))) {
            output += text.substr(at, bytes);
        } else if (point < 0) {
            escape_point(static_cast<unsigned char>(c), true, output);
        } else {
            escape_point(static_cast<std::uint32_t>(point), false, output);
        }
        at += bytes;
    }
    output += '"';
}

void inspect_items(const Array& array, Render& render, BoundedText& output, int depth) {
    output += '[';
    bool first = true;
    for (const Value& item : array) {
        if (!first) output += ", ";
        first = false;
        inspect(item, render, output, depth + 1);
    }
    output += ']';
}

void inspect_entries(const Hash& hash, Render& render, BoundedText& output, int depth) {
    output += '{';
    bool first = true;
    for (const Hash::Entry& entry : hash) {
        if (!first) output += ", ";
        first = false;
        inspect(entry.key, render, output, depth + 1);
        output += "=>";
        inspect(entry.value, render, output, depth + 1);
    }
    output += '}';
}

std::string_view kept(std::string_view text, Render& render) {
    render.count_filter_bytes(text.size());
    return render.scratch().copy(text);
}

void print_nested(const Value& value, Render& render, BoundedText& output, int depth) {
    switch (value.kind()) {
        case Kind::nil:
            return;
        case Kind::string:
            output += value.string();
            return;
        case Kind::integer:
            output += text_of(value.integer()).view();
            return;
        case Kind::boolean:
            output += value.boolean() ? "true" : "false";
            return;
        case Kind::real:
            render.step(2);
            output += text_of(value.real()).view();
            return;
        case Kind::array:
            if (depth > VALUE_DEPTH_MAX) throw Error(ErrorType::stack_level, "Nesting too deep");
            render.step(value.array().size());
            for (const Value& item : value.array()) {
                // A drop in a list is printed as what it turns into.
                print_nested(item, render, output, depth + 1);
            }
            return;
        case Kind::hash:
            inspect(value, render, output);
            return;
        default:
            output += to_text(value, render);
    }
}
}  // namespace

void BoundedText::grow(std::size_t wanted) {
    wanted += text_.size();
    if (wanted > bytes_max_) throw LimitReached{};
    // A new text, as one that grows in place takes at least twice as much, whatever the bound. The
    // last step is a large one, so that there is little to hold beside it.
    constexpr std::size_t DOUBLED_BYTES_MAX = 1024 * 1024;
    std::size_t factor = text_.capacity() >= DOUBLED_BYTES_MAX / 2 ? 8 : 2;
    std::string larger;
    larger.reserve(std::min(std::max(factor * text_.capacity(), wanted), bytes_max_));
    larger = text_;
    text_.swap(larger);
    capacity_ = text_.capacity();
}

NumberText text_of(std::int64_t value) {
    NumberText text;
    auto end = std::to_chars(text.bytes, text.bytes + sizeof text.bytes, value);
    text.size = static_cast<std::size_t>(end.ptr - text.bytes);
    return text;
}

NumberText text_of(double value) {
    NumberText text;
    auto put = [&](std::string_view part) {
        std::memcpy(text.bytes + text.size, part.data(), part.size());
        text.size += part.size();
    };
    if (std::isnan(value)) return put("NaN"), text;
    if (std::isinf(value)) return put(value < 0 ? "-Infinity" : "Infinity"), text;
    char raw[40];
    auto end = std::to_chars(raw, raw + sizeof raw, value, std::chars_format::scientific);
    std::string_view shortest(raw, static_cast<std::size_t>(end.ptr - raw));
    if (shortest[0] == '-') put("-"), shortest.remove_prefix(1);
    std::size_t e = shortest.find('e');
    int exponent = 0;
    std::string_view power = shortest.substr(e + (shortest[e + 1] == '+' ? 2 : 1));
    std::from_chars(power.data(), power.data() + power.size(), exponent);
    char digits[24];
    std::size_t count = 0;
    for (char c : shortest.substr(0, e)) {
        if (c != '.') digits[count++] = c;
    }
    std::string_view all(digits, count);
    bool all_whole = exponent + 1 >= static_cast<int>(count);
    if ((exponent >= FIXED_EXPONENT_MAX && all_whole) || exponent < FIXED_EXPONENT_MIN) {
        put(all.substr(0, 1)), put("."), put(count > 1 ? all.substr(1) : "0");
        put(exponent < 0 ? "e-" : "e+");
        if (std::abs(exponent) < 10) put("0");
        put(text_of(static_cast<std::int64_t>(std::abs(exponent))).view());
        return text;
    }
    if (exponent < 0) {
        put("0.");
        for (int i = -1; i > exponent; --i) put("0");
        put(all);
        return text;
    }
    auto whole = static_cast<std::size_t>(exponent) + 1;
    put(all.substr(0, whole));
    for (std::size_t i = count; i < whole; ++i) put("0");
    put("."), put(count > whole ? all.substr(whole) : "0");
    return text;
}

std::string_view to_text(const Value& value, Render& render) {
    switch (value.kind()) {
        case Kind::nil:
            return "";
        case Kind::string:
        case Kind::symbol:
            return value.string();
        case Kind::boolean:
            return value.boolean() ? "true" : "false";
        case Kind::integer:
            return render.scratch().copy(text_of(value.integer()).view());
        case Kind::real:
            render.step(2);
            return render.scratch().copy(text_of(value.real()).view());
        case Kind::drop:
            return value.drop().text(render);
        case Kind::big_integer: {
            const Big& big = value.big_integer().value;
            render.step(4 + big.limbs.size() * big.limbs.size() / 24);
            return big.text_into(render.scratch().text(big.text_bytes_max()));
        }
        case Kind::range: {
            std::string text(to_text(value.range().first, render));
            text += "..";
            text += to_text(value.range().last, render);
            return kept(text, render);
        }
        case Kind::time: {
            TimeText made;
            default_text(value.time(), made.text);
            render.step(4);
            return kept(made.text, render);
        }
        case Kind::array:
        case Kind::hash: {
            std::string text;
            BoundedText bounded(text, INSPECTED_BYTES_MAX);
            inspect(value, render, bounded);
            return kept(text, render);
        }
        case Kind::blank:
        case Kind::empty:
            return "";
    }
    return "";
}

void print(const Value& value, Render& render, BoundedText& output) {
    print_nested(value, render, output, 0);
}

void inspect(const Value& value, Render& render, BoundedText& output, int depth) {
    if (depth > VALUE_DEPTH_MAX) {
        output += value.is(Kind::hash) ? "{...}" : "[...]";
        return;
    }
    render.step(1);
    switch (value.kind()) {
        case Kind::nil:
            output += "nil";
            return;
        case Kind::string:
            render.step(value.string().size() / 4);
            inspect_string(value.string(), output);
            return;
        case Kind::symbol:
            output += ':';
            output += value.string();
            return;
        case Kind::array:
            inspect_items(value.array(), render, output, depth);
            return;
        case Kind::hash:
            inspect_entries(value.hash(), render, output, depth);
            return;
        case Kind::range:
            inspect(value.range().first, render, output, depth + 1);
            output += "..";
            inspect(value.range().last, render, output, depth + 1);
            return;
        case Kind::drop:
            render.step(1);
            output += value.drop().inspected(render);
            return;
        default:
            render.step(1);
            output += to_text(value, render);
    }
}

void inspect_constant(const Value& value, BoundedText& output) {
    switch (value.kind()) {
        case Kind::string:
            return inspect_string(value.string(), output);
        case Kind::boolean:
            output += value.boolean() ? "true" : "false";
            return;
        case Kind::integer:
            output += text_of(value.integer()).view();
            return;
        case Kind::real:
            output += text_of(value.real()).view();
            return;
        case Kind::big_integer:
            output += value.big_integer().value.text();
            return;
        case Kind::range:
            inspect_constant(value.range().first, output);
            output += "..";
            inspect_constant(value.range().last, output);
            return;
        default:
            output += "nil";
    }
}

std::string_view class_name(const Value& value) {
    switch (value.kind()) {
        case Kind::nil:
            return "nil";
        case Kind::boolean:
            return value.boolean() ? "true" : "false";
        case Kind::integer:
        case Kind::big_integer:
            return "Integer";
        case Kind::real:
            return "Float";
        case Kind::string:
            return "String";
        case Kind::symbol:
            return "Symbol";
        case Kind::array:
            return "Array";
        case Kind::hash:
            return "Hash";
        case Kind::range:
            return "Range";
        case Kind::time:
            return value.time().date_only ? "Date" : "Time";
        case Kind::drop:
            return "Drop";
        case Kind::blank:
        case Kind::empty:
            return "Liquid::Condition::MethodLiteral";
    }
    return "";
}

}  // namespace liquid
