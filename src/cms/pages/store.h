// The rows of pages.
#pragma once

#include "cms/pages/pages.h"

namespace luster::pages::store {

struct SummaryRow {
    PageId id;
    std::string language;
    std::string title;
    std::string slug;
    std::optional<std::string> published_slug;
    std::optional<bool> in_main_language;  // computed
    Template template_;
    std::optional<State> state;  // computed
    Time updated_at;
    std::optional<std::string> updated_by_name;
    std::optional<Time> published_at;
    std::optional<Time> publish_at;
    std::optional<Time> binned_at;
};
BOOST_DESCRIBE_STRUCT(
    SummaryRow,
    (),
    (id,
     language,
     title,
     slug,
     published_slug,
     in_main_language,
     template_,
     state,
     updated_at,
     updated_by_name,
     published_at,
     publish_at,
     binned_at)
)

struct PageRow : SummaryRow {
    pg::Json sections;
    pg::Json seo;
    std::int64_t revision;
};
BOOST_DESCRIBE_STRUCT(PageRow, (SummaryRow), (sections, seo, revision))

struct LockedRow : PageRow {
    std::optional<ThemeVersionId> theme;  // the site's: what is written is held to it
};
BOOST_DESCRIBE_STRUCT(LockedRow, (PageRow), (theme))

PageSummary summary_of(SummaryRow row);
Page page_of(PageRow row);

Task<std::vector<SummaryRow>> list(pg::TenantReads& reads, const Filter& filter);
Task<Progress> progress(pg::TenantReads& reads);
Task<Counts> count(pg::TenantReads& reads, std::optional<std::string> language);
Task<std::optional<PageRow>> find(pg::TenantReads& reads, PageId id, std::string language);

Task<std::optional<LockedRow>> lock(TenantTx& tx, PageId id, std::string language);
Task<PageRow> insert(TenantTx& tx, const Page& page, Author author, Time now);
Task<PageRow> update(TenantTx& tx, const Page& page, Author author, Time now);
Task<PageRow> publish(TenantTx& tx, const Page& page, std::string text, Time now);
// Without a time: no longer.
Task<PageRow> schedule(TenantTx& tx, const Page& page, std::optional<Time> at);
Task<PageRow> withdraw(TenantTx& tx, const Page& page);
// Of what is not in the bin; locked.
Task<std::optional<Template>> template_of(TenantTx& tx, PageId id);
// How many languages of it were moved; the home page never is.
Task<std::int64_t> bin(TenantTx& tx, PageId id, Time now);
Task<std::vector<SummaryRow>> restore(TenantTx& tx, PageId id, Time now);
// Of what is in the bin, and was there at `since` already. How many languages of it went.
Task<std::int64_t> erase(TenantTx& tx, PageId id);
Task<std::int64_t> erase_older(TenantTx& tx, PageId id, Time since);
Task<bool> slug_taken(TenantTx& tx, std::string language, std::string slug, PageId by_other_than);
// Everything that visitors see is older than this from here on.
Task<void> raise_generation(TenantTx& tx);

Cursor cursor_of(const SummaryRow& row, bool by_title);

}  // namespace luster::pages::store
