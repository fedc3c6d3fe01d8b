// error: no matching function for call to 'show'
#include "base/ids.h"

void show(luster::PageId);
void wrong(luster::UserId user) {
    show(user);
}
