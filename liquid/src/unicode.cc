#include "unicode_tables.h"
#include "utf8.h"

#include <algorithm>
#include <iterator>

namespace liquid::utf8 {
namespace {
const CaseSpecial* special(std::uint32_t point) {
    const auto* found = std::lower_bound(
        std::begin(CASE_SPECIALS),
        std::end(CASE_SPECIALS),
        point,
        [](const CaseSpecial& entry, std::uint32_t wanted) { return entry.point < wanted; }
    );
    return found != std::end(CASE_SPECIALS) && found->point == point ? found : nullptr;
}

const CaseRun* run(std::uint32_t point) {
    // Runs overlap (every second letter), so the ones that begin before are looked through.
    const auto* after = std::upper_bound(
        std::begin(CASE_RUNS),
        std::end(CASE_RUNS),
        point,
        [](std::uint32_t wanted, const CaseRun& entry) { return wanted < entry.first; }
    );
    for (int tries = 0; after != std::begin(CASE_RUNS) && tries < 4; ++tries) {
        --after;
        if (point <= after->last && (point - after->first) % after->stride == 0) return after;
    }
    return nullptr;
}

Mapped single(std::uint32_t point) {
    return {{point, 0, 0}};
}
Mapped triple(const std::uint32_t (&points)[3]) {
    return {{points[0], points[1], points[2]}};
}
std::uint32_t moved(std::uint32_t point, std::int32_t distance) {
    return static_cast<std::uint32_t>(static_cast<std::int32_t>(point) + distance);
}
}  // namespace

Mapped upper(std::uint32_t point) {
    if (point < 0x80) return single(point >= 'a' && point <= 'z' ? point - 32 : point);
    if (const CaseSpecial* entry = special(point)) return triple(entry->upper);
    if (const CaseRun* found = run(point)) return single(moved(point, found->upper));
    return single(point);
}

Mapped lower(std::uint32_t point) {
    if (point < 0x80) return single(point >= 'A' && point <= 'Z' ? point + 32 : point);
    if (const CaseSpecial* entry = special(point)) return triple(entry->lower);
    if (const CaseRun* found = run(point)) return single(moved(point, found->lower));
    return single(point);
}

Mapped title(std::uint32_t point) {
    if (const CaseSpecial* entry = point < 0x80 ? nullptr : special(point)) {
        return triple(entry->title);
    }
    return upper(point);
}

bool printable(std::uint32_t point) {
    const auto* after = std::upper_bound(
        std::begin(NOT_PRINTABLE),
        std::end(NOT_PRINTABLE),
        point,
        [](std::uint32_t wanted, const PointRange& range) { return wanted < range.first; }
    );
    return after == std::begin(NOT_PRINTABLE) || point > (after - 1)->last;
}

}  // namespace liquid::utf8
