#include "platform/orgs/api.h"

#include "base/crypto.h"
#include "base/text_zone.h"
#include "core/audit/audit.h"

#include <fmt/format.h>

#include <charconv>

namespace luster::orgs {
namespace {

// A subtree lies open to those who have a role in it by what they hold at its top.
Reach reach_of(const Actor& actor, const Tree& tree) {
    std::vector<OrgId> held;
    for (const auto& membership : actor.memberships) held.push_back(membership.organization);
    for (const auto& [id, node] : tree.nodes()) {
        if (!node.parent && role_at(actor, tree, id)) held.push_back(id);
    }
    Reach reach;
    for (auto organization : held) {
        const auto& children = tree.children(organization);
        bool reaches_down = !children.empty() && role_at(actor, tree, children.front());
        (reaches_down ? reach.subtrees : reach.alone).push_back(organization);
    }
    return reach;
}

// "id name", opaque to callers.
std::string cursor_of(const Found& found) {
    return crypto::base64url(fmt::format("{} {}", found.id.value, found.sort_name));
}

std::optional<Found> parse_cursor(std::string_view text) {
    auto plain = crypto::parse_base64url(text);
    if (!plain) return std::nullopt;
    Found found;
    auto [end, error] =
        std::from_chars(plain->data(), plain->data() + plain->size(), found.id.value);
    if (error != std::errc() || end == plain->data() + plain->size() || *end != ' ')
        return std::nullopt;
    found.sort_name = plain->substr(static_cast<std::size_t>(end - plain->data()) + 1);
    json::Reader reader;
    std::string name;
    if (!json::read_text(reader, found.sort_name, {0, plain->size(), false}, name))
        return std::nullopt;
    return found;
}

// A key for each edit: one that comes while another one's job is at work is not forgotten.
constexpr jobs::Name<api::Empty> dress_job{"orgs.dress_site"};
constexpr Duration until_born = std::chrono::minutes(1);

const Actor& actor_of(const api::Call& call) {
    return *call.session->actor;
}

// The tree as it will be: the answer is made before the commit, and memory follows after it.
Tree tree_with(const Tree& tree, const Row& row, OrgId parent) {
    std::vector<OrgNode> nodes;
    for (const auto& [id, node] : tree.nodes()) nodes.push_back(node);
    nodes.push_back({row.id, parent, row.slug, row.name, row.kind, row.status});
    return Tree(std::move(nodes));
}

Result<void> check(const EditOrganization& request) {
    if (request.time_zone && !text::is_time_zone(*request.time_zone)) {
        return refuse(invalid_field("/time_zone", {"field_time_zone", {}}));
    }
    return {};
}

std::string client_of(const api::Call& call) {
    return std::string(call.request.client);
}

}  // namespace

std::vector<api::Endpoint> Organizations::endpoints() {
    using api::get, api::patch, api::post;
    return {
        get("/orgs", this, &Organizations::list, "List the organizations in reach of the person"),
        get("/orgs/{org}", this, &Organizations::show, "Show an organization"),
        patch(
            "/orgs/{org}", this, &Organizations::edit, "Change an organization's name or time zone"
        ),
        post(
            "/orgs/{org}/children",
            this,
            &Organizations::create_child,
            "Make an organization below an agency"
        ),
    };
}

Task<Result<api::Listing<Summary>>> Organizations::list(
    api::Call& call, api::SignedIn person, ListOrganizations request
) {
    auto limit = request.limit ? request.limit->value : api::page_size_default;
    std::optional<Found> after;
    if (request.cursor) {
        after = parse_cursor(*request.cursor);
        if (!after) co_return refuse(invalid_field("/cursor", {"field_cursor", {}}));
    }
    auto reach = reach_of(*person.actor, *call.tree);
    auto found = co_await search(
        call.services.control,
        std::move(reach),
        request.search.value_or(Text<0, 100>()),
        std::move(after),
        static_cast<int>(limit) + 1
    );
    api::Listing<Summary> listing;
    if (std::ssize(found) > limit) {
        found.pop_back();
        listing.next = cursor_of(found.back());
    }
    for (const auto& row : found) {
        // The row is newer or older than the tree by a moment: the tree decides.
        if (auto summary = summary_of(*person.actor, *call.tree, row.id, call.services.places)) {
            listing.items.push_back(std::move(*summary));
        }
    }
    co_return listing;
}

Task<Result<api::Tagged<OrganizationView>>> Organizations::show(
    api::Call& call, Permit<Right::read_content> reader, ShowOrganization
) {
    auto row = co_await find(call.services.control, reader.organization());
    if (!row) co_return refuse(not_found("organization"));
    co_return api::Tagged<OrganizationView>{
        view_of(call, *call.tree, *row), api::etag_of(row->revision)
    };
}

Task<Result<api::Tagged<OrganizationView>>> Organizations::edit(
    api::Call& call, Permit<Right::administer> admin, EditOrganization request
) {
    CO_TRY(check(request));
    auto now = call.now();
    auto tx = CO_TRY(co_await call.begin_control());
    auto row = co_await lock(tx, admin.organization());
    if (!row) co_return refuse(not_found("organization"));
    if (!request.if_match.matches(row->revision)) {
        auto current = json::to_string(view_of(call, *call.tree, *row));
        co_return refuse(changed_meanwhile(*json::parse(current), api::etag_of(row->revision)));
    }
    Edit changes{request.name, request.time_zone};
    auto changed = co_await orgs::edit(tx, admin.organization(), std::move(changes), now);
    co_await audit::enter(
        tx,
        call.new_id<EventTag>(),
        now,
        {.organization = admin.organization(),
         .user = admin.user(),
         .user_name = admin.user_name(),
         .action = "organization.edit",
         .target = admin.organization().text(),
         .address = client_of(call)}
    );
    jobs::Place place{
        call.new_id<JobTag>(), admin.organization(), std::to_string(changed.revision), {}
    };
    co_await jobs::add(tx, dress_job, std::move(place), api::Empty{}, now);
    co_await tx.commit();
    bell_.ring();
    if (hooks_.changed) co_await hooks_.changed(admin.organization());
    auto tree = call.services.organizations.tree();
    co_return api::Tagged<OrganizationView>{
        view_of(call, *tree, changed), api::etag_of(changed.revision)
    };
}

std::vector<jobs::Kind> Organizations::jobs() {
    return {jobs::job(dress_job, this, &Organizations::dress_site)};
}

Task<jobs::Outcome> Organizations::dress_site(jobs::Scope& scope, api::Empty) {
    auto row = co_await find(control_, scope.organization.value());
    if (!row || row->status == OrgStatus::deleting || row->status == OrgStatus::deleted)
        co_return jobs::done();
    if (row->status == OrgStatus::provisioning || row->status == OrgStatus::failed)
        co_return jobs::again(until_born);
    if (hooks_.dress) co_await hooks_.dress(row->id, {row->name, row->time_zone});
    co_return jobs::done();
}

Task<Result<api::Created<OrganizationView>>> Organizations::create_child(
    api::Call& call, Permit<Right::create_children> agent, CreateChild request
) {
    if (auto flaw = text::slug_flaw(request.slug)) co_return refuse(slug_problem("/slug", *flaw));
    auto now = call.now();
    auto tx = CO_TRY(co_await call.begin_control());
    NewOrganization child{
        .slug = request.slug,
        .name = request.name,
        .kind = request.kind == ChildKind::agency ? OrgKind::agency : OrgKind::organization,
        .parent = agent.organization(),
        .project_type = request.project_type,
        .demo = request.demo,
        .language = std::string(json::name_of(request.language)),
        .owner = agent.user(),
        .verified = actor_of(call).verified,
    };
    std::optional<OrgId> id;
    try {
        id = CO_TRY(co_await create(tx, std::move(child), now));
    } catch (const pg::Error& error) {
        if (!is_slug_taken(error)) throw;
    }
    if (!id) co_return refuse(slug_taken("/slug"));
    co_await audit::enter(
        tx,
        call.new_id<EventTag>(),
        now,
        {.organization = *id,
         .user = agent.user(),
         .user_name = agent.user_name(),
         .action = "organization.create",
         .target = id->text(),
         .address = client_of(call)}
    );
    auto row = co_await lock(tx, *id);
    LUSTER_ASSERT(row.has_value());
    auto tree = tree_with(*call.tree, *row, agent.organization());
    auto view = view_of(call, tree, *row);
    auto out = co_await call.commit(
        tx, api::Created<OrganizationView>{std::move(view), "/api/v1/orgs/" + request.slug}
    );
    if (hooks_.changed) co_await hooks_.changed(*id);
    if (hooks_.provision) hooks_.provision(*id);
    co_return out;
}

OrganizationView Organizations::view_of(const api::Call& call, const Tree& tree, const Row& row)
    const {
    const auto& actor = actor_of(call);
    auto summary = summary_of(actor, tree, row.id, call.services.places);
    auto may_do = [&]<Right R>() { return may<R>(actor, tree, row.id).has_value(); };
    return {
        row.id,
        row.slug,
        row.name,
        row.kind,
        row.status,
        summary ? summary->role : Role::viewer,
        call.services.places.site(row.slug),
        summary ? summary->parent : std::nullopt,
        row.project_type,
        row.language,
        {row.language},
        row.time_zone,
        row.currency,
        row.created_at,
        row.verified_at.has_value(),
        {may_do.template operator()<Right::edit_content>(),
         may_do.template operator()<Right::administer>(),
         may_do.template operator()<Right::create_children>()}
    };
}

}  // namespace luster::orgs
