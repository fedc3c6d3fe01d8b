// error: no matching function for call to 'publish'
#include "core/access/access.h"

using namespace luster;

void publish(Permit<Right::edit_content>);
void by_viewer(Permit<Right::read_content> viewer) {
    publish(std::move(viewer));
}
