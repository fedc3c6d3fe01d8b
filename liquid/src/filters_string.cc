// Filters that change texts.
#include "filters.h"
#include "liquid/arena.h"
#include "search.h"
#include "text.h"
#include "utf8.h"

#include <algorithm>

namespace liquid {
namespace {

[[noreturn]] void invalid(const char* message) {
    throw Error(ErrorType::argument, message);
}

// Going through a text once costs a step for each of so many bytes.
constexpr std::size_t BYTES_PER_STEP = 64;

std::string_view input_text(FilterCall& call) {
    std::string_view text = call.render.text(call.input);
    if (text.size() > BYTES_PER_STEP) call.render.step(text.size() / BYTES_PER_STEP);
    return text;
}
std::string_view argument_text(FilterCall& call, std::size_t index) {
    return call.render.text(call.argument(index));
}
// Characters may have to be looked at one by one, and more than once.
void count_characters(std::string_view text, Render& render) {
    render.step(text.size() / 16);
}
// The text that is looked through for another.
std::string_view searched_text(FilterCall& call, std::string_view wanted) {
    std::string_view text = call.render.text(call.input);
    call.render.step((text.size() + wanted.size()) / SEARCHED_BYTES_PER_STEP);
    return text;
}

// Letters between `from` and the 26th after it change their case.
char ascii_cased(char c, char from) {
    auto place = static_cast<unsigned char>(c - from);
    return place < 26 ? static_cast<char>(c ^ 0x20) : c;
}

Value mapped(FilterCall& call, utf8::Mapped (*map)(std::uint32_t), char from) {
    std::string_view text = input_text(call);
    if (utf8::ascii(text)) {
        char* made = call.render.scratch().text(text.size());
        for (std::size_t i = 0; i < text.size(); ++i) made[i] = ascii_cased(text[i], from);
        call.render.count_filter_bytes(text.size());
        return std::string_view(made, text.size());
    }
    TextBuilder built(call.render, text.size());
    call.render.step(text.size() / 2);  // two tables are searched for each character
    for (std::size_t at = 0; at < text.size();) {
        std::size_t bytes = 1;
        std::int32_t point = utf8::decode(text, at, bytes);
        if (point < 0) invalid("input string invalid");
        utf8::Mapped result = map(static_cast<std::uint32_t>(point));
        built.append_point(result.points[0]);
        for (int i = 1; i < 3 && result.points[i] != 0; ++i) built.append_point(result.points[i]);
        at += bytes;
    }
    return built.value();
}

Value upcase(FilterCall& call) {
    return mapped(call, utf8::upper, 'a');
}
Value downcase(FilterCall& call) {
    return mapped(call, utf8::lower, 'A');
}

Value capitalize(FilterCall& call) {
    std::string_view text = input_text(call);
    if (utf8::ascii(text)) {
        char* made = call.render.scratch().text(text.size());
        for (std::size_t i = 0; i < text.size(); ++i) {
            made[i] = ascii_cased(text[i], i == 0 ? 'a' : 'A');
        }
        call.render.count_filter_bytes(text.size());
        return std::string_view(made, text.size());
    }
    TextBuilder built(call.render, text.size());
    call.render.step(text.size() / 2);
    for (std::size_t at = 0; at < text.size();) {
        std::size_t bytes = 1;
        std::int32_t point = utf8::decode(text, at, bytes);
        if (point < 0) invalid("input string invalid");
        auto code = static_cast<std::uint32_t>(point);
        utf8::Mapped result = at == 0 ? utf8::title(code) : utf8::lower(code);
        built.append_point(result.points[0]);
        for (int i = 1; i < 3 && result.points[i] != 0; ++i) built.append_point(result.points[i]);
        at += bytes;
    }
    return built.value();
}

Value append(FilterCall& call) {
    std::string_view text = input_text(call);
    std::string_view tail = argument_text(call, 0);
    call.render.count_filter_bytes(tail.size());
    if (text.empty()) return tail;
    // A text that grows step by step is lengthened where it stands.
    char* room = call.render.scratch().extend(text.data() + text.size(), tail.size());
    if (room != nullptr) {
        std::memcpy(room, tail.data(), tail.size());
        return std::string_view(text.data(), text.size() + tail.size());
    }
    TextBuilder built(call.render, text.size() + tail.size());
    built += text;
    built += tail;
    return built.value();
}

Value prepend(FilterCall& call) {
    std::string_view text = input_text(call);
    std::string_view head = argument_text(call, 0);
    TextBuilder built(call.render, text.size() + head.size());
    built += head;
    built += text;
    return built.value();
}

Value strip(FilterCall& call) {
    return utf8::strip(input_text(call));
}
Value lstrip(FilterCall& call) {
    return utf8::strip_left(input_text(call));
}
Value rstrip(FilterCall& call) {
    return utf8::strip_right(input_text(call));
}

Value squish(FilterCall& call) {
    if (call.input.is_nil()) return {};
    std::string_view text = utf8::strip(input_text(call));
    TextBuilder built(call.render, text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!utf8::is_space(text[at])) {
            built += text[at];
        } else if (!utf8::is_space(text[at - 1])) {
            built += ' ';
        }
    }
    return built.value();
}

Value strip_newlines(FilterCall& call) {
    std::string_view text = input_text(call);
    if (text.find('\n') == std::string_view::npos) return text;
    TextBuilder built(call.render, text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') continue;
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        built += text[i];
    }
    return built.value();
}

Value newline_to_br(FilterCall& call) {
    std::string_view text = input_text(call);
    if (text.find('\n') == std::string_view::npos) return text;
    TextBuilder built(call.render, text.size() + text.size() / 4);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        if (text[i] == '\n') {
            built += "<br />\n";
        } else {
            built += text[i];
        }
    }
    return built.value();
}

