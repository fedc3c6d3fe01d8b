#include "platform/provisioning/admin.h"

#include "io/loop/loops.h"
#include "io/pg/session.h"

#include <fmt/format.h>

namespace luster::provisioning::admin {
namespace {

const pg::ControlQuery<OrgId()> select_platform{
    "provisioning.platform", "SELECT id FROM organization WHERE kind = 'platform'"
};
const pg::ControlQuery<void(std::string_view, std::string_view, Time)> insert_platform{
    "provisioning.insert_platform", R"sql(
    INSERT INTO organization (id, slug, name, kind, path, project_type, demo, language, verified_at,
                              created_at, updated_at)
    SELECT id, 'platform', $1, 'platform', id::text, 'website', false, $2, $3, $3, $3
      FROM nextval(pg_get_serial_sequence('organization', 'id')) AS new (id)
    ON CONFLICT DO NOTHING)sql"
};

const pg::ControlQuery<Line(std::string_view, bool)> select_lines{"provisioning.list", R"sql(
    SELECT id, slug, name, kind, status, path, server, created_at FROM organization
     WHERE (strpos(slug, lower($1)) > 0 OR strpos(lower(name), lower($1)) > 0)
       AND ($2 OR status <> 'deleted')
     ORDER BY string_to_array(path, '.')::bigint[] LIMIT 10000)sql"};

struct DetailsRow {
    std::optional<std::string> database;
    std::optional<std::string> owner_role;
    std::optional<std::string> theme_role;
    std::optional<std::string> schema_digest;
    std::optional<std::string> wanted;
    std::optional<Time> due_at;
    std::optional<std::int32_t> attempt;
};
BOOST_DESCRIBE_STRUCT(
    DetailsRow, (), (database, owner_role, theme_role, schema_digest, wanted, due_at, attempt)
)
const pg::ControlQuery<DetailsRow(OrgId)> select_details{"provisioning.details", R"sql(
    SELECT a.database, a.owner_role, a.theme_role, t.digest AS schema_digest, p.wanted, p.due_at, p.attempt
      FROM organization o
      LEFT JOIN tenant_address a ON a.organization_id = o.id
      LEFT JOIN tenant_schema t ON t.organization_id = o.id
      LEFT JOIN provisioning p ON p.organization_id = o.id
     WHERE o.id = $1)sql"};

const pg::ControlQuery<Line(std::string_view, std::optional<OrgId>)> select_line{
    "provisioning.line", R"sql(
    SELECT id, slug, name, kind, status, path, server, created_at FROM organization
     WHERE id = $2 OR (slug = $1 AND (status <> 'deleted' OR verified_at IS NOT NULL)))sql"
};

const pg::ControlQuery<std::string(OrgId)> select_children{
    "provisioning.children", R"sql(
    SELECT slug FROM organization WHERE parent_id = $1 AND status <> 'deleted' ORDER BY id LIMIT 20)sql"
};

// A slug has no `_`, a number has one.
Task<Result<Line>> find(pg::ControlDb& control, std::string organization) {
    auto line = co_await control.maybe_one(select_line, organization, OrgId::parse(organization));
    if (!line) co_return refuse(not_found("organization"));
    co_return std::move(*line);
}

Problem being_removed() {
    return conflict({"provisioning_removal_under_way", {}});
}

Task<Result<void>> has_no_children(pg::ControlTx& tx, OrgId organization) {
    auto children = co_await tx.all(select_children, organization);
    if (children.empty()) co_return Result<void>();
    co_return refuse(conflict(
        {"provisioning_has_children", {{"slugs", fmt::format("{}", fmt::join(children, ", "))}}}
    ));
}

// As it is now: what was read before it came to rest may tell of the moment before.
Task<bool> is_well(pg::ControlDb& control, OrgId organization) {
    auto line = co_await find(control, organization.text());
    co_return line && (line->status == OrgStatus::active || line->status == OrgStatus::deleted);
}

}  // namespace

Task<OrgId> ensure_platform(
    pg::ControlDb& control, std::string name, std::string language, Time now
) {
    if (auto platform = co_await control.maybe_one(select_platform)) co_return *platform;
    auto tx = co_await control.begin();
    co_await tx.run(insert_platform, name, language, now);  // nothing, where another was first
    auto platform = co_await tx.one(select_platform);
    co_await want_present(tx, platform, now);
    co_await tx.commit();
    co_return platform;
}

