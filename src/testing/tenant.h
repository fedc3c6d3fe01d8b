// Tests inside one organization: its own database, the control database, people with names, and an
// outbox that delivers.
//
//     TENANT_TEST(Pages, …) { auto tx = co_await
//     t.tenants->begin(t.as<Right::edit_content>(t.edda_editor)); … }
#pragma once

#include "core/access/access.h"
#include "core/outbox/outbox.h"
#include "core/tenancy/tenants.h"
#include "testing/postgres.h"

#include <memory>
#include <vector>

namespace luster::testing {

class TenantCase : public PostgresCase, public Addresses {
public:
    TenantCase();
    Task<void> set_up();
    Task<void> tear_down();

    Task<TenantAddress> address_of(OrgId organization) override;
    template <Right R>
    Permit<R> as(const Actor& actor) {
        auto permit = may<R>(actor, tree, tenant.organization);
        LUSTER_ASSERT(permit);
        return std::move(*permit);
    }
    // What an outbox listens with; before the first use of `outbox`, so in a fixture of one's own.
    std::vector<outbox::Listener> listeners;
    // Delivery is waited for to its end: a test machine may be slow.
    outbox::Limits outbox_limits{
        .wait_for_delivery = std::chrono::seconds(20), .retry_ms_min = std::chrono::milliseconds(1)
    };
    // Time stands still unless a test moves it.
    SimulatedClock time{Time{1'795'000'000'000'000}};

    TestTenant tenant;
    Tree tree;
    Actor vera_viewer, edda_editor, carl_admin;
    pg::ControlDb* control_db = nullptr;
    std::unique_ptr<Tenants> tenants;
    std::unique_ptr<outbox::Outbox> outbox;

private:
    std::unique_ptr<log::Writer> log_;
};

}  // namespace luster::testing

#define TENANT_TEST(suite, name) LUSTER_CORO_TEST(luster::testing::TenantCase, suite, name)
