#include "platform/provisioning/provisioning.h"

#include "core/access/tree.h"
#include "io/loop/together.h"
#include "platform/provisioning/names.h"
#include "platform/provisioning/steps.h"

#include <charconv>

namespace luster::provisioning {
namespace {

const pg::ControlQuery<void(OrgId, Time)> upsert_present{"provisioning.want_present", R"sql(
    INSERT INTO provisioning (organization_id, wanted, due_at) VALUES ($1, 'present', $2)
    ON CONFLICT (organization_id) DO UPDATE
       SET wanted = 'present', due_at = excluded.due_at, attempt = 0, version = provisioning.version + 1
     WHERE provisioning.wanted = 'present')sql"};

const pg::ControlQuery<void(OrgId, Time)> upsert_absent{
    "provisioning.want_absent", R"sql(
    INSERT INTO provisioning (organization_id, wanted, due_at) VALUES ($1, 'absent', $2)
    ON CONFLICT (organization_id) DO UPDATE
       SET wanted = 'absent', due_at = excluded.due_at, attempt = 0, version = provisioning.version + 1)sql"
};

const pg::ControlQuery<void(OrgId, Time)> set_deleting{"provisioning.set_deleting", R"sql(
    UPDATE organization SET status = 'deleting', updated_at = $2 WHERE id = $1)sql"};

const pg::ControlQuery<void(OrgId)> forget_steps{"provisioning.forget_steps", R"sql(
    DELETE FROM provisioning_step WHERE organization_id = $1)sql"};

const pg::ControlQuery<void(OrgId)> forget_failures{"provisioning.forget_failures", R"sql(
    UPDATE provisioning_step SET state = 'waiting', error = NULL, ended_at = NULL
     WHERE organization_id = $1 AND state <> 'done')sql"};

const pg::ControlQuery<void(OrgId, Time)> set_provisioning{
    "provisioning.set_provisioning", R"sql(
    UPDATE organization SET status = 'provisioning', updated_at = $2 WHERE id = $1 AND status = 'failed')sql"
};

struct HeadRow {
    std::string slug;
    OrgStatus status = OrgStatus::provisioning;
    std::optional<std::int64_t> version;
};
BOOST_DESCRIBE_STRUCT(HeadRow, (), (slug, status, version))
const pg::ControlQuery<HeadRow(OrgId)> select_head{
    "provisioning.head", R"sql(
    SELECT o.slug, o.status, p.version
      FROM organization o LEFT JOIN provisioning p ON p.organization_id = o.id WHERE o.id = $1)sql"
};

const pg::ControlQuery<StepRow(OrgId)> select_view_steps{"provisioning.view_steps", R"sql(
    SELECT name, state, started_at, ended_at, attempt, error
      FROM provisioning_step WHERE organization_id = $1)sql"};

Stage stage_of(OrgStatus status) {
    switch (status) {
        case OrgStatus::provisioning:
            return Stage::provisioning;
        case OrgStatus::active:
        case OrgStatus::suspended:
            return Stage::active;
        case OrgStatus::failed:
        case OrgStatus::deleting:
        case OrgStatus::deleted:
            return Stage::failed;
    }
    return Stage::failed;
}

// Items of a notification: organizations' numbers, with a space between.
std::vector<OrgId> organizations_in(std::string_view payload) {
    std::vector<OrgId> found;
    while (!payload.empty()) {
        auto item = payload.substr(0, payload.find(' '));
        OrgId id;
        auto [end, error] = std::from_chars(item.data(), item.data() + item.size(), id.value);
        if (error == std::errc()) found.push_back(id);
        payload.remove_prefix(std::min(payload.size(), item.size() + 1));
    }
    return found;
}

}  // namespace

Task<void> want_present(pg::ControlTx& tx, OrgId organization, Time now) {
    co_await tx.run(upsert_present, organization, now);
}

Task<void> want_absent(pg::ControlTx& tx, OrgId organization, Time now) {
    co_await tx.run(upsert_absent, organization, now);
    co_await tx.run(set_deleting, organization, now);
    co_await tx.run(forget_steps, organization);
}

Desk::Desk(Loops& loops, pg::ControlDb& control, pg::Notifier& notifier, std::string sites_url)
    : control_(control), notifier_(notifier), sites_url_(std::move(sites_url)), watch_(loops) {}

void Desk::wake(OrgId organization) {
    if (provisioner_)
        provisioner_(organization);
    else
        notifier_.tell(std::string(wanted_channel), std::to_string(organization.value));
}

Task<std::optional<VersionedView>> Desk::view(OrgId organization) {
    auto [head, stored] = co_await together(
        control_.maybe_one(select_head, organization), control_.all(select_view_steps, organization)
    );
    if (!head) co_return std::nullopt;
    bool leaves = head->status == OrgStatus::deleting || head->status == OrgStatus::deleted;
    Steps steps(names_of(Lists().towards(!leaves)), std::move(stored));
    View view{stage_of(head->status), site_url(sites_url_, head->slug), steps.rows()};
    co_return VersionedView{head->version.value_or(0), std::move(view)};
}

Task<Result<void>> Desk::try_again(pg::ControlTx& tx, OrgId organization, Time now) {
    if (co_await tx.run(set_provisioning, organization, now) == 0) {
        co_return refuse(conflict({"provisioning_nothing_failed", {}}));
    }
    co_await tx.run(forget_failures, organization);
    co_await want_present(tx, organization, now);
    co_return Result<void>();
}

void Desk::moved(OrgId organization) {
    watch_.moved(organization);
    notifier_.tell(std::string(moved_channel), std::to_string(organization.value));
}

void Desk::notified(std::string_view channel, std::string_view payload) {
    for (auto organization : organizations_in(payload)) {
        if (channel == moved_channel) watch_.moved(organization);
        if (channel == wanted_channel && provisioner_) provisioner_(organization);
    }
}

void Desk::back() {
    watch_.all_moved();
}

}  // namespace luster::provisioning
