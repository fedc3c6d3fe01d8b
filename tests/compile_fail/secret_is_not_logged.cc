// error: deleted
#include "base/log.h"

void wrong(const luster::log::Logger& log, const luster::Secret& password) {
    log.info("signed in", {{"password", password}});
}
