// What `luster site` is given for one organization: site.toml and the password of its theme role.
#pragma once

#include "app/config.h"
#include "core/access/tree.h"
#include "io/pg/server.h"

#include <string>

namespace luster::app {

// Readable by this user alone. A Fault where the folder can't be written.
void write_site_folder(
    const std::string& folder, const OrgNode& node, const pg::Address& theme, const Config& config
);

}  // namespace luster::app
