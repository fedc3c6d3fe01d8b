#include "platform/provisioning/store.h"

#include "base/json.h"
#include "io/faults.h"
#include "io/loop/together.h"
#include "platform/provisioning/steps.h"

namespace luster::provisioning::store {
namespace {

const pg::ControlQuery<DueRow(Time)> select_due{"provisioning.due", R"sql(
    SELECT organization_id, coalesce(due_at, $1) AS due_at
      FROM provisioning WHERE due_at <= $1 ORDER BY provisioning.due_at LIMIT 200)sql"};

const pg::ControlQuery<OrgRow(OrgId)> select_org{"provisioning.org", R"sql(
    SELECT o.id, o.slug, o.name, o.project_type, o.demo, o.language, o.time_zone, o.server, o.store, o.status,
           p.wanted, p.attempt, p.due_at, a.owner_password, a.theme_password,
           s.id AS spare, s.state AS spare_state, t.digest AS schema_digest
      FROM organization o
      JOIN provisioning p ON p.organization_id = o.id
      LEFT JOIN tenant_address a ON a.organization_id = o.id
      LEFT JOIN spare s ON s.organization_id = o.id
      LEFT JOIN tenant_schema t ON t.organization_id = o.id
     WHERE o.id = $1)sql"};

const pg::ControlQuery<StepRow(OrgId)> select_steps{"provisioning.steps", R"sql(
    SELECT name, state, started_at, ended_at, attempt, error
      FROM provisioning_step WHERE organization_id = $1)sql"};

using Text = std::string_view;

const pg::ControlQuery<void(OrgId, Text, Text, Text, Text, Text, Text)> insert_address{
    "provisioning.address", R"sql(
    INSERT INTO tenant_address
           (organization_id, server, database, owner_role, theme_role, owner_password, theme_password)
    VALUES ($1, $2, $3, $4, $5, $6, $7))sql"
};

const pg::ControlQuery<std::int64_t(OrgId, Text, Text, bool, Text)> take_spare{
    "provisioning.take_spare", R"sql(
    UPDATE spare SET state = 'taken', organization_id = $1
     WHERE id = (SELECT id FROM spare
                  WHERE state = 'ready' AND server = $2 AND project_type = $3 AND demo = $4 AND digest = $5
                  ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id)sql"
};

const pg::ControlQuery<void(OrgId, pg::Json)> upsert_steps{"provisioning.record_steps", R"sql(
    INSERT INTO provisioning_step (organization_id, name, state, started_at, ended_at, attempt, error)
    SELECT $1, name, state, started_at, ended_at, attempt, error
      FROM jsonb_to_recordset($2) AS step(
           name text, state text, started_at timestamptz, ended_at timestamptz, attempt integer, error text)
    ON CONFLICT (organization_id, name) DO UPDATE
       SET state = excluded.state, started_at = excluded.started_at, ended_at = excluded.ended_at,
           attempt = excluded.attempt, error = excluded.error)sql"};

const pg::ControlQuery<void(OrgId)> raise_version{"provisioning.raise_version", R"sql(
    UPDATE provisioning SET version = version + 1 WHERE organization_id = $1)sql"};

const pg::ControlQuery<void(OrgId, Text)> set_at_rest{"provisioning.set_at_rest", R"sql(
    UPDATE provisioning SET due_at = NULL, attempt = 0, version = version + 1
     WHERE organization_id = $1 AND wanted = $2)sql"};

const pg::ControlQuery<void(OrgId, Text, std::optional<Time>, std::int32_t)> set_due{
    "provisioning.set_due", R"sql(
    UPDATE provisioning SET due_at = $3, attempt = $4, version = version + 1
     WHERE organization_id = $1 AND wanted = $2)sql"
};

const pg::ControlQuery<void(OrgId, Time)> set_active{"provisioning.set_active", R"sql(
    UPDATE organization SET status = 'active', updated_at = $2
     WHERE id = $1 AND status IN ('provisioning', 'failed'))sql"};

const pg::ControlQuery<void(OrgId, Time)> set_failed{
    "provisioning.set_failed", R"sql(
    UPDATE organization SET status = 'failed', updated_at = $2 WHERE id = $1 AND status = 'provisioning')sql"
};

const pg::ControlQuery<void(OrgId, Time)> set_deleted{
    "provisioning.set_deleted", R"sql(
    UPDATE organization SET status = 'deleted', updated_at = $2 WHERE id = $1 AND status = 'deleting')sql"
};

const pg::ControlQuery<void(OrgId, Text, Time)> upsert_schema{"provisioning.record_schema", R"sql(
    INSERT INTO tenant_schema (organization_id, digest, migrated_at) VALUES ($1, $2, $3)
    ON CONFLICT (organization_id) DO UPDATE
       SET digest = excluded.digest, migrated_at = excluded.migrated_at)sql"};

const pg::ControlQuery<void(OrgId)> delete_used_spare{"provisioning.delete_used_spare", R"sql(
    DELETE FROM spare WHERE organization_id = $1 AND state = 'taken')sql"};
const pg::ControlQuery<void(OrgId)> retire_half_spare{"provisioning.retire_half_spare", R"sql(
    UPDATE spare SET state = 'retired', organization_id = NULL WHERE organization_id = $1)sql"};

const pg::ControlQuery<void(OrgId)> delete_address{"provisioning.delete_address", R"sql(
    DELETE FROM tenant_address WHERE organization_id = $1)sql"};
const pg::ControlQuery<void(OrgId)> delete_schema{"provisioning.delete_schema", R"sql(
    DELETE FROM tenant_schema WHERE organization_id = $1)sql"};
