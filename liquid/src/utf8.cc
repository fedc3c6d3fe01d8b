#include "utf8.h"

#include <cstring>

namespace liquid::utf8 {

std::int32_t decode(std::string_view text, std::size_t at, std::size_t& bytes) {
    auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    unsigned first = byte(0);
    bytes = 1;
    if (first < 0x80) return static_cast<std::int32_t>(first);
    std::size_t wanted = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || at + wanted > text.size()) return -1;
    std::int32_t point = static_cast<std::int32_t>(first & (0x7fU >> wanted));
    for (std::size_t i = 1; i < wanted; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return -1;
        point = (point << 6) | (byte(i) & 0x3f);
    }
    if (wanted == 3 && (point < 0x800 || (point >= 0xd800 && point <= 0xdfff))) return -1;
    if (wanted == 4 && (point < 0x10000 || point > 0x10ffff)) return -1;
    bytes = wanted;
    return point;
}

std::size_t width(std::string_view text, std::size_t at) {
    if (static_cast<unsigned char>(text[at]) < 0x80) return 1;
    std::size_t bytes = 1;
    decode(text, at, bytes);
    return bytes;
}

std::size_t encode(std::uint32_t point, char* at) {
    auto put = [&](std::size_t i, std::uint32_t byte) { at[i] = static_cast<char>(byte); };
    if (point < 0x80) return put(0, point), 1;
    if (point < 0x800) return put(0, 0xc0 | point >> 6), put(1, 0x80 | (point & 0x3f)), 2;
    if (point < 0x10000) {
        put(0, 0xe0 | point >> 12), put(1, 0x80 | (point >> 6 & 0x3f));
        return put(2, 0x80 | (point & 0x3f)), 3;
    }
    put(0, 0xf0 | point >> 18), put(1, 0x80 | (point >> 12 & 0x3f));
    return put(2, 0x80 | (point >> 6 & 0x3f)), put(3, 0x80 | (point & 0x3f)), 4;
}

void append(std::string& text, std::uint32_t point) {
    char bytes[4];
    text.append(bytes, encode(point, bytes));
}

bool ascii(std::string_view text) {
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word;
        std::memcpy(&word, text.data() + i, 8);
        if ((word & 0x8080808080808080ULL) != 0) return false;
    }
    for (; i < text.size(); ++i) {
        if (static_cast<unsigned char>(text[i]) >= 0x80) return false;
    }
    return true;
}

bool valid(std::string_view text) {
    if (ascii(text)) return true;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t bytes = 1;
        if (decode(text, at, bytes) < 0) return false;
        at += bytes;
    }
    return true;
}

std::size_t length(std::string_view text) {
    if (ascii(text)) return text.size();
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); at += width(text, at)) ++count;
    return count;
}

std::size_t offset(std::string_view text, std::size_t index) {
    if (index >= text.size()) return text.size();
    if (ascii(text.substr(0, index))) return index;
    std::size_t at = 0;
    for (; index > 0 && at < text.size(); --index) at += width(text, at);
    return at;
}

std::string_view strip_left(std::string_view text) {
    // Ruby's lstrip takes a NUL as well.
    while (!text.empty() && (is_space(text.front()) || text.front() == '\0')) text.remove_prefix(1);
    return text;
}

std::string_view strip_right(std::string_view text) {
    while (!text.empty() && (is_space(text.back()) || text.back() == '\0')) text.remove_suffix(1);
    return text;
}

std::string_view strip(std::string_view text) {
    return strip_right(strip_left(text));
}

}  // namespace liquid::utf8
