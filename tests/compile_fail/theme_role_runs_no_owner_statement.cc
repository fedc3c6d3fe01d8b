// error: no matching member function for call to 'one'
#include "io/pg/pg.h"

using namespace luster;

const pg::TenantQuery<std::int64_t()> count_drafts{"pages.drafts", "SELECT count(*) FROM page"};
Task<void> wrong(pg::SiteReads site) {
    co_await site.one(count_drafts);
}