const pg::ControlQuery<void(OrgId)> delete_mark{"provisioning.delete_mark", R"sql(
    DELETE FROM outbox_mark WHERE organization_id = $1)sql"};
const pg::ControlQuery<void(OrgId)> delete_steps{"provisioning.delete_steps", R"sql(
    DELETE FROM provisioning_step WHERE organization_id = $1)sql"};
const pg::ControlQuery<void(OrgId)> delete_wanted{"provisioning.delete_wanted", R"sql(
    DELETE FROM provisioning WHERE organization_id = $1)sql"};

crypto::Place place(std::string_view column, OrgId organization) {
    return {"tenant_address", column, std::to_string(organization.value)};
}

Secret new_password(World& world) {
    return crypto::make_token(world.random).text;
}

Task<void> write_address(World& world, Org& org, pg::ControlTx& tx) {
    org.owner_password = new_password(world);
    org.theme_password = new_password(world);
    auto sealed = [&](std::string_view column, const Secret& password) {
        return world.keys.seal(place(column, org.id()), password.reveal(), world.random);
    };
    auto owner = sealed("owner_password", *org.owner_password);
    auto theme = sealed("theme_password", *org.theme_password);
    co_await tx.run(
        insert_address,
        org.id(),
        org.row.server,
        org.database(),
        owner_role(org.id()),
        theme_role(org.id()),
        owner,
        theme
    );
}

void open_passwords(World& world, Org& org) {
    if (!org.row.owner_password) return;
    org.owner_password =
        world.keys.open(place("owner_password", org.id()), *org.row.owner_password);
    org.theme_password =
        world.keys.open(place("theme_password", org.id()), *org.row.theme_password);
}

}  // namespace

Task<std::vector<DueRow>> due(pg::ControlDb& control, Time until) {
    return control.all(select_due, until);
}

Task<std::optional<Org>> load(World& world, OrgId organization, const Lists& lists) {
    auto [row, stored] = co_await together(
        world.control.maybe_one(select_org, organization),
        world.control.all(select_steps, organization)
    );
    if (!row) co_return std::nullopt;
    auto names = names_of(lists.towards(row->wanted == "present"));
    Org org{.row = std::move(*row), .steps = Steps(names, std::move(stored))};
    // Who is removed is never entered again: a lost key doesn't keep anybody here.
    if (org.row.wanted == "present") open_passwords(world, org);
    co_return org;
}

Task<void> reserve(World& world, Org& org, bool with_spare) {
    bool needs_spare = with_spare && !org.row.spare;
    if (org.owner_password && !needs_spare) co_return;
    faults::at("address.reserve", faults::When::before);
    auto tx = co_await world.control.begin();
    if (!org.owner_password) co_await write_address(world, org, tx);
    if (needs_spare) {
        org.row.spare = co_await tx.maybe_one(
            take_spare,
            org.id(),
            org.row.server,
            org.row.project_type,
            org.row.demo,
            template_digest(world)
        );
        if (org.row.spare) org.row.spare_state = "taken";
    }
    co_await tx.commit();
    faults::at("address.reserve", faults::When::after);
}

Task<void> write_steps(World& world, Org& org) {
    auto tx = co_await world.control.begin();
    co_await tx.run(upsert_steps, org.id(), org.steps.take_changed());
    co_await tx.run(raise_version, org.id());
    co_await tx.commit();
}

Task<bool> finish_birth(World& world, Org& org) {
    faults::at("birth.finish", faults::When::before);
    auto now = world.clock.now();
    auto tx = co_await world.control.begin();
    if (co_await tx.run(set_at_rest, org.id(), "present") == 0) co_return false;
    co_await tx.run(upsert_steps, org.id(), org.steps.take_changed());
    co_await tx.run(set_active, org.id(), now);
    if (org.schema_recorded)
        co_await tx.run(upsert_schema, org.id(), migrate::digest(world.schema), now);
    if (org.row.spare) {
        co_await tx.run(delete_used_spare, org.id());
        co_await tx.run(retire_half_spare, org.id());
    }
    co_await tx.commit();
    faults::at("birth.finish", faults::When::after);
    co_return true;
}

Task<bool> finish_removal(World& world, Org& org) {
    faults::at("removal.finish", faults::When::before);
    auto tx = co_await world.control.begin();
    if (co_await tx.run(set_at_rest, org.id(), "absent") == 0) co_return false;
    for (auto* statement :
         {&retire_half_spare,
          &delete_address,
          &delete_schema,
          &delete_mark,
          &delete_steps,
          &delete_wanted}) {
        co_await tx.run(*statement, org.id());
    }
    co_await tx.run(set_deleted, org.id(), world.clock.now());
    co_await tx.commit();
    faults::at("removal.finish", faults::When::after);
    co_return true;
}

Task<void> put_off(World& world, Org& org, std::optional<Time> due_at, int attempt) {
    auto tx = co_await world.control.begin();
    co_await tx.run(upsert_steps, org.id(), org.steps.take_changed());
    auto changed = co_await tx.run(set_due, org.id(), org.row.wanted, due_at, attempt);
    if (changed && !due_at) co_await tx.run(set_failed, org.id(), world.clock.now());
    co_await tx.commit();
}

Task<void> record_schema(World& world, OrgId organization, const std::string& digest) {
    auto tx = co_await world.control.begin();
    co_await tx.run(upsert_schema, organization, digest, world.clock.now());
    co_await tx.commit();
}

}  // namespace luster::provisioning::store
