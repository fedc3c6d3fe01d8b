// error: a right to read begins no transaction
#include "core/tenancy/tenants.h"

using namespace luster;

Task<void> write(Tenants& tenants, Permit<Right::read_content> viewer) {
    auto tx = co_await tenants.begin(viewer);
}
