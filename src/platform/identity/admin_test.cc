#include "platform/identity/admin.h"

#include <doctest/doctest.h>

namespace luster::identity {

TEST_CASE("roles: only an agency has an agency admin, the others are held anywhere") {
    for (auto place : {OrgKind::platform, OrgKind::agency, OrgKind::organization}) {
        CHECK(check_place(Role::agency_admin, place).has_value() == (place == OrgKind::agency));
        for (auto role : {Role::viewer, Role::editor, Role::client_admin})
            CHECK(check_place(role, place));
    }
}

}  // namespace luster::identity
