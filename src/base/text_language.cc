#include "base/text_language.h"

#include <algorithm>

namespace luster::text {

bool is_language_tag(std::string_view tag) {
    auto first = tag.substr(0, tag.find('-'));
    bool small = std::ranges::all_of(first, [](char c) { return c >= 'a' && c <= 'z'; });
    if (!small || first.size() < 2 || first.size() > 3) return false;
    while (first.size() < tag.size()) {
        tag.remove_prefix(first.size() + 1);
        first = tag.substr(0, tag.find('-'));
        bool plain = std::ranges::all_of(first, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        });
        if (!plain || first.size() < 2 || first.size() > 8) return false;
    }
    return true;
}

}  // namespace luster::text
