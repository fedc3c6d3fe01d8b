// error: no matching member function for call to 'one'
#include "io/pg/pg.h"

using namespace luster;

const pg::TenantQuery<std::int64_t()> count_pages{"pages.count", "SELECT count(*) FROM page"};
Task<void> wrong(pg::ControlDb& control) {
    co_await control.one(count_pages);
}
