#include "testing/tenant.h"

#include <fmt/format.h>

namespace luster::testing {
namespace {

Actor person(TenantCase& t, std::string name, OrgId organization, Role role) {
    Actor actor;
    actor.user = new_id<UserTag>(t.time.now(), t.random);
    actor.name = std::move(name);
    actor.verified = true;
    actor.memberships = {{organization, role}};
    return actor;
}

}  // namespace

TenantCase::TenantCase() = default;

Task<void> TenantCase::set_up() {
    tenant = co_await make_tenant();
    control_db = co_await control();
    auto id = tenant.organization.value;
    co_await control_sql(fmt::format(
        "INSERT INTO organization (id, slug, name, kind, parent_id, path, project_type, demo, "
        "language,"
        " created_at, updated_at) VALUES"
        " (1, 'platform', 'Platform', 'platform', NULL, '1', 'website', false, 'en', "
        "$$2026-11-24$$, $$2026-11-24$$),"
        " ({0}, 'acme', 'Acme', 'organization', 1, '1.{0}', 'website', true, 'en', $$2026-11-24$$, "
        "$$2026-11-24$$)",
        id
    ));
    tree = Tree(
        {{OrgId{1}, std::nullopt, "platform", "Platform", OrgKind::platform, OrgStatus::active},
         {tenant.organization, OrgId{1}, "acme", "Acme", OrgKind::organization, OrgStatus::active}}
    );
    vera_viewer = person(*this, "Vera", tenant.organization, Role::viewer);
    edda_editor = person(*this, "Edda", tenant.organization, Role::editor);
    carl_admin = person(*this, "Carl", tenant.organization, Role::client_admin);
    tenants = std::make_unique<Tenants>(pool(), *this);
    log_ = std::make_unique<log::Writer>([](std::string_view) {}, [this] { return time.now(); });
    outbox = std::make_unique<outbox::Outbox>(
        loops.executor(0),
        time,
        random,
        *control_db,
        *tenants,
        listeners,
        log::Logger(*log_),
        outbox_limits
    );
}

Task<void> TenantCase::tear_down() {
    co_await PostgresCase::tear_down();
}

Task<TenantAddress> TenantCase::address_of(OrgId organization) {
    if (organization != tenant.organization) throw Fault("no such organization");
    co_return TenantAddress{tenant.owner, tenant.theme};
}

}  // namespace luster::testing
