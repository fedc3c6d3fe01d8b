#include "cms/pages/store.h"

#include <fmt/format.h>

namespace luster::pages::store {
namespace {

// The state of a page, in SQL as in `State`.
#define PAGE_STATE                                                        \
    " CASE WHEN binned_at IS NOT NULL THEN 'binned'"                      \
    "      WHEN published_at IS NULL AND publish_at IS NULL THEN 'draft'" \
    "      WHEN published_at IS NULL THEN 'scheduled'"                    \
    "      WHEN published_revision < revision THEN 'changed'"             \
    "      ELSE 'published' END "
#define PAGE_SUMMARY                                                                          \
    " id, language, title, slug, published_slug,"                                             \
    " language = COALESCE((SELECT value #>> '{}' FROM setting WHERE key = 'language'), 'en')" \
    " AS in_main_language, template AS template_," PAGE_STATE                                 \
    "AS state, updated_at, updated_by_name, published_at, publish_at, binned_at "
#define PAGE_WHOLE PAGE_SUMMARY ", sections, seo, revision "
#define PAGE_FILTER                                                         \
    " ($1 = '' OR title ILIKE '%' || $1 || '%' OR slug ILIKE '%' || $1 || " \
    "'%')"                                                                  \
    "   AND ($2::text IS NULL OR language = $2) AND ($3::text IS NULL OR" PAGE_STATE "= $3) "
#define LATEST_FIRST                                                                       \
    "   AND ($4::timestamptz IS NULL OR (updated_at, id) < ($4, $6)) AND $5::text IS NULL" \
    " ORDER BY updated_at DESC, id DESC LIMIT $7"

using Text = std::string;
using MaybeText = std::optional<std::string>;
using ListSignature = SummaryRow(
    Text, MaybeText, std::optional<State>, std::optional<Time>, MaybeText, PageId, std::int64_t
);

const pg::TenantQuery<ListSignature> list_latest{
    "pages.list_latest",
    "SELECT" PAGE_SUMMARY "FROM page WHERE binned_at IS NULL AND" PAGE_FILTER LATEST_FIRST
};
const pg::TenantQuery<ListSignature> list_binned{
    "pages.list_binned",
    "SELECT" PAGE_SUMMARY "FROM page WHERE binned_at IS NOT NULL AND" PAGE_FILTER LATEST_FIRST
};
const pg::TenantQuery<ListSignature> list_by_title{
    "pages.list_by_title",
    "SELECT" PAGE_SUMMARY "FROM page WHERE binned_at IS NULL AND" PAGE_FILTER
    "   AND ($5::text IS NULL OR (lower(title), id) > (lower($5), $6)) AND $4::timestamptz IS NULL"
    " ORDER BY lower(title), id LIMIT $7"
};
struct CountRow {
    std::optional<State> state;
    std::optional<std::int64_t> pages;
};
BOOST_DESCRIBE_STRUCT(CountRow, (), (state, pages))
const pg::TenantQuery<CountRow(MaybeText)> count_states{
    "pages.count",
    "SELECT" PAGE_STATE
    "AS state, count(*) AS pages FROM page"
    " WHERE ($1::text IS NULL OR language = $1) GROUP BY 1"
};
struct ProgressRow {
    std::optional<bool> home_edited;
    std::optional<bool> own_published;
};
BOOST_DESCRIBE_STRUCT(ProgressRow, (), (home_edited, own_published))
const pg::TenantQuery<ProgressRow()> select_progress{
    "pages.progress",
    "SELECT bool_or(template = 'home') AS home_edited,"
    "       bool_or(published_at IS NOT NULL) AS own_published"
    "  FROM page WHERE binned_at IS NULL AND updated_by_name IS NOT NULL"
};
const pg::TenantQuery<PageRow(PageId, Text)> find_page{
    "pages.find",
    "SELECT" PAGE_WHOLE "FROM page WHERE id = $1 AND language = $2 AND binned_at IS NULL"
};
const pg::TenantQuery<LockedRow(PageId, Text)> lock_page{
    "pages.lock",
    "SELECT" PAGE_WHOLE
    ", (SELECT theme_version FROM site_state) AS theme"
    " FROM page WHERE id = $1 AND language = $2 AND binned_at IS NULL FOR UPDATE"
};
const pg::TenantQuery<
    PageRow(PageId, Text, Template, Text, Text, pg::Json, pg::Json, UserId, Text, Time)>
    insert_page{
        "pages.insert",
        "INSERT INTO page (id, language, template, slug, title, sections, seo, updated_by, "
        "updated_by_name,"
        "                  created_at, updated_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) RETURNING" PAGE_WHOLE
    };
const pg::TenantQuery<PageRow(PageId, Text, Text, Text, pg::Json, pg::Json, UserId, Text, Time)>
    update_page{
        "pages.update",
        "UPDATE page SET slug = $3, title = $4, sections = $5, seo = $6, revision = revision + 1,"
        "                updated_by = $7, updated_by_name = $8, updated_at = $9"
        " WHERE id = $1 AND language = $2 RETURNING" PAGE_WHOLE
    };
const pg::TenantQuery<
    void(PageId, Text, std::int64_t, Text, Text, pg::Json, pg::Json, Time, UserId)>
    insert_revision{
        "pages.insert_revision",
        "INSERT INTO page_revision (page, language, revision, slug, title, sections, seo, made_at, "
        "made_by)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    };
const pg::TenantQuery<PageRow(PageId, Text, Text, Time)> publish_page{
    "pages.publish",
    "UPDATE page SET published_slug = slug, published_title = title, published_sections = sections,"
    "                published_seo = seo, published_text = $3, revision = revision + 1,"
    "                published_revision = revision + 1, published_at = $4, publish_at = NULL"
    " WHERE id = $1 AND language = $2 RETURNING" PAGE_WHOLE
};
// A time is no change of the draft: what is out as it is written stays so.
const pg::TenantQuery<PageRow(PageId, Text, std::optional<Time>)> schedule_page{
    "pages.schedule",
    "UPDATE page SET publish_at = $3, revision = revision + 1,"
    "                published_revision = published_revision + (published_revision = revision)::int"
    " WHERE id = $1 AND language = $2 RETURNING" PAGE_WHOLE
};
const pg::TenantQuery<PageRow(PageId, Text)> withdraw_page{
    "pages.withdraw",
    "UPDATE page SET published_slug = NULL, published_title = NULL, published_sections = NULL,"
    "                published_seo = NULL, published_text = NULL, published_revision = NULL,"
    "                published_at = NULL, publish_at = NULL, revision = revision + 1"
    " WHERE id = $1 AND language = $2 RETURNING" PAGE_WHOLE
};
const pg::TenantQuery<void(PageId, Time)> bin_page{
    "pages.bin", "UPDATE page SET binned_at = $2 WHERE id = $1 AND binned_at IS NULL"
};
const pg::TenantQuery<Template(PageId)> select_template{
    "pages.template",
    "SELECT template FROM page WHERE id = $1 AND binned_at IS NULL LIMIT 1 FOR UPDATE"
};
// Whose hour came while it was in the bin is a draft again.
const pg::TenantQuery<SummaryRow(PageId, Time)> restore_page{
    "pages.restore",
    "UPDATE page SET binned_at = NULL, publish_at = CASE WHEN publish_at > $2 THEN publish_at END"
    " WHERE id = $1 AND binned_at IS NOT NULL "
    "RETURNING" PAGE_SUMMARY
};
// A page's revisions go with it.
const pg::TenantQuery<void(PageId)> erase_page{
    "pages.erase", "DELETE FROM page WHERE id = $1 AND binned_at IS NOT NULL"
};
const pg::TenantQuery<void(PageId, Time)> erase_older_page{
    "pages.erase_older", "DELETE FROM page WHERE id = $1 AND binned_at <= $2"
};
const pg::TenantQuery<bool(Text, Text, PageId)> find_slug{
    "pages.slug_taken",
    "SELECT true FROM page WHERE language = $1 AND (slug = $2 OR published_slug = $2) AND id <> $3"
    "   AND binned_at IS NULL LIMIT 1"
};
const pg::TenantQuery<void()> next_generation{
    "pages.raise_generation", "UPDATE site_state SET generation = generation + 1"
};

// LIKE's own characters stand for themselves.
std::string escaped(std::string_view text) {
    std::string result;
    for (char c : text) {
        if (c == '%' || c == '_' || c == '\\') result += '\\';
        result += c;
    }
    return result;
}

pg::Json seo_json(const Seo& seo) {
    return {json::to_string(seo)};
}

Seo read_seo(const std::string& text) {
    Seo seo;
    if (text == "{}") return seo;
    auto value = json::parse(text);
    if (!value || !value->is_object()) return seo;
    const auto& members = value->get_object();
    auto text_of = [&](std::string_view name) -> std::optional<std::string> {
        const auto* member = members.if_contains(name);
        if (!member || !member->is_string()) return std::nullopt;
        return std::string(member->get_string());
    };
    seo.title = text_of("title");
    seo.description = text_of("description");
    const auto* noindex = members.if_contains("noindex");
    seo.noindex = noindex && noindex->is_bool() && noindex->get_bool();
    return seo;
}

Task<void> keep_revision(TenantTx& tx, const PageRow& row, UserId by, Time now) {
    co_await tx.run(
        insert_revision,
        row.id,
        row.language,
        row.revision,
        row.slug,
        row.title,
        row.sections,
        row.seo,
        now,
        by
    );
}

// Where visitors find it; of one that is not out, where they will.
std::string path_of(const SummaryRow& row) {
    std::string prefix = row.in_main_language.value_or(true) ? "" : "/" + row.language;
    const auto& slug = row.published_slug ? *row.published_slug : row.slug;
    if (slug.empty()) return prefix.empty() ? "/" : prefix;
    return prefix + "/" + slug;
}

}  // namespace

PageSummary summary_of(SummaryRow row) {
    auto path = path_of(row);
    std::optional<Time> binned_until;
    if (row.binned_at) binned_until = *row.binned_at + bin_keeps;
    return {
        row.id,
        std::move(row.language),
        std::move(row.title),
        std::move(path),
        row.template_,
        row.state.value_or(State::draft),
        row.updated_at,
        std::move(row.updated_by_name),
        row.published_at,
        row.publish_at,
        binned_until,
    };
}

Page page_of(PageRow row) {
    Page page;
    page.slug = row.slug;
    page.sections.text = std::move(row.sections.text);
    page.seo = read_seo(row.seo.text);
    page.revision = row.revision;
    static_cast<PageSummary&>(page) = summary_of(std::move(row));
    return page;
}

Cursor cursor_of(const SummaryRow& row, bool by_title) {
    if (by_title) return {row.title, std::nullopt, row.id};
    return {std::nullopt, row.updated_at, row.id};
}

Task<std::vector<SummaryRow>> list(pg::TenantReads& reads, const Filter& filter) {
    auto cursor = filter.cursor.value_or(Cursor{});
    const auto& query = filter.state == State::binned ? list_binned
                        : filter.by_title             ? list_by_title
                                                      : list_latest;
    return reads.all(
        query,
        escaped(filter.search),
        filter.language,
        filter.state,
        cursor.updated_at,
        cursor.title,
        cursor.id,
        filter.limit + 1
    );
}

Task<Progress> progress(pg::TenantReads& reads) {
    auto row = co_await reads.one(select_progress);
    co_return Progress{row.home_edited.value_or(false), row.own_published.value_or(false)};
}

Task<Counts> count(pg::TenantReads& reads, std::optional<std::string> language) {
    Counts counts;
    for (const auto& row : co_await reads.all(count_states, language)) {
        auto pages = row.pages.value_or(0);
        if (row.state != State::binned) counts.all += pages;
        switch (row.state.value_or(State::draft)) {
            case State::draft:
                counts.draft = pages;
                break;
            case State::scheduled:
                counts.scheduled = pages;
                break;
            case State::published:
                counts.published = pages;
                break;
            case State::changed:
                counts.changed = pages;
                break;
            case State::binned:
                counts.binned = pages;
                break;
        }
    }
    co_return counts;
}

Task<std::optional<PageRow>> find(pg::TenantReads& reads, PageId id, std::string language) {
    return reads.maybe_one(find_page, id, language);
}

Task<std::optional<LockedRow>> lock(TenantTx& tx, PageId id, std::string language) {
    return tx.maybe_one(lock_page, id, language);
}

Task<PageRow> insert(TenantTx& tx, const Page& page, Author author, Time now) {
    auto row = co_await tx.one(
        insert_page,
        page.id,
        page.language,
        page.template_,
        page.slug,
        page.title,
        pg::Json{page.sections.text},
        seo_json(page.seo),
        author.user,
        author.name,
        now
    );
    co_await keep_revision(tx, row, author.user, now);
    co_return row;
}

Task<PageRow> update(TenantTx& tx, const Page& page, Author author, Time now) {
    auto row = co_await tx.one(
        update_page,
        page.id,
        page.language,
        page.slug,
        page.title,
        pg::Json{page.sections.text},
        seo_json(page.seo),
        author.user,
        author.name,
        now
    );
    co_await keep_revision(tx, row, author.user, now);
    co_return row;
}

Task<PageRow> publish(TenantTx& tx, const Page& page, std::string text, Time now) {
    return tx.one(publish_page, page.id, page.language, text, now);
}

Task<PageRow> schedule(TenantTx& tx, const Page& page, std::optional<Time> at) {
    return tx.one(schedule_page, page.id, page.language, at);
}

Task<PageRow> withdraw(TenantTx& tx, const Page& page) {
    return tx.one(withdraw_page, page.id, page.language);
}

Task<std::optional<Template>> template_of(TenantTx& tx, PageId id) {
    return tx.maybe_one(select_template, id);
}

Task<std::int64_t> bin(TenantTx& tx, PageId id, Time now) {
    return tx.run(bin_page, id, now);
}

Task<std::vector<SummaryRow>> restore(TenantTx& tx, PageId id, Time now) {
    return tx.all(restore_page, id, now);
}

Task<std::int64_t> erase(TenantTx& tx, PageId id) {
    return tx.run(erase_page, id);
}

Task<std::int64_t> erase_older(TenantTx& tx, PageId id, Time since) {
    return tx.run(erase_older_page, id, since);
}

Task<bool> slug_taken(TenantTx& tx, std::string language, std::string slug, PageId by_other_than) {
    co_return (co_await tx.maybe_one(find_slug, language, slug, by_other_than)).has_value();
}

Task<void> raise_generation(TenantTx& tx) {
    co_await tx.run(next_generation);
}

}  // namespace luster::pages::store
