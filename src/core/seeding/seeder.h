// What a new organization's database holds beside its schema: a theme, and demo content or a bare
// beginning. Content features implement it; provisioning calls it and never hears of pages.
#pragma once

#include "base/ids.h"
#include "io/pg/session.h"
#include "io/pg/transaction.h"
#include "io/s3/buckets.h"

#include <string>

namespace luster {

struct SeedKind {
    std::string project_type;  // "website" or "ecommerce"
    bool demo = true;
    friend bool operator==(const SeedKind&, const SeedKind&) = default;
};

// What no template can know.
struct Newborn {
    OrgId organization;
    std::string name;
    std::string language;
    std::string time_zone;
    SeedKind kind;
    Time now;
};

class Seeder {
public:
    virtual ~Seeder() = default;

    // Of everything that `fill` writes (theme files, demo texts, the platform's language): when it
    // changes, templates and spares made before are stale.
    virtual std::string digest() const = 0;
    // Fills a template whose schema is complete. The session acts as the owner of the objects and
    // is inside a transaction.
    virtual Task<void> fill(pg::Session& session, const SeedKind& kind, Time now) = 0;

    // The rest are called at every pass over an organization, look first and change nothing the
    // second time.
    virtual Task<void> assign_theme(pg::TenantTx& tx, const Newborn& newborn) = 0;
    // Name, dates, demo rows where the database came without.
    virtual Task<void> bring_content(pg::TenantTx& tx, const Newborn& newborn) = 0;
    virtual Task<void> bring_files(
        s3::Buckets& buckets, const std::string& bucket, const Newborn& newborn
    ) = 0;
};

}  // namespace luster
