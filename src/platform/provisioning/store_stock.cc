#include "io/faults.h"
#include "platform/provisioning/store.h"

namespace luster::provisioning::store {
namespace {

using Text = std::string_view;

const pg::ControlQuery<std::int64_t(Text, Text, bool, Text, std::optional<OrgId>, Time)>
    insert_spare{"provisioning.insert_spare", R"sql(
    INSERT INTO spare (server, project_type, demo, digest, state, organization_id, created_at)
    VALUES ($1, $2, $3, $4, 'making', $5, $6) RETURNING id)sql"};

const pg::ControlQuery<void(std::int64_t)> set_made{"provisioning.spare_made", R"sql(
    UPDATE spare SET state = CASE WHEN organization_id IS NULL THEN 'ready' ELSE 'taken' END
     WHERE id = $1 AND state = 'making')sql"};

const pg::ControlQuery<void(std::int64_t)> set_retired{"provisioning.retire_spare", R"sql(
    UPDATE spare SET state = 'retired', organization_id = NULL WHERE id = $1)sql"};

const pg::ControlQuery<std::int64_t(Text, Text, bool, Text)> count{
    "provisioning.count_ready", R"sql(
    SELECT count(*) FROM spare
     WHERE state = 'ready' AND server = $1 AND project_type = $2 AND demo = $3 AND digest = $4)sql"
};

const pg::ControlQuery<void(Text, Text)> retire_spares{"provisioning.retire_stale_spares", R"sql(
    UPDATE spare SET state = 'retired'
     WHERE server = $1 AND organization_id IS NULL
       AND (state = 'making' OR (state = 'ready' AND digest <> $2)))sql"};

const pg::ControlQuery<void(Text, Text, Time)> retire_templates{
    "provisioning.retire_stale_templates", R"sql(
    UPDATE template SET state = 'retired'
     WHERE server = $1 AND created_at < $3
       AND (state = 'building' OR (state = 'ready' AND digest <> $2)))sql"
};

const pg::ControlQuery<std::int64_t(Text)> select_retired_spare{"provisioning.retired_spare", R"sql(
    SELECT id FROM spare WHERE server = $1 AND state = 'retired' ORDER BY id LIMIT 1)sql"};
const pg::ControlQuery<void(std::int64_t)> delete_spare{"provisioning.delete_spare", R"sql(
    DELETE FROM spare WHERE id = $1 AND state = 'retired')sql"};

const pg::ControlQuery<std::string(Text, Text, bool, Text)> select_template{
    "provisioning.ready_template", R"sql(
    SELECT database FROM template
     WHERE state = 'ready' AND server = $1 AND project_type = $2 AND demo = $3 AND digest = $4
     ORDER BY created_at LIMIT 1)sql"
};

const pg::ControlQuery<void(Text, Text, Text, bool, Text, Time)> insert_template{
    "provisioning.insert_template", R"sql(
    INSERT INTO template (server, database, project_type, demo, digest, state, created_at)
    VALUES ($1, $2, $3, $4, $5, 'building', $6))sql"
};

const pg::ControlQuery<void(Text, Text)> set_template_made{
    "provisioning.template_made", R"sql(
    UPDATE template SET state = 'ready' WHERE server = $1 AND database = $2 AND state = 'building')sql"
};

const pg::ControlQuery<void(Text, Text)> set_template_retired{"provisioning.retire_template", R"sql(
    UPDATE template SET state = 'retired' WHERE server = $1 AND database = $2)sql"};

const pg::ControlQuery<std::string(Text)> select_retired_template{
    "provisioning.retired_template", R"sql(
    SELECT database FROM template WHERE server = $1 AND state = 'retired' ORDER BY database LIMIT 1)sql"
};
const pg::ControlQuery<void(Text, Text)> delete_template{"provisioning.delete_template", R"sql(
    DELETE FROM template WHERE server = $1 AND database = $2 AND state = 'retired')sql"};

template <class... Parameters>
Task<void> run_alone(
    World& world,
    const pg::ControlQuery<void(Parameters...)>& statement,
    std::type_identity_t<Parameters>... arguments
) {
    auto tx = co_await world.control.begin();
    co_await tx.run(statement, arguments...);
    co_await tx.commit();
}

}  // namespace

Task<std::int64_t> begin_spare(
    World& world, const std::string& server, const SeedKind& kind, std::optional<OrgId> organization
) {
    faults::at("spare.begin", faults::When::before);
    auto tx = co_await world.control.begin();
    auto id = co_await tx.one(
        insert_spare,
        server,
        kind.project_type,
        kind.demo,
        template_digest(world),
        organization,
        world.clock.now()
    );
    co_await tx.commit();
    faults::at("spare.begin", faults::When::after);
    co_return id;
}

Task<void> spare_made(World& world, std::int64_t spare) {
    return faults::around("spare.made", run_alone(world, set_made, spare));
}

Task<void> retire_spare(World& world, std::int64_t spare) {
    return run_alone(world, set_retired, spare);
}

Task<std::int64_t> count_ready(World& world, const std::string& server, const SeedKind& kind) {
    co_return co_await world.control.one(
        count, server, kind.project_type, kind.demo, template_digest(world)
    );
}

Task<void> retire_stale(World& world, const std::string& server, Time made_before) {
    auto tx = co_await world.control.begin();
    co_await tx.run(retire_spares, server, template_digest(world));
    co_await tx.run(retire_templates, server, template_digest(world), made_before);
    co_await tx.commit();
}

Task<std::optional<std::int64_t>> retired_spare(World& world, const std::string& server) {
    return world.control.maybe_one(select_retired_spare, server);
}

Task<void> forget_spare(World& world, std::int64_t spare) {
    return run_alone(world, delete_spare, spare);
}

Task<std::optional<std::string>> ready_template(
    World& world, const std::string& server, const SeedKind& kind
) {
    co_return co_await world.control.maybe_one(
        select_template, server, kind.project_type, kind.demo, template_digest(world)
    );
}

Task<void> begin_template(
    World& world, const std::string& server, const SeedKind& kind, const std::string& database
) {
    auto digest = template_digest(world);
    auto begun = run_alone(
        world,
        insert_template,
        server,
        database,
        kind.project_type,
        kind.demo,
        digest,
        world.clock.now()
    );
    co_await faults::around("template.begin", std::move(begun));
}

Task<void> template_made(World& world, const std::string& server, const std::string& database) {
    return faults::around("template.made", run_alone(world, set_template_made, server, database));
}

Task<void> retire_template(World& world, const std::string& server, const std::string& database) {
    return run_alone(world, set_template_retired, server, database);
}

Task<std::optional<std::string>> retired_template(World& world, const std::string& server) {
    return world.control.maybe_one(select_retired_template, server);
}

Task<void> forget_template(World& world, const std::string& server, const std::string& database) {
    return run_alone(world, delete_template, server, database);
}

}  // namespace luster::provisioning::store
