// error: call to implicitly-deleted copy constructor of 'Permit
#include "core/access/access.h"

using namespace luster;

Permit<Right::edit_content> twice(const Permit<Right::edit_content>& permit) {
    return permit;
}
