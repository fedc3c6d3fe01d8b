#include "base/text_visible.h"

#include <cstdint>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace luster::text {
namespace {

bool is_deceptive(UChar32 c) {
    bool turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    bool is_nothing =
        c == 0x200b || (c >= 0x2060 && c <= 0x2065) || (c >= 0x206a && c <= 0x206f) || c == 0xfeff;
    return turns || is_nothing || u_charType(c) == U_PRIVATE_USE_CHAR;
}

bool is_blank(UChar32 c) {
    constexpr UChar32 braille_blank = 0x2800;
    return u_isUWhiteSpace(c) || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
           c == braille_blank;
}

template <class Judge>
bool any_of(std::string_view utf8, Judge judge) {
    auto size = static_cast<std::int32_t>(utf8.size());
    for (std::int32_t at = 0; at < size;) {
        UChar32 c;
        U8_NEXT(utf8.data(), at, size, c);
        if (judge(c)) return true;
    }
    return false;
}

}  // namespace

bool has_deceptive(std::string_view utf8) {
    return any_of(utf8, is_deceptive);
}

bool is_visible(std::string_view utf8) {
    return any_of(utf8, [](UChar32 c) { return !is_blank(c); });
}

}  // namespace luster::text