// An empty pattern matches in front of every character and at the end.
Value replace_everywhere(
    Render& render, std::string_view text, std::string_view wanted, std::string_view replacement
) {
    TextBuilder built(render, text.size());
    if (wanted.empty()) {
        render.step(text.size() / 8);
        for (std::size_t at = 0; at < text.size();) {
            std::size_t bytes = utf8::width(text, at);
            built += replacement;
            built += text.substr(at, bytes);
            at += bytes;
        }
        built += replacement;
        return built.value();
    }
    std::size_t at = 0;
    std::size_t matches = 0;
    while (true) {
        std::size_t found = find_text(text, wanted, at);
        if (found == std::string_view::npos) break;
        built += text.substr(at, found - at);
        built += replacement;
        at = found + wanted.size();
        ++matches;
    }
    render.step(matches / 3);
    if (at == 0) return text;
    built += text.substr(at);
    return built.value();
}

Value spliced(
    Render& render,
    std::string_view text,
    std::size_t at,
    std::size_t bytes,
    std::string_view replacement
) {
    if (at == std::string_view::npos) return text;
    TextBuilder built(render, text.size() + replacement.size());
    built += text.substr(0, at);
    built += replacement;
    built += text.substr(at + bytes);
    return built.value();
}

// Ruby's gsub and sub read \\ and \0 in replacements.
std::string_view unescaped(FilterCall& call, std::string_view replacement, std::string_view match) {
    call.render.step(replacement.size() / 64);
    if (replacement.find('\\') == std::string_view::npos) return replacement;
    TextBuilder built(call.render, replacement.size());
    for (std::size_t i = 0; i < replacement.size(); ++i) {
        char next = replacement[i] == '\\' && i + 1 < replacement.size() ? replacement[i + 1] : 'x';
        if (next == '\\') {
            built += '\\';
            ++i;
        } else if (next == '0' || next == '&') {
            built += match;
            ++i;
        } else if (utf8::is_digit(next) || next == '`' || next == '\'') {
            ++i;
        } else {
            built += replacement[i];
        }
    }
    return built.value().string();
}

Value replace(FilterCall& call) {
    std::string_view wanted = argument_text(call, 0);
    std::string_view replacement = unescaped(call, argument_text(call, 1), wanted);
    return replace_everywhere(call.render, searched_text(call, wanted), wanted, replacement);
}

Value replace_first(FilterCall& call) {
    std::string_view wanted = argument_text(call, 0);
    std::string_view text = searched_text(call, wanted);
    std::string_view replacement = unescaped(call, argument_text(call, 1), wanted);
    return spliced(call.render, text, find_text(text, wanted), wanted.size(), replacement);
}

Value replace_last(FilterCall& call) {
    std::string_view wanted = argument_text(call, 0);
    std::string_view text = searched_text(call, wanted);
    return spliced(
        call.render,
        text,
        find_last_text(text, wanted, call.render.scratch()),
        wanted.size(),
        argument_text(call, 1)
    );
}

Value remove(FilterCall& call) {
    std::string_view wanted = argument_text(call, 0);
    if (wanted.empty()) return input_text(call);
    return replace_everywhere(call.render, searched_text(call, wanted), wanted, "");
}

Value remove_first(FilterCall& call) {
    std::string_view wanted = argument_text(call, 0);
    std::string_view text = searched_text(call, wanted);
    return spliced(call.render, text, find_text(text, wanted), wanted.size(), "");
}

Value remove_last(FilterCall& call) {
    std::string_view wanted = argument_text(call, 0);
    std::string_view text = searched_text(call, wanted);
    return spliced(
        call.render, text, find_last_text(text, wanted, call.render.scratch()), wanted.size(), ""
    );
}

Value truncate(FilterCall& call) {
    if (call.input.is_nil()) return {};
    std::string_view text = input_text(call);
    std::int64_t length = small_integer(to_integer(call.argument(0, 50), call.render));
    std::string_view ellipsis = call.render.text(call.argument(1, "..."));
    if (length >= static_cast<std::int64_t>(text.size())) return text;
    count_characters(text, call.render);
    count_characters(ellipsis, call.render);
    if (static_cast<std::int64_t>(utf8::length(text)) <= length) return text;
    std::int64_t kept = std::max<std::int64_t>(
        saturated_sum(length, -static_cast<std::int64_t>(utf8::length(ellipsis))), 0
    );
    TextBuilder built(call.render);
    built += text.substr(0, utf8::offset(text, static_cast<std::size_t>(kept)));
    built += ellipsis;
    return built.value();
}

