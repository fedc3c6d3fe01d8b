#include "platform/provisioning/steps.h"

#include "io/faults.h"
#include "platform/provisioning/store.h"
#include "platform/provisioning/tenant_database.h"

#include <fmt/format.h>

#include <chrono>

namespace luster::provisioning {
namespace {

using namespace std::chrono_literals;
using reconcile::again;
using reconcile::done;
using reconcile::failed;
using reconcile::Outcome;

constexpr int spares_tried_max = 3;

TenantNames names(const Org& org) {
    return {org.database(), owner_role(org.id()), theme_role(org.id())};
}

// The one that an earlier pass took; one that was never finished is left to the stock, which drops
// it.
Task<std::int64_t> spare_for(Hands& hands, Org& org) {
    if (org.row.spare && org.row.spare_state != "taken") {
        co_await store::retire_spare(hands.world, *org.row.spare);
        org.row.spare.reset();
    }
    if (!org.row.spare) {
        org.row.spare = co_await hands.stock.make_for(org.row.server, org.kind(), org.id());
        org.row.spare_state = "taken";
    }
    co_return *org.row.spare;
}

// Brings template, schema, theme and demo rows along: later steps look first and find most of it
// there.
Task<Outcome> make_database(Hands& hands, Org& org) {
    auto& world = hands.world;
    auto births = world.doors.borrow(org.row.server);
    auto found = co_await look(*births, names(org));
    if (found.owner && *found.owner != owner_role(org.id())) {
        co_return failed(fmt::format("database {} belongs to {}", org.database(), *found.owner));
    }
    if (found.owner && !found.valid) co_await drop_database(*births, names(org));
    co_await store::reserve(world, org, !found.owner || !found.valid);
    if (found.owner && found.valid) co_return done();
    // Roles without a database are what a database dropped by hand leaves; its new one brings its
    // own.
    if (found.owner_role || found.theme_role) co_await drop_roles(*births, names(org));
    for (int tried = 0; tried < spares_tried_max; ++tried) {
        auto spare = spare_names(co_await spare_for(hands, org));
        auto renamed = co_await rename_spare(
            *births, spare, names(org), *org.owner_password, *org.theme_password
        );
        if (renamed == Renaming::done) {
            org.just_born = true;
            org.schema_recorded = true;
            hands.stock.look_again();
            co_return done();
        }
        co_await store::retire_spare(world, *org.row.spare);
        org.row.spare.reset();
        co_await store::reserve(world, org, true);
    }
    co_return again(200ms, "three spares could not be renamed");
}

Task<Outcome> make_roles(Hands& hands, Org& org) {
    if (org.just_born) co_return done();
    auto births = hands.world.doors.borrow(org.row.server);
    auto found = co_await look(*births, names(org));
    if (!found.owner) co_return again(0ms, "the database is gone");
    co_await set_roles(*births, names(org), found, *org.owner_password, *org.theme_password);
    co_await hands.world.pool.forget(org.id());
    co_return done();
}

Task<Outcome> apply_schema(Hands& hands, Org& org) {
    auto current = migrate::digest(hands.world.schema);
    if (org.just_born || org.row.schema_digest == current) co_return done();
    auto session = co_await pg::Session::connect(hands.world.servers, org.owner());
    co_await faults::around(
        "schema.apply", migrate::apply(session, hands.world.schema, hands.world.clock)
    );
    session.close();
    org.schema_recorded = true;
    co_return done();
}

Task<Outcome> make_bucket(Hands& hands, Org& org) {
    auto store = hands.world.stores.find(org.row.store);
    if (store == hands.world.stores.end()) {
        co_return failed(fmt::format("no store of files is named {}", org.row.store));
    }
    auto made = co_await faults::around("bucket.create", store->second->create(org.bucket()));
    LUSTER_ASSERT(made);
    co_return done();
}

Newborn newborn(const Hands& hands, const Org& org) {
    return {
        org.id(),
        org.row.name,
        org.row.language,
        org.row.time_zone,
        org.kind(),
        hands.world.clock.now()
    };
}

Task<Outcome> assign_theme(Hands& hands, Org& org) {
    if (org.just_born) co_return done();
    auto tx = co_await hands.world.pool.begin(org.id(), org.owner());
    co_await hands.world.seeder.assign_theme(tx, newborn(hands, org));
    co_await faults::around("theme.assign", tx.commit());
    co_return done();
}

Task<void> bring_content(Hands& hands, const Org& org) {
    auto tx = co_await hands.world.pool.begin(org.id(), org.owner());
    co_await hands.world.seeder.bring_content(tx, newborn(hands, org));
    co_await faults::around("demo.seed", tx.commit());
}

Task<void> bring_files(Hands& hands, const Org& org) {
    auto& buckets = *hands.world.stores.find(org.row.store)->second;
    co_await faults::around(
        "demo.files", hands.world.seeder.bring_files(buckets, org.bucket(), newborn(hands, org))
    );
}

const pg::SiteQuery<std::int64_t()> greet{"provisioning.greet", "SELECT 1::bigint"};

// The first visitor finds a connection of the theme role open.
Task<void> open_for_visitors(Hands& hands, const Org& org) {
    co_await hands.world.pool.site(org.id(), org.theme()).one(greet);
}

// Nothing of this needs the other.
Task<Outcome> seed_content(Hands& hands, Org& org) {
    std::vector<Task<void>> all;
    all.push_back(bring_content(hands, org));
    all.push_back(bring_files(hands, org));
    all.push_back(open_for_visitors(hands, org));
    co_await all_of(std::move(all));
    co_return done();
}

Task<Outcome> deploy(Hands& hands, Org& org) {
    co_await hands.world.organization_changed(org.id());
    co_return co_await faults::around(
        "runtime.deploy", hands.world.driver.deploy({org.id(), org.row.slug})
    );
}

Task<Outcome> probe_address(Hands& hands, Org& org) {
    auto& world = hands.world;
    int status = co_await world.probe.status_of(site_url(world.settings.sites_url, org.row.slug));
    if (status == 200) co_return done();
    auto why = status == 0 ? std::string("nobody answers at the site's address")
                           : fmt::format("the site answers {}", status);
    auto waited = world.clock.now() - *org.steps.row("address").started_at;
    // A server that isn't up will be; one that answers wrongly needs a person in the end.
    if (status != 0 && waited > world.settings.address_ms_max) co_return failed(why);
    co_return again(waited < 1s ? Duration(20ms) : Duration(500ms), why);
}

const Step birth[] = {
    {"database", make_database},
    {"roles", make_roles},
    {"schema", apply_schema},
    {"bucket", make_bucket},
    {"theme", assign_theme},
    {"demo", seed_content},
    {"runtime", deploy},
    {"address", probe_address},
};

}  // namespace

std::span<const Step> birth_steps() {
    return birth;
}

std::vector<std::string_view> names_of(std::span<const Step> steps) {
    std::vector<std::string_view> names;
    for (auto& step : steps) names.push_back(step.name);
    return names;
}

}  // namespace luster::provisioning
