#include "platform/orgs/store.h"

namespace luster::orgs {
namespace {

const pg::ControlQuery<Row(OrgId)> find_organization{"orgs.find", R"sql(
    SELECT id, slug, name, kind, status, project_type, language, time_zone, currency, created_at,
           verified_at, revision
      FROM organization WHERE id = $1 AND status <> 'deleted')sql"};

const pg::ControlQuery<Row(OrgId)> lock_organization{"orgs.lock", R"sql(
    SELECT id, slug, name, kind, status, project_type, language, time_zone, currency, created_at,
           verified_at, revision
      FROM organization WHERE id = $1 AND status <> 'deleted' FOR UPDATE)sql"};

const pg::ControlQuery<Row(OrgId, std::optional<std::string>, std::optional<std::string>, Time)>
    update_organization{"orgs.edit", R"sql(
    UPDATE organization
       SET name = coalesce($2, name), time_zone = coalesce($3, time_zone),
           revision = revision + 1, updated_at = $4
     WHERE id = $1
    RETURNING id, slug, name, kind, status, project_type, language, time_zone, currency, created_at,
              verified_at, revision)sql"};

// `words` is a LIKE pattern. The order is by folded name, then id, and the cursor is the last of
// both.
const pg::ControlQuery<Found(
    std::vector<OrgId>,
    std::vector<OrgId>,
    std::string,
    std::optional<std::string>,
    std::optional<OrgId>,
    std::int32_t
)>
    search_organizations{"orgs.search", R"sql(
    SELECT o.id, lower(o.name) AS sort_name
      FROM organization o
     WHERE o.status <> 'deleted'
       AND (o.id = ANY ($1)
            OR EXISTS (SELECT FROM organization top
                        WHERE top.id = ANY ($2) AND (o.id = top.id OR o.path LIKE top.path || '.%')))
       AND ($3 = '%' OR lower(o.name) LIKE lower($3) OR o.slug LIKE lower($3))
       AND ($4::text IS NULL OR (lower(o.name), o.id) > ($4, $5))
     ORDER BY lower(o.name), o.id
     LIMIT $6::integer)sql"};

std::string like_pattern(std::string_view words) {
    std::string pattern = "%";
    for (char c : words) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return words.empty() ? pattern : pattern + "%";
}

}  // namespace

Task<std::optional<Row>> find(pg::ControlDb& control, OrgId organization) {
    return control.maybe_one(find_organization, organization);
}

Task<std::optional<Row>> lock(pg::ControlTx& tx, OrgId organization) {
    return tx.maybe_one(lock_organization, organization);
}

Task<Row> edit(pg::ControlTx& tx, OrgId organization, Edit edit, Time now) {
    return tx.one(update_organization, organization, edit.name, edit.time_zone, now);
}

Task<std::vector<Found>> search(
    pg::ControlDb& control, Reach reach, std::string words, std::optional<Found> after, int count
) {
    std::optional<std::string> after_name;
    std::optional<OrgId> after_id;
    if (after) {
        after_name = after->sort_name;
        after_id = after->id;
    }
    return control.all(
        search_organizations,
        reach.alone,
        reach.subtrees,
        like_pattern(words),
        after_name,
        after_id,
        count
    );
}

}  // namespace luster::orgs
