// Previews of drafts. An address is opened once, by its token; the browser then holds a cookie.
// Both are kept as hashes, end by themselves, and can be revoked.
#pragma once

#include "base/ids.h"
#include "core/tenancy/tenants.h"

namespace luster::previews {

constexpr Duration token_lives = std::chrono::minutes(5);
constexpr Duration cookie_lives = std::chrono::hours(12);

struct Preview {
    PageId page;
    std::string language;
    UserId made_by;
    Time expires_at;
};

// Expired ones go at the same time.
Task<void> add(TenantTx& tx, Bytes token_hash, Preview preview, Time now);
// Exchanges a token for a cookie; nothing where it is unknown, used or too old.
Task<std::optional<Preview>> exchange(TenantTx& tx, Bytes token_hash, Bytes cookie_hash, Time now);
Task<std::optional<Preview>> find(pg::TenantReads& reads, Bytes cookie_hash, Time now);

}  // namespace luster::previews
