#include "platform/identity/guard.h"

#include "base/crypto.h"

#include <fmt/format.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>

namespace luster::identity {
namespace {

struct Count {
    std::string scope;
    std::int32_t count = 0;
    Time started_at;
};
BOOST_DESCRIBE_STRUCT(Count, (), (scope, count, started_at))

// In the order of the key, so that two attempts can't wait for each other.
const pg::ControlQuery<Count(std::vector<std::string>, std::vector<std::string>, Time, Time)>
    count_attempt{"identity.count_attempt", R"sql(
    INSERT INTO sign_in_failure AS failure (scope, key, count, started_at)
    SELECT scope, key, 1, $3 FROM unnest($1::text[], $2::text[]) AS counted (scope, key)
     ORDER BY scope, key
    ON CONFLICT (scope, key) DO UPDATE
       SET count = CASE WHEN failure.started_at <= $4 THEN 1 ELSE failure.count + 1 END,
           started_at = CASE WHEN failure.started_at <= $4 THEN $3 ELSE failure.started_at END
    RETURNING scope, count, started_at)sql"};

// Of the user whom a sign-in means: a stranger's provisional one of the same address opens nothing.
const pg::ControlQuery<bool(std::string, std::string)> network_is_known{
    "identity.network_is_known", R"sql(
    SELECT EXISTS (SELECT FROM known_network
                    WHERE network = $2
                      AND user_id = (SELECT id FROM app_user WHERE email_folded = $1
                                      ORDER BY (verified_at IS NULL), created_at DESC LIMIT 1)))sql"
};

const pg::ControlQuery<void(std::string, std::string)> take_back{"identity.uncount_attempt", R"sql(
    UPDATE sign_in_failure SET count = greatest(count - 1, 0)
     WHERE (scope = 'network' AND key = $1) OR (scope = 'account' AND key = $2))sql"};

const pg::ControlQuery<void(std::string)> clear_pair{
    "identity.clear_attempts", "DELETE FROM sign_in_failure WHERE scope = 'pair' AND key = $1"
};

const pg::ControlQuery<void(UserId, std::string, Time)> remember_network{
    "identity.remember_network", R"sql(
    INSERT INTO known_network (user_id, network, seen_at) VALUES ($1, $2, $3)
    ON CONFLICT (user_id, network) DO UPDATE SET seen_at = excluded.seen_at)sql"
};

std::string pair_of(const Attempt& attempt) {
    return attempt.account + " " + attempt.network;
}

}  // namespace

std::string wide_network_of(std::string_view text) {
    std::string address(text);
    std::array<unsigned char, 16> bytes{};
    if (address.starts_with("::ffff:") && address.find('.') != std::string::npos)
        address.erase(0, 7);
    if (inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) {
        return fmt::format("{}.{}.{}.0/24", bytes[0], bytes[1], bytes[2]);
    }
    if (inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return "unknown";
    std::fill(bytes.begin() + 7, bytes.end(), 0);
    char network[INET6_ADDRSTRLEN];
    inet_ntop(AF_INET6, bytes.data(), network, sizeof network);
    return fmt::format("{}/56", network);
}

Attempt attempt_of(std::string_view email_folded, std::string_view address) {
    auto hash = crypto::hex(crypto::bytes_of(crypto::sha256(email_folded)).data);
    return {hash, wide_network_of(address)};
}

Task<Result<void>> Guard::admit(Attempt attempt, std::string email_folded, Time now) {
    auto tx = co_await control_.begin();
    auto counts = co_await tx.all(
        count_attempt,
        std::vector<std::string>{"pair", "network", "account"},
        std::vector<std::string>{pair_of(attempt), attempt.network, attempt.account},
        now,
        now - limits_.window
    );
    co_await tx.commit();
    std::optional<Time> free_at;
    bool crowd_only = true;
    for (const auto& count : counts) {
        auto most = count.scope == "pair"      ? limits_.by_account_and_network
                    : count.scope == "network" ? limits_.by_network
                                               : limits_.by_account;
        if (count.count <= most) continue;
        free_at = std::max(free_at.value_or(Time{}), count.started_at + limits_.window);
        crowd_only &= count.scope != "pair";
    }
    if (!free_at) co_return Result<void>();
    if (crowd_only && co_await control_.one(network_is_known, email_folded, attempt.network)) {
        co_return Result<void>();
    }
    auto wait = std::chrono::ceil<std::chrono::seconds>(*free_at - now);
    co_return refuse(too_many_requests(std::max(wait, std::chrono::seconds(1))));
}

Task<void> Guard::succeeded(pg::ControlTx& tx, Attempt attempt, UserId user, Time now) {
    co_await tx.run(clear_pair, pair_of(attempt));
    co_await tx.run(take_back, attempt.network, attempt.account);
    co_await tx.run(remember_network, user, attempt.network, now);
}

}  // namespace luster::identity
