#include "core/outbox/outbox.h"

#include "core/outbox/store.h"
#include "testing/tenant.h"

using namespace luster;
using namespace luster::testing;
using namespace std::chrono_literals;

namespace {

struct PageMoved {
    static constexpr std::string_view kind = "test.page_moved";
    PageId page;
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(PageMoved, (), (page, number))

// Whoever hears of it tells PageMoved.
struct PageCopied {
    static constexpr std::string_view kind = "test.page_copied";
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(PageCopied, (), (number))

// Listens to PageMoved and notes what it hears; may be told to fail.
class OutboxCase : public TenantCase {
public:
    OutboxCase() {
        listeners.push_back(outbox::listener<PageCopied>(
            "copies",
            [this](outbox::Delivery delivery, PageCopied event) -> Task<void> {
                auto tx = co_await TenantScopes(*tenants).begin(delivery.organization);
                co_await outbox::tell(tx, PageMoved{{}, event.number});
                co_await tx.commit();
            }
        ));
        listeners.push_back(outbox::listener<PageMoved>(
            "test",
            [this](outbox::Delivery delivery, PageMoved event) -> Task<void> {
                if (failing) throw Fault("the listener is told to fail");
                CHECK(delivery.organization == tenant.organization);
                heard.push_back(event.number);
                co_return;
            }
        ));
    }
    Task<TenantTx> begin() { return tenants->begin(as<Right::edit_content>(edda_editor)); }
    Task<void> tell_and_commit(std::int64_t number, std::optional<Time> due = std::nullopt) {
        auto tx = co_await begin();
        co_await outbox::tell(tx, PageMoved{{}, number}, due);
        co_await tx.commit();
    }
    Task<bool> marked() {
        co_return (co_await outbox::store::mark_of(*control_db, tenant.organization)).has_value();
    }
    Task<std::int64_t> rows() {
        auto found = co_await sql(tenant, "SELECT count(*) FROM outbox");
        co_return std::stoll(*found[0][0]);
    }

