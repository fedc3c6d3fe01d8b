// Idempotency-Key: the row is written in the transaction of the effect, so in that database.
// Inserting it first makes it the lock: a second request with the key waits for the first one's
// commit.
#include "base/crypto.h"
#include "core/api/endpoint.h"

namespace luster::api {
namespace {

constexpr auto kept_for = std::chrono::hours(24);
constexpr std::size_t key_length_max = 255;

struct KeyRow {
    Bytes body_hmac;
    std::optional<std::int32_t> status;  // NULL only while its transaction runs
    std::string body;
    std::string etag;
    std::string location;
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (body_hmac, status, body, etag, location))

constexpr std::string_view forget_sql = "DELETE FROM idempotency_key WHERE created_at < $1";
constexpr std::string_view claim_sql = R"sql(
    INSERT INTO idempotency_key (scope, key, body_hmac, created_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (scope, key) DO NOTHING)sql";
constexpr std::string_view find_sql = R"sql(
    SELECT body_hmac, status, body, etag, location FROM idempotency_key
     WHERE scope = $1 AND key = $2)sql";
constexpr std::string_view keep_sql = R"sql(
    UPDATE idempotency_key SET status = $3, body = $4, etag = $5, location = $6
     WHERE scope = $1 AND key = $2)sql";

template <template <class> class Query>
struct Queries {
    Query<void(Time)> forget;
    Query<void(std::string, std::string, Bytes, Time)> claim;
    Query<KeyRow(std::string, std::string)> find;
    Query<void(std::string, std::string, std::int32_t, std::string, std::string, std::string)> keep;
};
const Queries<pg::ControlQuery> in_control{
    {"api.control.forget_keys", forget_sql},
    {"api.control.claim_key", claim_sql},
    {"api.control.find_key", find_sql},
    {"api.control.keep_answer", keep_sql},
};
const Queries<pg::TenantQuery> in_tenant{
    {"api.tenant.forget_keys", forget_sql},
    {"api.tenant.claim_key", claim_sql},
    {"api.tenant.find_key", find_sql},
    {"api.tenant.keep_answer", keep_sql},
};

Problem malformed_key(std::string sentence) {
    return Problem{Problem::Kind::malformed, {std::move(sentence), {}}, {}, {}, {}, {}};
}

Problem still_running() {
    return Problem{
        Problem::Kind::in_progress, {"problem_in_progress", {}}, {}, std::chrono::seconds(1), {}, {}
    };
}

// True: the key is ours now. False: somebody had it before. A refusal: they still run.
template <class Tx, class Queries>
Task<Result<bool>> claim(
    Tx& tx, const Queries& queries, std::string scope, std::string key, Bytes hmac, Time now
) {
    try {
        co_await tx.execute("SET LOCAL lock_timeout = '2s'");
        co_await tx.run(queries.forget, now - kept_for);
        co_return co_await tx.run(queries.claim, scope, key, hmac, now) == 1;
    } catch (const pg::Error& error) {
        if (error.sqlstate() != "55P03") throw;  // lock_not_available
    }
    co_return refuse(still_running());
}

template <class Tx, class Queries>
Task<Result<std::optional<KeptAnswer>>> claim_or_find(
    Tx& tx, const Queries& queries, std::string scope, std::string key, Bytes hmac, Time now
) {
    if (CO_TRY(co_await claim(tx, queries, scope, key, hmac, now))) co_return std::nullopt;
    auto row = co_await tx.maybe_one(queries.find, scope, key);
    if (!row || !row->status) co_return refuse(still_running());
    if (row->body_hmac != hmac) {
        co_return refuse(Problem{
            Problem::Kind::idempotency_mismatch,
            {"problem_idempotency_mismatch", {}},
            {},
            {},
            {},
            {}
        });
    }
    co_return KeptAnswer{*row->status, row->body, row->etag, row->location};
}

}  // namespace

Result<void> Call::take_key(std::string_view body) {
    auto key = request.headers.find("Idempotency-Key");
    bool printable = std::ranges::all_of(key, [](char c) { return c >= 0x20 && c < 0x7f; });
    if (key.empty()) return refuse(malformed_key("problem_idempotency_required"));
    if (key.size() > key_length_max || !printable)
        return refuse(malformed_key("problem_idempotency_rule"));
    std::string scope = session ? session->actor->user.text() : "anyone";
    scope += ' ';
    scope += organization ? organization->text() : "-";
    scope += ' ';
    scope += endpoint->path;
    auto hmac = crypto::bytes_of(crypto::hmac_sha256(key_secret->reveal(), body));
    key_ = Key{std::string(key), std::move(scope), std::move(hmac)};
    return {};
}

Task<Result<std::optional<KeptAnswer>>> Call::claim_key(TenantTx& tx) {
    if (!key_) co_return std::nullopt;
    co_return co_await claim_or_find(tx, in_tenant, key_->scope, key_->key, key_->body_hmac, now());
}

Task<Result<std::optional<KeptAnswer>>> Call::claim_key(pg::ControlTx& tx) {
    if (!key_) co_return std::nullopt;
    co_return co_await claim_or_find(
        tx, in_control, key_->scope, key_->key, key_->body_hmac, now()
    );
}

Task<void> Call::keep(TenantTx& tx, KeptAnswer answer) {
    co_await tx.run(
        in_tenant.keep,
        key_->scope,
        key_->key,
        answer.status,
        answer.body,
        answer.etag,
        answer.location
    );
}

Task<void> Call::keep(pg::ControlTx& tx, KeptAnswer answer) {
    co_await tx.run(
        in_control.keep,
        key_->scope,
        key_->key,
        answer.status,
        answer.body,
        answer.etag,
        answer.location
    );
}

Task<Result<pg::ControlTx>> Call::begin_control() {
    auto begun = CO_TRY(co_await begin_control_or_repeat());
    if (begun.answered_before) throw AnsweredBefore{std::move(*begun.answered_before)};
    co_return std::move(begun.tx);
}

Task<Result<Call::Begun>> Call::begin_control_or_repeat() {
    auto tx = co_await services.control.begin();
    auto kept = CO_TRY(co_await claim_key(tx));
    co_return Begun{std::move(tx), std::move(kept)};
}

}  // namespace luster::api
