// Filters that escape, encode and strip.
#include "filters.h"
#include "search.h"
#include "text.h"
#include "utf8.h"

namespace liquid {
namespace {

std::string_view input_text(FilterCall& call) {
    constexpr std::size_t BYTES_PER_STEP = 64;
    std::string_view text = call.render.text(call.input);
    if (text.size() > BYTES_PER_STEP) call.render.step(text.size() / BYTES_PER_STEP);
    return text;
}

std::string_view entity(char c) {
    if (c > '>' || (c >= '(' && c <= ';') || c == ' ') return {};  // most characters
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        case '\'':
            return "&#39;";
        default:
            return {};
    }
}

Value escape(FilterCall& call) {
    if (call.input.is_nil()) return {};
    std::string_view text = input_text(call);
    call.render.step(text.size() / 64);
    std::size_t first = 0;
    while (first < text.size() && entity(text[first]).empty()) ++first;
    if (first == text.size()) return text;
    TextBuilder built(call.render, text.size() + 32);
    std::size_t from = 0;
    for (std::size_t at = first; at < text.size(); ++at) {
        std::string_view replacement = entity(text[at]);
        if (replacement.empty()) continue;
        built += text.substr(from, at - from);
        built += replacement;
        from = at + 1;
    }
    built += text.substr(from);
    return built.value();
}

// &(?!([a-zA-Z]+|(#\d+));)
bool is_entity(std::string_view text, std::size_t at) {
    std::size_t start = at + 1;
    std::size_t end = start;
    if (start < text.size() && text[start] == '#') {
        start = ++end;
        while (end < text.size() && utf8::is_digit(text[end])) ++end;
    } else {
        auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
        while (end < text.size() && letter(text[end])) ++end;
    }
    return end > start && end < text.size() && text[end] == ';';
}

Value escape_once(FilterCall& call) {
    std::string_view text = input_text(call);
    call.render.step(text.size() / 64);
    TextBuilder built(call.render, text.size() + 32);
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::string_view replacement = entity(text[at]);
        if (replacement.empty() || (text[at] == '&' && is_entity(text, at))) {
            built += text[at];
        } else {
            built += replacement;
        }
    }
    return built.value();
}

constexpr char HEX[] = "0123456789ABCDEF";

Value url_encode(FilterCall& call) {
    if (call.input.is_nil()) return {};
    std::string_view text = input_text(call);
    call.render.step(text.size() / 32);
    TextBuilder built(call.render, text.size() + 16);
    for (char c : text) {
        if (utf8::is_word(c) || c == '-' || c == '.' || c == '*' || c == '~') {
            // CGI.escape leaves ~ alone, and escapes *.
            if (c != '*') {
                built += c;
                continue;
            }
        }
        if (c == ' ') {
            built += '+';
            continue;
        }
        auto byte = static_cast<unsigned char>(c);
        built += '%';
        built += HEX[byte >> 4];
        built += HEX[byte & 15];
    }
    return built.value();
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

Value url_decode(FilterCall& call) {
    if (call.input.is_nil()) return {};
    std::string_view text = input_text(call);
    call.render.step(text.size() / 64);
    TextBuilder built(call.render, text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '+') {
            built += ' ';
        } else if (text[at] == '%' && at + 2 < text.size() && hex_digit(text[at + 1]) >= 0 &&
                   hex_digit(text[at + 2]) >= 0) {
            built += static_cast<char>(hex_digit(text[at + 1]) * 16 + hex_digit(text[at + 2]));
            at += 2;
        } else {
            built += text[at];
        }
    }
    Value decoded = built.value();
    if (!utf8::valid(decoded.string())) {
        throw Error(ErrorType::argument, "invalid byte sequence in UTF-8");
    }
    return decoded;
}

constexpr std::string_view PLAIN =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view URL_SAFE =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

