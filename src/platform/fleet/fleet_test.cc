#include "platform/fleet/fleet.h"

#include "io/loop/together.h"
#include "platform/provisioning/testing/births_case.h"

namespace luster::provisioning {
namespace {

class OwnAddresses final : public Addresses {
public:
    explicit OwnAddresses(BirthsCase& t) : t_(t) {}
    Task<TenantAddress> address_of(OrgId organization) override {
        auto one = [](pg::Address address) {
            return std::make_shared<const pg::Address>(std::move(address));
        };
        auto owner = one(co_await t_.address(organization));
        co_return TenantAddress{owner, one(co_await t_.address(organization, true))};
    }

private:
    BirthsCase& t_;
};

struct Released {
    Released(BirthsCase& t, std::string sql)
        : addresses(t),
          schema(with(t.schema, std::move(sql))),
          fleet(t.loops, *t.control_db, t.servers, t.clock, addresses, schema, log::Logger()) {}
    static std::vector<migrate::Migration> with(
        std::vector<migrate::Migration> schema, std::string sql
    ) {
        auto head = std::string("-- phase: expand\n-- lock: short\n");
        schema.push_back(migrate::parse("20991231_2359_next", head + sql));
        return schema;
    }

    OwnAddresses addresses;
    std::vector<migrate::Migration> schema;
    fleet::Fleet fleet;
};

Task<std::string> as_owner(BirthsCase& t, OrgId organization, std::string sql) {
    auto session = co_await pg::Session::connect(t.servers, co_await t.address(organization));
    co_return (co_await session.rows(std::move(sql))).at(0).at(0).value();
}

}  // namespace

BIRTHS_TEST(Fleet, brings_a_database_that_is_behind_up_at_its_first_touch) {
    auto id = co_await t.born("acme");
    Released next(t, "CREATE TABLE next_release (id bigint);");
    CHECK(co_await next.fleet.behind() == std::vector{id});
    auto [first, second] = co_await together(next.fleet.address_of(id), next.fleet.address_of(id));
    CHECK(first.owner->role == second.owner->role);
    CHECK(co_await as_owner(t, id, "SELECT count(*) FROM next_release") == "0");
    CHECK(co_await as_owner(t, id, "SELECT count(*) FROM migration WHERE name ~ '2099'") == "1");
    CHECK(
        co_await t.value(
            "SELECT digest FROM tenant_schema WHERE organization_id = " + std::to_string(id.value)
        ) == migrate::digest(next.schema)
    );
    CHECK((co_await next.fleet.behind()).empty());
}

BIRTHS_TEST(Fleet, an_older_release_leaves_the_record_of_a_newer_one_alone) {
    auto id = co_await t.born("acme");
    Released next(t, "CREATE TABLE next_release (id bigint);");
    co_await next.fleet.address_of(id);
    OwnAddresses addresses(t);
    fleet::Fleet before(
        t.loops, *t.control_db, t.servers, t.clock, addresses, t.schema, log::Logger()
    );
    CHECK((co_await before.address_of(id)).owner->role == owner_role(id));
    CHECK((co_await next.fleet.behind()).empty());
}

BIRTHS_TEST(Fleet, a_migration_that_fails_leaves_the_database_shut_and_as_it_was) {
    auto id = co_await t.born("acme");
    Released next(t, "CREATE TABLE half (id bigint); SELECT nonsense;");
    CHECK_THROWS_AS((void)co_await next.fleet.address_of(id), Fault);
    CHECK_THROWS_AS((void)co_await next.fleet.address_of(id), Fault);
    CHECK(co_await as_owner(t, id, "SELECT to_regclass('half') IS NULL") == "t");
    CHECK(co_await next.fleet.behind() == std::vector{id});
}

}  // namespace luster::provisioning
