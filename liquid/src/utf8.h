// Text as Ruby sees it: characters are code points, and a byte that starts none is one of its own.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace liquid::utf8 {

// Bytes of the character at `at`; 1 for a byte that is not valid there.
std::size_t width(std::string_view text, std::size_t at);
// Its code point, or -1 where the bytes are not valid.
std::int32_t decode(std::string_view text, std::size_t at, std::size_t& bytes);
void append(std::string& text, std::uint32_t code_point);
std::size_t encode(std::uint32_t code_point, char* at);
bool valid(std::string_view text);
bool ascii(std::string_view text);
std::size_t length(std::string_view text);
// The byte at which character number `index` begins; text.size() beyond the end.
std::size_t offset(std::string_view text, std::size_t index);

// What String#strip takes away in front and behind, and what \s means in Ruby.
inline bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
std::string_view strip_left(std::string_view text);
std::string_view strip_right(std::string_view text);
std::string_view strip(std::string_view text);
inline bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Case by Unicode's tables: up to three code points; 0 ends them.
struct Mapped {
    std::uint32_t points[3];
};
Mapped upper(std::uint32_t code_point);
Mapped lower(std::uint32_t code_point);
Mapped title(std::uint32_t code_point);
bool printable(std::uint32_t code_point);

}  // namespace liquid::utf8
