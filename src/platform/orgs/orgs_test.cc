#include "platform/orgs/orgs.h"

#include <doctest/doctest.h>

namespace luster::orgs {

TEST_CASE("organizations: only an agency and the platform are above others") {
    CHECK(check_parent({OrgKind::platform, OrgStatus::active}));
    CHECK(check_parent({OrgKind::agency, OrgStatus::provisioning}));
    CHECK(check_parent({OrgKind::agency, OrgStatus::failed}));
    auto refused = check_parent({OrgKind::organization, OrgStatus::active});
    REQUIRE(!refused);
    CHECK(refused.error().message.key == "orgs_not_an_agency");
}

TEST_CASE("organizations: nothing is made below one that is being removed") {
    for (auto status : {OrgStatus::deleting, OrgStatus::deleted}) {
        auto refused = check_parent({OrgKind::agency, status});
        REQUIRE(!refused);
        CHECK(refused.error().message.key == "orgs_parent_is_going");
    }
}

}  // namespace luster::orgs
