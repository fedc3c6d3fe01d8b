#include "platform/orgs/orgs.h"

#include <doctest/doctest.h>

namespace luster::orgs {

TEST_CASE("organizations: only an agency and the platform are above others") {
    CHECK(check_parent(OrgKind::platform));
    CHECK(check_parent(OrgKind::agency));
    auto refused = check_parent(OrgKind::organization);
    REQUIRE(!refused);
    CHECK(refused.error().message.key == "orgs_not_an_agency");
}

}  // namespace luster::orgs
