#include "io/s3/buckets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace luster::s3 {
namespace {

bool lower_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// The length of the UTF-8 sequence at `text`, 0 when it is none (overlong forms and surrogates
// included).
std::size_t sequence_length(std::string_view text) {
    auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    unsigned first = byte(0);
    if (first < 0x80) return 1;
    std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return 0;
    }
    if (first == 0xe0 && byte(1) < 0xa0) return 0;
    if (first == 0xed && byte(1) > 0x9f) return 0;
    if (first == 0xf0 && byte(1) < 0x90) return 0;
    if (first == 0xf4 && byte(1) > 0x8f) return 0;
    return length;
}

bool printable_utf8(std::string_view text) {
    while (!text.empty()) {
        auto length = sequence_length(text);
        auto first = static_cast<unsigned char>(text[0]);
        if (length == 0 || first < 0x20 || first == 0x7f) return false;
        if (first == 0xc2 && static_cast<unsigned char>(text[1]) < 0xa0)
            return false;  // C1 controls
        text.remove_prefix(length);
    }
    return true;
}

bool is_segment(std::string_view segment) {
    return !segment.empty() && segment.size() <= segment_bytes_max && segment.front() != '.' &&
           segment.find('\\') == std::string_view::npos;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 24> media_types{{
    {"avif", "image/avif"},
    {"css", "text/css; charset=utf-8"},
    {"csv", "text/csv; charset=utf-8"},
    {"gif", "image/gif"},
    {"html", "text/html; charset=utf-8"},
    {"ico", "image/x-icon"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"js", "text/javascript; charset=utf-8"},
    {"json", "application/json"},
    {"md", "text/markdown; charset=utf-8"},
    {"mp3", "audio/mpeg"},
    {"mp4", "video/mp4"},
    {"otf", "font/otf"},
    {"pdf", "application/pdf"},
    {"png", "image/png"},
    {"svg", "image/svg+xml"},
    {"ttf", "font/ttf"},
    {"txt", "text/plain; charset=utf-8"},
    {"webm", "video/webm"},
    {"webp", "image/webp"},
    {"woff", "font/woff"},
    {"woff2", "font/woff2"},
    {"xml", "application/xml"},
}};

}  // namespace

bool is_bucket_name(std::string_view name) {
    return name.size() >= 3 && name.size() <= 63 && lower_or_digit(name.front()) &&
           lower_or_digit(name.back()) &&
           std::ranges::all_of(name, [](char c) { return lower_or_digit(c) || c == '-'; });
}

bool is_key(std::string_view key) {
    if (key.size() > key_bytes_max || !printable_utf8(key)) return false;
    while (true) {
        auto slash = key.find('/');
        if (!is_segment(key.substr(0, slash))) return false;
        if (slash == std::string_view::npos) return true;
        key.remove_prefix(slash + 1);
    }
}

bool is_media_type(std::string_view type) {
    auto slash = type.find('/');
    return type.size() <= 255 && slash != std::string_view::npos && slash > 0 &&
           slash + 1 < type.size() &&
           std::ranges::all_of(type, [](char c) { return c >= ' ' && c <= '~'; });
}

std::string_view media_type_of(std::string_view key) {
    auto dot = key.rfind('.');
    if (dot != std::string_view::npos) {
        std::string ending(key.substr(dot + 1));
        for (char& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        auto found = std::ranges::find(media_types, ending, [](auto& pair) { return pair.first; });
        if (found != media_types.end()) return found->second;
    }
    return "application/octet-stream";
}

std::string media_bucket(OrgId organization) {
    return fmt::format("org-{}-media", organization.value);
}

Pieces pieces_of(std::string whole) {
    auto rest = std::make_shared<std::string>(std::move(whole));
    return [rest]() -> Task<std::string> { co_return std::exchange(*rest, std::string()); };
}

Task<std::string> read_all(Pieces pieces) {
    std::string whole;
    while (true) {
        auto piece = co_await pieces();
        if (piece.empty()) co_return whole;
        whole += piece;
    }
}

}  // namespace luster::s3
