// Scopes that are no person's: each is as narrow as what opened it. Whoever makes one answers for
// it, so the list of makers is short: a leased job, an outbox drain, a site's preview,
// provisioning.
#pragma once

#include "core/tenancy/tenants.h"

namespace luster {

class TenantScopes {
public:
    explicit TenantScopes(Tenants& tenants) : tenants_(tenants) {}

    Task<TenantTx> begin(OrgId organization) const { return tenants_.begin_in(organization); }
    Task<pg::TenantReads> read(OrgId organization) const { return tenants_.reads_of(organization); }

private:
    Tenants& tenants_;
};

}  // namespace luster
