// error: describe the struct with BOOST_DESCRIBE_STRUCT
#include "base/json.h"
#include "base/secret.h"

std::string wrong(const luster::Secret& password) {
    return luster::json::to_string(password);
}
