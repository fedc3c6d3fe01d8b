#include "mistakes.h"

#include "io/loop/loops.h"
#include "platform/provisioning/store.h"
#include "platform/provisioning/tenant_database.h"

#include <fmt/format.h>

#include <algorithm>

namespace luster::sim {
namespace {

using namespace provisioning;
using reconcile::done;
using reconcile::Outcome;

using StepFunction = Task<Outcome> (*)(Hands&, Org&);

std::vector<Step> with(std::span<const Step> steps, std::string_view name, StepFunction other) {
    std::vector<Step> all(steps.begin(), steps.end());
    std::ranges::find(all, name, &Step::name)->run = other;
    return all;
}

Task<Outcome> the_real_one(std::string_view name, Hands& hands, Org& org) {
    auto steps = birth_steps();
    return std::ranges::find(steps, name, &Step::name)->run(hands, org);
}

// 1. The spare gets its new name before it is written down whose it is.
const pg::ControlQuery<std::int64_t(std::string_view, bool)> first_ready{"sim.first_ready", R"sql(
    SELECT id FROM spare WHERE state = 'ready' AND project_type = $1 AND demo = $2
     ORDER BY id LIMIT 1)sql"};
const pg::ControlQuery<void(std::int64_t, OrgId)> record_taken{"sim.record_taken", R"sql(
    UPDATE spare SET state = 'taken', organization_id = $2 WHERE id = $1 AND state = 'ready')sql"};

Task<Outcome> rename_first(Hands& hands, Org& org) {
    auto& world = hands.world;
    auto ready = co_await world.control.maybe_one(first_ready, org.row.project_type, org.row.demo);
    auto births = world.doors.borrow(org.row.server);
    TenantNames names{org.database(), owner_role(org.id()), theme_role(org.id())};
    auto found = co_await look(*births, names);
    if (!found.owner && ready && !org.row.spare) {
        co_await store::reserve(world, org, false);
        auto renamed = co_await rename_spare(
            *births, spare_names(*ready), names, *org.owner_password, *org.theme_password
        );
        if (renamed == Renaming::done) org.row.spare = *ready;
    }
    co_return co_await the_real_one("database", hands, org);
}

Task<Outcome> record_then_seed(Hands& hands, Org& org) {
    if (org.row.spare) {
        auto tx = co_await hands.world.control.begin();
        co_await tx.run(record_taken, *org.row.spare, org.id());
        co_await tx.commit();
    }
    co_return co_await the_real_one("demo", hands, org);
}

// 2. A step says 'done' when its effect has only begun.
Task<void> seed_later(World& world, pg::Address owner, std::string bucket, Newborn newborn) {
    try {
        auto tx = co_await world.pool.begin(newborn.organization, owner);
        co_await world.seeder.bring_content(tx, newborn);
        co_await tx.commit();
        auto& buckets = *world.stores.find("main")->second;
        co_await world.seeder.bring_files(buckets, bucket, newborn);
    } catch (const Fault&) {
    }
}

Task<Outcome> done_too_early(Hands& hands, Org& org) {
    Newborn newborn{
        org.id(),
        org.row.name,
        org.row.language,
        org.row.time_zone,
        org.kind(),
        hands.world.clock.now()
    };
    spawn(
        co_await boost::asio::this_coro::executor,
        "sim.late",
        seed_later(hands.world, org.owner(), org.bucket(), newborn)
    );
    co_return done();
}

// 4. What a removal forgets.
Task<Outcome> forget_the_bucket(Hands&, Org&) {
    co_return done();
}

// 3. The key is kept after the answer, in a transaction of its own.
const pg::ControlQuery<std::string(std::string_view)> late_answer{
    "sim.late_answer", "SELECT body FROM idempotency_key WHERE scope = 'late' AND key = $1"
};
const pg::ControlQuery<void(std::string_view, std::string_view)> keep_late{"sim.keep_late", R"sql(
    INSERT INTO idempotency_key (scope, key, body_hmac, status, body, created_at)
    VALUES ('late', $1, '', 201, $2, '2026-12-01') ON CONFLICT DO NOTHING)sql"};

void keep_keys_apart(const Ground&, Process& process) {
    process.handle = [&process, real = process.handle](http::Request& request) -> Task<Answer> {
        std::string key(request.headers.find("Idempotency-Key"));
        auto& control = process.control();
        if (auto kept = co_await control.maybe_one(late_answer, key)) co_return Answer{201, *kept};
        auto fresh = fmt::format("{} {}", key, process.fresh());
        std::vector<http::Field> fields(request.headers.begin(), request.headers.end());
        for (auto& field : fields) {
            if (field.name == "Idempotency-Key") field.value = fresh;
        }
        request.headers = http::Headers(fields);
        auto answer = co_await real(request);
        auto tx = co_await control.begin();
        if (answer.status == 201) co_await tx.run(keep_late, key, answer.text);
        co_await tx.commit();
        co_return answer;
    };
}

// 5. Nothing keeps a slug from being given twice.
void slugs_for_everyone(const Ground& ground) {
    ground.control("DROP INDEX organization_slug_taken");
}

std::vector<Mistake> all_mistakes() {
    static const auto renamed =
        with(with(birth_steps(), "database", rename_first), "demo", record_then_seed);
    static const auto early = with(birth_steps(), "demo", done_too_early);
    static const auto left = with(removal_steps(), "bucket", forget_the_bucket);
    return {
        {.name = "spare-renamed-before-it-is-recorded", .steps = {.birth = renamed}},
        {.name = "step-done-before-its-effect", .steps = {.birth = early}},
        {.name = "key-kept-in-another-transaction", .join = keep_keys_apart},
        {.name = "bucket-left-by-a-removal", .steps = {.removal = left}},
        {.name = "slug-given-twice", .plant = slugs_for_everyone},
    };
}

}  // namespace

const std::vector<Mistake>& mistakes() {
    static const auto all = all_mistakes();
    return all;
}

const Mistake& no_mistake() {
    static const Mistake none{.name = "none"};
    return none;
}

}  // namespace luster::sim
