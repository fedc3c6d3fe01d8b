#include "core/audit/audit.h"

#include "testing/postgres.h"

using namespace luster;
using namespace luster::testing;

PG_TEST(Audit, has_one_entry_an_act_and_none_is_changed_afterwards) {
    auto& control = *co_await t.control();
    auto now = t.clock.now();
    auto id = new_id<EventTag>(now, t.random);
    audit::Entry entry{
        .organization = OrgId{7},
        .user = new_id<UserTag>(now, t.random),
        .user_name = "Edda",
        .action = "page.publish",
        .target = "page_1"
    };
    for (int i = 0; i < 2; ++i) {  // an event is delivered at least once
        auto tx = co_await control.begin();
        co_await audit::enter(tx, id, now, entry);
        co_await tx.commit();
    }
    auto rows = co_await t.control_sql("SELECT count(*)::text, min(user_name) FROM audit_entry");
    CHECK(rows.at(0).at(0) == "1");
    CHECK(rows.at(0).at(1) == "Edda");
    for (auto sql :
         {"UPDATE audit_entry SET user_name = 'x'",
          "DELETE FROM audit_entry",
          "TRUNCATE audit_entry"}) {
        CHECK_THROWS_AS(co_await t.control_sql(sql), pg::Error);
    }
}
