#include "platform/identity/tokens.h"

namespace luster::identity {
namespace {

const pg::ControlQuery<void(UserId, TokenPurpose)> end_tokens{"identity.end_tokens", R"sql(
    DELETE FROM email_token WHERE user_id = $1 AND purpose = $2)sql"};

const pg::ControlQuery<void(Bytes, UserId, TokenPurpose, Time, Time)> insert_token{
    "identity.issue_token", R"sql(
    INSERT INTO email_token (hash, user_id, purpose, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5))sql"
};

const pg::ControlQuery<bool(UserId)> has_link{"identity.was_written_to", R"sql(
    SELECT EXISTS (SELECT FROM email_token
                    WHERE user_id = $1 AND purpose IN ('verification', 'take_over')))sql"};

const pg::ControlQuery<std::int64_t(std::string, Time)> count_links{"identity.links_to", R"sql(
    SELECT count(*) FROM email_token
      JOIN app_user ON app_user.id = email_token.user_id
     WHERE email_folded = $1 AND purpose IN ('verification', 'take_over')
       AND email_token.created_at > $2)sql"};

const pg::ControlQuery<UserId(Bytes, TokenPurpose, Time)> select_token{
    "identity.look_at_token", R"sql(
    SELECT user_id FROM email_token
     WHERE hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3)sql"
};

const pg::ControlQuery<UserId(Bytes, TokenPurpose, Time)> use_token{"identity.take_token", R"sql(
    UPDATE email_token SET used_at = $3
     WHERE hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3
    RETURNING user_id)sql"};

}  // namespace

Task<Secret> issue_token(
    pg::ControlTx& tx, Random& random, UserId user, TokenPurpose purpose, Time now
) {
    auto token = crypto::make_token(random);
    co_await tx.run(end_tokens, user, purpose);
    co_await tx.run(insert_token, token.hash, user, purpose, now, now + lifetime_of(purpose));
    co_return token.text;
}

Task<bool> was_written_to(pg::ControlTx& tx, UserId user) {
    return tx.one(has_link, user);
}

Task<bool> is_written_to_enough(pg::ControlTx& tx, std::string email_folded, Time now) {
    constexpr std::int64_t links_max = 3;
    co_return co_await tx.one(count_links, std::move(email_folded), now - std::chrono::hours(1)) >=
        links_max;
}

Task<std::optional<UserId>> look_at_token(
    pg::ControlDb& control, std::string token, TokenPurpose purpose, Time now
) {
    auto hash = crypto::token_hash(token);
    if (!hash) co_return std::nullopt;
    co_return co_await control.maybe_one(select_token, *hash, purpose, now);
}

Task<std::optional<UserId>> take_token(
    pg::ControlTx& tx, std::string token, TokenPurpose purpose, Time now
) {
    auto hash = crypto::token_hash(token);
    if (!hash) co_return std::nullopt;
    co_return co_await tx.maybe_one(use_token, *hash, purpose, now);
}

}  // namespace luster::identity
