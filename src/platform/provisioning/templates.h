// How templates and spares are made and unmade on a PostgreSQL server.
#pragma once

#include "platform/provisioning/names.h"
#include "platform/provisioning/world.h"

namespace luster::provisioning {

// Schema by migrations, theme and content by the seeder; closed when done, so that it can be copied
// at any time.
Task<void> make_template_database(
    World& world, pg::Births& births, const SeedKind& kind, const std::string& database
);
Task<void> drop_template_database(pg::Births& births, const std::string& database);

// A copy whose objects already belong to a role of its own, entered once (the first connection to a
// database fills caches on disk) and then closed until it gets a name.
Task<void> make_spare_database(
    pg::Births& births, const SpareNames& spare, const std::string& source
);
Task<void> drop_spare_database(pg::Births& births, const SpareNames& spare);

}  // namespace luster::provisioning
