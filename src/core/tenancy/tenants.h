// The only door to an organization's data. It opens to a Permit (or to as narrow a scope: a leased
// job, a site's own credentials), never to a bare id, so a forgotten check does not compile.
#pragma once

#include "core/access/access.h"
#include "core/tenancy/transaction.h"
#include "io/pg/pool.h"

#include <memory>

namespace luster {

// Where an organization's database is and how its two roles sign in. Platform implements it, from
// memory with read-through; a site's pod knows one organization only.
struct TenantAddress {
    std::shared_ptr<const pg::Address> owner;
    std::shared_ptr<const pg::Address> theme;
};
class Addresses {
public:
    virtual ~Addresses() = default;
    // A Fault where the organization has no database (yet, or any more).
    virtual Task<TenantAddress> address_of(OrgId organization) = 0;
};

class Tenants {
public:
    Tenants(pg::Pool& pool, Addresses& addresses) : pool_(pool), addresses_(addresses) {}

    template <Right R>
    Task<TenantTx> begin(const Permit<R>& permit) {
        static_assert(implies_editing(R), "a right to read begins no transaction");
        return begin_by(permit.organization(), permit.user(), permit.user_name());
    }
    template <Right R>
    Task<pg::TenantReads> read(const Permit<R>& permit) {
        return reads_of(permit.organization());
    }
    // What is published, as the theme role.
    Task<pg::SiteReads> site(OrgId organization);

    // Once, at the start: who hears what transactions tell.
    void announce_to(Announcer& announcer) { announcer_ = &announcer; }

private:
    friend class TenantScopes;  // core/jobs and core/outbox: scopes that are not a person's
    Task<TenantTx> begin_in(OrgId organization);
    Task<TenantTx> begin_by(OrgId organization, UserId user, std::string name);
    Task<pg::TenantReads> reads_of(OrgId organization);

    pg::Pool& pool_;
    Addresses& addresses_;
    Announcer* announcer_ = nullptr;
};

}  // namespace luster
