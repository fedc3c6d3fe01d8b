#include "core/tenancy/tenants.h"

namespace luster {

Task<TenantTx> Tenants::begin_in(OrgId organization) {
    auto address = co_await addresses_.address_of(organization);
    co_return co_await pool_.begin(organization, address.owner);
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