Task<std::vector<Line>> list(pg::ControlDb& control, std::string words, bool removed) {
    return control.all(select_lines, words, removed);
}

Task<Result<Details>> show(pg::ControlDb& control, Desk& desk, std::string organization) {
    auto line = CO_TRY(co_await find(control, std::move(organization)));
    auto row = co_await control.one(select_details, line.id);
    auto seen = co_await desk.view(line.id);
    if (!seen) co_return refuse(not_found("organization"));
    co_return Details{
        std::move(line),
        std::move(row.database),
        std::move(row.owner_role),
        std::move(row.theme_role),
        std::move(row.schema_digest),
        std::move(row.wanted),
        row.due_at,
        row.attempt,
        std::move(seen->view.site_url),
        std::move(seen->view.steps),
        std::nullopt,
    };
}

Task<std::optional<std::string>> database_fault(
    const pg::Servers& servers, const pg::Address& owner
) {
    try {
        auto session = co_await pg::Session::connect(servers, owner);
        session.close();
    } catch (const pg::Error& error) {
        co_return error.sqlstate() == "3D000" ? "missing" : error.what();
    }
    co_return std::nullopt;
}

Task<Result<OrgId>> provision(
    pg::ControlDb& control, Desk& desk, std::string organization, audit::Act act, Time now
) {
    auto line = CO_TRY(co_await find(control, std::move(organization)));
    if (line.status == OrgStatus::deleting) co_return refuse(being_removed());
    if (line.status == OrgStatus::deleted) co_return refuse(not_found("organization"));
    auto tx = co_await control.begin();
    if (line.status == OrgStatus::failed)
        CO_TRY(co_await desk.try_again(tx, line.id, now));
    else
        co_await want_present(tx, line.id, now);
    co_await audit::enter(tx, std::move(act), line.id, line.id.text(), now);
    co_await tx.commit();
    desk.wake(line.id);
    co_return line.id;
}

Task<Result<OrgId>> retry(
    pg::ControlDb& control, Desk& desk, std::string organization, audit::Act act, Time now
) {
    auto line = CO_TRY(co_await find(control, std::move(organization)));
    auto tx = co_await control.begin();
    CO_TRY(co_await desk.try_again(tx, line.id, now));
    co_await audit::enter(tx, std::move(act), line.id, line.id.text(), now);
    co_await tx.commit();
    desk.wake(line.id);
    co_return line.id;
}

Task<Result<Removal>> remove_now(
    pg::ControlDb& control, Desk& desk, std::string organization, audit::Act act, Time now
) {
    auto line = CO_TRY(co_await find(control, std::move(organization)));
    if (line.status == OrgStatus::deleted) co_return Removal{line.id, true};
    if (line.kind == OrgKind::platform)
        co_return refuse(conflict({"provisioning_is_platform", {}}));
    auto tx = co_await control.begin();
    co_await want_absent(tx, line.id, now);
    // Now that its row is held: a child made meanwhile is seen here, a later one is refused.
    CO_TRY(co_await has_no_children(tx, line.id));
    co_await audit::enter(tx, std::move(act), line.id, line.id.text(), now);
    co_await tx.commit();
    desk.wake(line.id);
    co_return Removal{line.id};
}

Task<bool> wait_for_rest(
    Desk& desk,
    pg::ControlDb& control,
    OrgId organization,
    std::chrono::milliseconds limit,
    std::function<void(const View&)> told
) {
    auto seat = co_await desk.watch().sit(organization);
    constexpr std::chrono::milliseconds step{200};
    std::int64_t version = -1;
    while (true) {
        auto line = co_await find(control, organization.text());
        if (!line) co_return false;
        auto row = co_await control.one(select_details, organization);
        auto seen = co_await desk.view(organization);
        if (seen && seen->version != version) told(seen->view);
        if (seen) version = seen->version;
        if (!row.due_at) co_return co_await is_well(control, organization);
        if (limit <= limit.zero()) co_return false;
        if (!co_await seat->wait(step)) limit -= step;
    }
}

}  // namespace luster::provisioning::admin
