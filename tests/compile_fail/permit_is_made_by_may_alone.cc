// error: calling a private constructor of class 'luster::Permit
#include "core/access/access.h"

using namespace luster;

Permit<Right::edit_content> forged(const Actor& actor) {
    return Permit<Right::edit_content>(OrgId{7}, actor, Role::superadmin);
}