Value encode64(FilterCall& call, std::string_view alphabet) {
    std::string_view text = input_text(call);
    call.render.step(text.size() / 64);
    TextBuilder built(call.render, (text.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < text.size(); at += 3) {
        std::uint32_t triple = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            triple =
                triple << 8 | (at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            built += at + i > text.size() ? '=' : alphabet[triple >> (18 - 6 * i) & 63];
        }
    }
    return built.value();
}

int digit_of(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

Value decode64(FilterCall& call, bool url_safe, const char* message) {
    std::string_view text = input_text(call);
    auto refuse = [&] { throw Error(ErrorType::argument, message); };
    call.render.step(text.size() / 32);
    std::string_view digits = text;
    while (digits.ends_with('=') && text.size() - digits.size() < 2) digits.remove_suffix(1);
    bool padded = digits.size() != text.size();
    // The url-safe form may come without padding; the strict one may not.
    if ((!url_safe || padded) && text.size() % 4 != 0) refuse();
    if (digits.size() % 4 == 1) refuse();
    TextBuilder built(call.render, digits.size() / 4 * 3 + 3);
    std::uint32_t bits = 0;
    int count = 0;
    for (char c : digits) {
        if (url_safe && c == '-') c = '+';
        if (url_safe && c == '_') c = '/';
        int value = digit_of(c);
        if (value < 0) refuse();
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            built += static_cast<char>(bits >> count & 255);
        }
    }
    if ((bits & ((1U << count) - 1)) != 0) refuse();
    return built.value();
}

Value base64_encode(FilterCall& call) {
    return encode64(call, PLAIN);
}
Value base64_url_safe_encode(FilterCall& call) {
    return encode64(call, URL_SAFE);
}
Value base64_decode(FilterCall& call) {
    return decode64(call, false, "invalid base64 provided to base64_decode");
}
Value base64_url_safe_decode(FilterCall& call) {
    return decode64(call, true, "invalid base64 provided to base64_url_safe_decode");
}

// Removes what stands between an opening and a closing mark; one that is not closed stays. The
// search for a closing mark that failed once fails behind it as well, so this is one pass.
struct Region {
    std::string_view open;
    std::string_view close;
    bool hopeless = false;
};

Value strip_html(FilterCall& call) {
    std::string_view text = input_text(call);
    if (text.find('<') == std::string_view::npos) return text;
    call.render.step(text.size() / 8);
    Region regions[] = {{"<script", "</script>"}, {"<!--", "-->"}, {"<style", "</style>"}};
    TextBuilder without_blocks(call.render, text.size());
    for (std::size_t at = 0; at < text.size();) {
        std::size_t open = std::min(text.find('<', at), text.size());
        without_blocks += text.substr(at, open - at);
        at = open;
        if (at == text.size()) break;
        std::size_t end = std::string_view::npos;
        bool begins = at + 1 < text.size() && (text[at + 1] == 's' || text[at + 1] == '!');
        for (Region& region : regions) {
            if (!begins) break;
            if (region.hopeless || text.substr(at, region.open.size()) != region.open) continue;
            end = find_text(text, region.close, at + region.open.size());
            if (end == std::string_view::npos) {
                region.hopeless = true;
                continue;
            }
            end += region.close.size();
            break;
        }
        if (end == std::string_view::npos) {
            without_blocks += text[at++];
        } else {
            at = end;
        }
    }
    std::string_view rest = without_blocks.value().string();
    TextBuilder built(call.render, rest.size());
    for (std::size_t at = 0; at < rest.size();) {
        std::size_t open = std::min(rest.find('<', at), rest.size());
        std::size_t close = rest.find('>', open);
        if (close == std::string_view::npos) {
            built += rest.substr(at);
            break;
        }
        built += rest.substr(at, open - at);
        at = close + 1;
    }
    return built.value();
}

constexpr FilterEntry FILTERS[] = {
    {"escape", escape, 0, 0, false, true, true},
    {"h", escape, 0, 0, false, true, true},
    {"escape_once", escape_once, 0, 0},
    {"url_encode", url_encode, 0, 0},
    {"url_decode", url_decode, 0, 0},
    {"base64_encode", base64_encode, 0, 0},
    {"base64_decode", base64_decode, 0, 0},
    {"base64_url_safe_encode", base64_url_safe_encode, 0, 0},
    {"base64_url_safe_decode", base64_url_safe_decode, 0, 0},
    {"strip_html", strip_html, 0, 0},
};
}  // namespace

std::span<const FilterEntry> html_filters() {
    return FILTERS;
}

void escape_into(std::string_view text, BoundedText& output) {
    std::size_t from = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::string_view replacement = entity(text[at]);
        if (replacement.empty()) continue;
        output += text.substr(from, at - from);
        output += replacement;
        from = at + 1;
    }
    output += text.substr(from);
}

}  // namespace liquid
