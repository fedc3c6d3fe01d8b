// error: no matching function for call to 'endpoint'
#include "core/api/endpoint.h"

using namespace luster;

Task<Result<api::NoContent>> handler(api::Call&);
auto wrong() {
    return api::get("/orgs/{org}/pages", handler, "List pages");
}
