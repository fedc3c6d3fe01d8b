// error: no matching member function for call to 'begin'
#include "core/tenancy/tenants.h"

using namespace luster;

Task<void> write(Tenants& tenants, OrgId organization) {
    auto tx = co_await tenants.begin(organization);
}
