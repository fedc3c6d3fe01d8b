#include "twins.h"

#include "io/loop/loops.h"
#include "io/loop/turns.h"

#include <chrono>

namespace luster::sim {
namespace {

constexpr Time first_day{1'796'083'200'000'000};  // in December 2026

const pg::TenantQuery<void(std::string_view, pg::Json)> set_once{
    "sim.set_once", R"sql(
    INSERT INTO setting (key, value, public) VALUES ($1, $2, true) ON CONFLICT (key) DO NOTHING)sql"
};

}  // namespace

Time SimulatedTime::now() const {
    return first_day + std::chrono::duration_cast<Duration>(TimerClock::now().time_since_epoch());
}

Task<void> SimulatedTime::sleep_until(Time time) {
    if (time > now()) co_await sleep(std::chrono::ceil<std::chrono::milliseconds>(time - now()));
}

Task<Result<void>> Files::create(std::string bucket) {
    return turns::around("create " + bucket, store_.create(bucket));
}
Task<bool> Files::exists(std::string bucket) {
    return turns::around("look for " + bucket, store_.exists(bucket));
}
Task<void> Files::remove_bucket(std::string bucket) {
    return turns::around("remove " + bucket, store_.remove_bucket(bucket));
}
Task<Result<void>> Files::put(
    std::string bucket, std::string key, std::string type, s3::Pieces body
) {
    return turns::around("put into " + bucket, store_.put(bucket, key, type, std::move(body)));
}
Task<Result<s3::Object>> Files::get(std::string bucket, std::string key) {
    return turns::around("get from " + bucket, store_.get(bucket, key));
}
Task<Result<void>> Files::remove(std::string bucket, std::string key) {
    return turns::around("remove from " + bucket, store_.remove(bucket, key));
}
Task<Result<s3::Listing>> Files::list(
    std::string bucket, std::string prefix, std::string after, std::size_t limit
) {
    return turns::around("list " + bucket, store_.list(bucket, prefix, after, limit));
}

Task<void> MailServer::send(smtp::Mail mail) {
    return turns::around("mail to " + mail.to.address, mailbox_.send(mail));
}

Task<void> Sites::close(OrgId organization) {
    open_.erase(organization);
    co_return;
}

Task<int> Sites::status_of(std::string url) {
    auto look = []() -> Task<int> { co_return 200; };
    try {
        co_return co_await turns::around("visit " + url, look());
    } catch (const Fault&) {
        co_return 0;
    }
}

Task<void> PlainSeeder::fill(pg::Session& session, const SeedKind& kind, Time) {
    co_await session.execute("INSERT INTO setting VALUES ('theme', '\"folio\"', true)");
    if (kind.demo) co_await session.execute("INSERT INTO setting VALUES ('demo', '1', true)");
}

Task<void> PlainSeeder::assign_theme(pg::TenantTx& tx, const Newborn&) {
    co_await tx.run(set_once, "theme", pg::Json{"\"folio\""});
}

Task<void> PlainSeeder::bring_content(pg::TenantTx& tx, const Newborn& newborn) {
    co_await tx.run(set_once, "name", pg::Json{"\"" + newborn.name + "\""});
}

Task<void> PlainSeeder::bring_files(
    s3::Buckets& buckets, const std::string& bucket, const Newborn& newborn
) {
    if (!newborn.kind.demo) co_return;
    auto put = co_await buckets.put(bucket, "hero.webp", "image/webp", s3::pieces_of("picture"));
    if (!put) throw Fault("the picture could not be stored");
}

}  // namespace luster::sim
