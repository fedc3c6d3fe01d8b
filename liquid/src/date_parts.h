// The parts of a date and of a time of day that stand in a text, as Ruby's Date._parse finds them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace liquid {

struct DateParts {
    std::optional<std::int64_t> year, month, day, day_of_year, hour, minute, second;
    std::optional<std::int32_t> nanoseconds;
    bool searched = false;  // by one pattern after the other
    std::string zone;       // as it was written: "+02:00", "est", "utc+3"; empty: none
    // Days and weeks of the week are read, but Time.parse makes nothing of them.
    bool any() const {
        return year || month || day || day_of_year || hour || minute || second || nanoseconds;
    }
};

// `text` in small letters.
DateParts date_parts(std::string_view text);

}  // namespace liquid
