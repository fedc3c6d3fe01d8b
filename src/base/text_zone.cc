#include "base/text_zone.h"

#include <unicode/timezone.h>
#include <unicode/unistr.h>

namespace luster::text {

bool is_time_zone(std::string_view name) {
    if (name.empty() || name.size() > 64) return false;
    auto id = icu::UnicodeString::fromUTF8(
        icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size()))
    );
    icu::UnicodeString canonical;
    UBool is_system_id = false;
    UErrorCode code = U_ZERO_ERROR;
    icu::TimeZone::getCanonicalID(id, canonical, is_system_id, code);
    return U_SUCCESS(code) && is_system_id;
}

}  // namespace luster::text