    bool failing = false;
    std::vector<std::int64_t> heard;
};

}  // namespace

#define OUTBOX_TEST(name) LUSTER_CORO_TEST(OutboxCase, Outbox, name)

OUTBOX_TEST(delivers_what_was_told_once_it_is_committed) {
    auto tx = co_await t.begin();
    co_await outbox::tell(tx, PageMoved{{}, 1});
    CHECK(t.heard.empty());
    co_await tx.commit();
    CHECK(t.heard == std::vector<std::int64_t>{1});
    CHECK(co_await t.rows() == 0);
    CHECK(!co_await t.marked());
}

OUTBOX_TEST(tells_nobody_of_what_was_rolled_back) {
    {
        auto tx = co_await t.begin();
        co_await outbox::tell(tx, PageMoved{{}, 1});
    }
    co_await t.tell_and_commit(2);
    CHECK(t.heard == std::vector<std::int64_t>{2});
}

OUTBOX_TEST(keeps_what_a_listener_could_not_take) {
    t.failing = true;
    co_await t.tell_and_commit(1);
    CHECK(co_await t.rows() == 1);
    CHECK(co_await t.marked());
    t.failing = false;
    t.time.move_by(1s);
    CHECK(co_await t.outbox->drain_due() == 1);
    CHECK(t.heard == std::vector<std::int64_t>{1});
    CHECK(co_await t.rows() == 0);
    CHECK(!co_await t.marked());
}

OUTBOX_TEST(says_that_something_was_committed_though_no_listener_can_take_it) {
    std::vector<OrgId> committed;
    t.outbox->when_committed([&](OrgId organization) { committed.push_back(organization); });
    t.failing = true;
    auto tx = co_await t.begin();
    co_await outbox::tell(tx, PageMoved{{}, 1});
    CHECK(committed.empty());
    co_await tx.commit();
    CHECK(t.heard.empty());
    CHECK(committed == std::vector<OrgId>{t.tenant.organization});
}

OUTBOX_TEST(waits_until_an_event_is_due) {
    co_await t.tell_and_commit(1, t.time.now() + 7 * 24h);
    co_await t.tell_and_commit(2);
    CHECK(t.heard == std::vector<std::int64_t>{2});
    CHECK(co_await t.marked());
    t.time.move_by(6 * 24h);
    CHECK(co_await t.outbox->drain_due() == 0);  // the mark itself waits
    t.time.move_by(2 * 24h);
    CHECK(co_await t.outbox->drain_due() == 1);
    CHECK(t.heard == std::vector<std::int64_t>{2, 1});
    CHECK(!co_await t.marked());
}

OUTBOX_TEST(delivers_what_is_due_soon_when_it_is_due) {
    spawn(t.loops.executor(0), "outbox", t.outbox->run());
    co_await sleep(100ms);  // its first look is over, the next one comes in 5 s
    co_await t.tell_and_commit(1, t.time.now() + 500ms);
    for (int i = 0; i < 200 && t.heard.empty(); ++i) {
        co_await sleep(10ms);
        t.time.move_by(10ms);
    }
    CHECK(t.heard == std::vector<std::int64_t>{1});
    t.outbox->stop();
    co_await testing::ended({"outbox"});
}

OUTBOX_TEST(keeps_the_mark_while_a_writer_is_on_its_way) {
    auto slow = co_await t.begin();
    co_await outbox::tell(slow, PageMoved{{}, 1});
    co_await t.outbox->announce(t.tenant.organization, t.time.now());  // as its commit does first
    co_await t.tell_and_commit(2);
    CHECK(t.heard == std::vector<std::int64_t>{2});
    CHECK(co_await t.marked());
    co_await slow.commit();
    CHECK(t.heard == std::vector<std::int64_t>{2, 1});
    CHECK(!co_await t.marked());
}

OUTBOX_TEST(finds_what_a_crash_left_behind) {
    // Committed and announced, and then the process died.
    co_await t.outbox->announce(t.tenant.organization, t.time.now());
    co_await t.sql(
        t.tenant,
        "INSERT INTO outbox VALUES (gen_random_uuid(), 'test.page_moved',"
        " '{\"page\": \"page_00000000000000000000000000\", \"number\": 5}', '2020-01-01', "
        "'2020-01-01')"
    );
    CHECK(co_await t.outbox->drain_due() == 1);
    CHECK(t.heard == std::vector<std::int64_t>{5});
    // Announced, and died before its commit: nothing is there, and the mark goes.
    co_await t.outbox->announce(t.tenant.organization, t.time.now());
    CHECK(co_await t.outbox->drain_due() == 1);
    CHECK(!co_await t.marked());
}

OUTBOX_TEST(clears_a_mark_only_under_the_number_that_it_read) {
    co_await t.outbox->announce(t.tenant.organization, t.time.now());
    auto before = (co_await outbox::store::mark_of(*t.control_db, t.tenant.organization)).value();
    co_await t.outbox->announce(t.tenant.organization, t.time.now() + 1h);
    auto tx = co_await t.control_db->begin();
    co_await outbox::store::clear_mark(tx, t.tenant.organization, before);
    co_await tx.commit();
    CHECK(co_await t.marked());
    CHECK(co_await t.outbox->drain_due() == 1);  // still due at the earlier of both times
}

OUTBOX_TEST(loses_nothing_of_many_writers_at_once) {
    int left = 20;
    auto write = [&](std::int64_t first) -> Task<void> {
        for (std::int64_t i = 0; i < 5; ++i) co_await t.tell_and_commit(first + i);
        --left;
    };
    for (int i = 0; i < 20; ++i) spawn(t.loops.executor(0), "test", write(i * 5));
    while (left > 0) co_await sleep(5ms);
    for (int i = 0; i < 50 && co_await t.marked(); ++i) {
        t.time.move_by(1s);
        co_await t.outbox->drain_due();
    }
    std::set<std::int64_t> all(t.heard.begin(), t.heard.end());
    CHECK(all.size() == 100);
    CHECK(co_await t.rows() == 0);
    CHECK(!co_await t.marked());
}

OUTBOX_TEST(enters_an_act_in_the_audit_log_once) {
    auto tx = co_await t.begin();
    tx.enter("page.publish", "page_x", "192.0.2.1");
    co_await tx.commit();
    auto rows = co_await t.control_sql(
        "SELECT organization_id, user_name, action, target, address FROM audit_entry"
    );
    REQUIRE(rows.size() == 1);
    CHECK(rows[0][0] == std::to_string(t.tenant.organization.value));
    CHECK(rows[0][1] == "Edda");
    CHECK(rows[0][2] == "page.publish");
    CHECK(rows[0][4] == "192.0.2.1");
    {
        auto dropped = co_await t.begin();
        dropped.enter("page.publish", "page_y", "");
    }
    CHECK((co_await t.control_sql("SELECT FROM audit_entry")).size() == 1);
}

OUTBOX_TEST(a_listener_that_tells_does_not_wait_for_itself) {
    auto tx = co_await t.begin();
    co_await outbox::tell(tx, PageCopied{3});
    co_await tx.commit();
    CHECK(t.heard == std::vector<std::int64_t>{3});
    CHECK(!co_await t.marked());
}
