#include "cms/previews/previews.h"

namespace luster::previews {
namespace {

struct PreviewRow {
    PageId page;
    std::string language;
    UserId made_by;
    Time expires_at;
};
BOOST_DESCRIBE_STRUCT(PreviewRow, (), (page, language, made_by, expires_at))

const pg::TenantQuery<void(Time)> drop_expired{
    "previews.drop_expired", "DELETE FROM preview WHERE expires_at < $1"
};
const pg::TenantQuery<void(Bytes, PageId, std::string, UserId, Time)> insert{
    "previews.insert",
    "INSERT INTO preview (token_hash, page, language, made_by, expires_at) VALUES ($1, $2, $3, $4, "
    "$5)"
};
const pg::TenantQuery<PreviewRow(Bytes, Bytes, Time, Time)> open{
    "previews.open",
    "UPDATE preview SET cookie_hash = $2, expires_at = $4"
    " WHERE token_hash = $1 AND cookie_hash IS NULL AND expires_at > $3"
    " RETURNING page, language, made_by, expires_at"
};
const pg::TenantQuery<PreviewRow(Bytes, Time)> find_cookie{
    "previews.find",
    "SELECT page, language, made_by, expires_at FROM preview WHERE cookie_hash = $1 AND expires_at "
    "> $2"
};

std::optional<Preview> preview_of(const std::optional<PreviewRow>& row) {
    if (!row) return std::nullopt;
    return Preview{row->page, row->language, row->made_by, row->expires_at};
}

}  // namespace

Task<void> add(TenantTx& tx, Bytes token_hash, Preview preview, Time now) {
    co_await tx.run(drop_expired, now);
    co_await tx.run(
        insert, token_hash, preview.page, preview.language, preview.made_by, preview.expires_at
    );
}

Task<std::optional<Preview>> exchange(TenantTx& tx, Bytes token_hash, Bytes cookie_hash, Time now) {
    co_return preview_of(
        co_await tx.maybe_one(open, token_hash, cookie_hash, now, now + cookie_lives)
    );
}

Task<std::optional<Preview>> find(pg::TenantReads& reads, Bytes cookie_hash, Time now) {
    co_return preview_of(co_await reads.maybe_one(find_cookie, cookie_hash, now));
}

}  // namespace luster::previews
