#include "base/ids.h"

#include <doctest/doctest.h>

namespace luster {

TEST_CASE(
    "ids: a page's id neither parses as a user's nor with a letter changed to one outside the "
    "alphabet"
) {
    std::array<std::uint8_t, 10> random{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    PageId page{Uuid::v7(Time{1'795'516'200'000'000}, random)};
    auto text = page.text();
    CHECK(text.size() == 5 + 26);
    CHECK(PageId::parse(text) == page);
    CHECK(!UserId::parse(text));
    text.back() = 'u';
    CHECK(!PageId::parse(text));
    CHECK(!PageId::parse("page_8zzzzzzzzzzzzzzzzzzzzzzzzz"));
}

TEST_CASE("ids: a UUIDv7 sorts by its time and says version 7, variant 10") {
    std::array<std::uint8_t, 10> high{255, 255, 255, 255, 255, 255, 255, 255, 255, 255}, low{};
    auto earlier = Uuid::v7(Time{1'000'000}, high), later = Uuid::v7(Time{1'001'000}, low);
    CHECK(earlier < later);
    CHECK(earlier.text()[14] == '7');
    CHECK(Uuid::parse(earlier.text()) == earlier);
    CHECK(!Uuid::parse("01890a5d-ac96-774b-bcce-b302099a805"));
}

TEST_CASE("ids: an organization's id is a positive number without leading zeros") {
    CHECK(OrgId::parse("org_7")->value == 7);
    for (auto wrong : {"org_", "org_07", "org_-1", "org_7x", "7", "org_99999999999999999999"}) {
        CHECK(!OrgId::parse(wrong));
    }
}

TEST_CASE("time: RFC 3339 is read with offsets and fractions, and nothing else") {
    CHECK(
        to_rfc3339(*parse_rfc3339("2026-11-24T12:30:00.25+02:00")) == "2026-11-24T10:30:00.250000Z"
    );
    CHECK(to_http_date(*parse_rfc3339("2026-11-24T10:30:00Z")) == "Tue, 24 Nov 2026 10:30:00 GMT");
    for (auto wrong :
         {"2026-02-30T00:00:00Z", "2026-11-24", "2026-11-24T24:00:00Z", "2026-11-24T10:30:00", ""
         }) {
        CHECK(!parse_rfc3339(wrong));
    }
}

}  // namespace luster
