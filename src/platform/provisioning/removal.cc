// The mirror of a birth. Roles go with the database that they own, after it.
#include "io/faults.h"
#include "platform/provisioning/steps.h"
#include "platform/provisioning/store.h"
#include "platform/provisioning/tenant_database.h"

namespace luster::provisioning {
namespace {

using reconcile::done;
using reconcile::Outcome;

TenantNames names(const Org& org) {
    return {org.database(), owner_role(org.id()), theme_role(org.id())};
}

Task<Outcome> remove_runtime(Hands& hands, Org& org) {
    co_await hands.world.organization_changed(org.id());
    co_return co_await faults::around(
        "runtime.remove", hands.world.driver.remove({org.id(), org.row.slug})
    );
}

Task<Outcome> remove_bucket(Hands& hands, Org& org) {
    auto store = hands.world.stores.find(org.row.store);
    if (store == hands.world.stores.end()) co_return done();
    co_await faults::around("bucket.remove", store->second->remove_bucket(org.bucket()));
    co_return done();
}

Task<Outcome> remove_database(Hands& hands, Org& org) {
    co_await hands.world.pool.forget(org.id());
    auto births = hands.world.doors.borrow(org.row.server);
    co_await drop_database(*births, names(org));
    co_return done();
}

Task<Outcome> remove_roles(Hands& hands, Org& org) {
    auto births = hands.world.doors.borrow(org.row.server);
    co_await drop_roles(*births, names(org));
    co_return done();
}

const Step removal[] = {
    {"runtime", remove_runtime},
    {"bucket", remove_bucket},
    {"database", remove_database},
    {"roles", remove_roles},
};

}  // namespace

std::span<const Step> removal_steps() {
    return removal;
}

}  // namespace luster::provisioning
