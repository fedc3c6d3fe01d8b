#include "core/tenancy/tenants.h"

namespace luster {

Task<TenantTx> Tenants::begin_in(OrgId organization) {
    auto address = co_await addresses_.address_of(organization);
    co_return TenantTx(co_await pool_.begin(organization, address.owner), organization, announcer_);
}

Task<TenantTx> Tenants::begin_by(OrgId organization, UserId user, std::string name) {
    auto tx = co_await begin_in(organization);
    tx.done_by(user, std::move(name));
    co_return tx;
}

Task<pg::TenantReads> Tenants::reads_of(OrgId organization) {
    auto address = co_await addresses_.address_of(organization);
    co_return pool_.reads(organization, address.owner);
}

Task<pg::SiteReads> Tenants::site(OrgId organization) {
    auto address = co_await addresses_.address_of(organization);
    co_return pool_.site(organization, address.theme);
}

}  // namespace luster