Value truncatewords(FilterCall& call) {
    if (call.input.is_nil()) return {};
    std::string_view text = input_text(call);
    std::int64_t words = small_integer(to_integer(call.argument(0, 15), call.render));
    std::string_view ellipsis = call.render.text(call.argument(1, "..."));
    words = std::max<std::int64_t>(words, 1);
    call.render.step(text.size() / 32);
    TextBuilder built(call.render);
    std::size_t at = 0;
    for (std::int64_t count = 0; at < text.size(); ++count) {
        if (count == words) {  // more than was asked for: even blanks alone count as one more
            built += ellipsis;
            return built.value();
        }
        while (at < text.size() && utf8::is_space(text[at])) ++at;
        std::size_t start = at;
        while (at < text.size() && !utf8::is_space(text[at])) ++at;
        if (at == start) break;
        if (count > 0) built += ' ';
        built += text.substr(start, at - start);
    }
    return text;
}

void split_at_blanks(std::string_view text, Array& parts) {
    for (std::size_t at = 0; at < text.size();) {
        while (at < text.size() && utf8::is_space(text[at])) ++at;
        std::size_t start = at;
        while (at < text.size() && !utf8::is_space(text[at])) ++at;
        if (at > start) parts.push(text.substr(start, at - start));
    }
}

Value split(FilterCall& call) {
    std::string_view separator = argument_text(call, 0);
    std::string_view text = searched_text(call, separator);
    Array* parts = call.render.scratch().array();
    if (separator == " ") {
        split_at_blanks(text, *parts);
    } else if (separator.empty()) {
        call.render.step(text.size() / 4);
        for (std::size_t at = 0; at < text.size();) {
            std::size_t bytes = utf8::width(text, at);
            parts->push(text.substr(at, bytes));
            at += bytes;
        }
    } else if (!text.empty()) {
        std::size_t at = 0;
        std::size_t kept = 0;  // empty parts at the end are dropped
        while (true) {
            std::size_t found = std::min(find_text(text, separator, at), text.size());
            parts->push(text.substr(at, found - at));
            if (found > at) kept = parts->size();
            if (found == text.size()) break;
            at = found + separator.size();
        }
        auto* trimmed =
            call.render.scratch().make<Array>(call.render.scratch(), parts->begin(), kept);
        call.render.step(parts->size());
        return trimmed;
    }
    call.render.step(parts->size());
    return parts;
}

Value slice(FilterCall& call) {
    std::int64_t offset = small_integer(to_integer(call.argument(0), call.render));
    Value wanted = call.argument(1);
    std::int64_t length = wanted.truthy() ? small_integer(to_integer(wanted, call.render)) : 1;
    auto cut = [&](std::int64_t size, std::size_t& begin, std::size_t& count) {
        if (offset < 0) offset = saturated_sum(offset, size);
        if (offset < 0 || offset > size || length < 0) return false;
        begin = static_cast<std::size_t>(offset);
        count = static_cast<std::size_t>(std::min(length, size - offset));
        return true;
    };
    std::size_t begin = 0;
    std::size_t count = 0;
    if (call.input.is(Kind::array)) {
        const Array& array = call.input.array();
        Array* part = call.render.scratch().array();
        if (cut(static_cast<std::int64_t>(array.size()), begin, count)) {
            call.render.step(count);
            for (std::size_t i = 0; i < count; ++i) part->push(array[begin + i]);
        }
        return part;
    }
    std::string_view text = input_text(call);
    count_characters(text, call.render);
    if (!cut(static_cast<std::int64_t>(utf8::length(text)), begin, count)) return "";
    std::size_t from = utf8::offset(text, begin);
    std::string_view rest = text.substr(from);
    return rest.substr(0, utf8::offset(rest, count));
}

constexpr FilterEntry FILTERS[] = {
    {"upcase", upcase, 0, 0},
    {"downcase", downcase, 0, 0},
    {"capitalize", capitalize, 0, 0},
    {"append", append, 1, 1},
    {"prepend", prepend, 1, 1},
    {"strip", strip, 0, 0},
    {"lstrip", lstrip, 0, 0},
    {"rstrip", rstrip, 0, 0},
    {"squish", squish, 0, 0},
    {"strip_newlines", strip_newlines, 0, 0},
    {"newline_to_br", newline_to_br, 0, 0},
    {"replace", replace, 1, 2},
    {"replace_first", replace_first, 1, 2},
    {"replace_last", replace_last, 2, 2},
    {"remove", remove, 1, 1},
    {"remove_first", remove_first, 1, 1},
    {"remove_last", remove_last, 1, 1},
    {"truncate", truncate, 0, 2},
    {"truncatewords", truncatewords, 0, 2},
    {"split", split, 1, 1},
    {"slice", slice, 1, 2},
};
}  // namespace

std::span<const FilterEntry> string_filters() {
    return FILTERS;
}

}  // namespace liquid
