// Compiles: the right uses of what the other files use wrongly.
#include "base/log.h"
#include "core/tenancy/tenants.h"

using namespace luster;

Task<void> right(
    Tenants& tenants, Permit<Right::edit_content> editor, Permit<Right::read_content> viewer
) {
    auto tx = co_await tenants.begin(editor);
    auto reads = co_await tenants.read(viewer);
    co_await tx.commit();
}

void log_it(const log::Logger& log, PageId page) {
    log.info("page published", {{"page", page}});
}
