#include "platform/directory/directory.h"

#include "testing/postgres.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace luster {
namespace {

class DirectoryCase : public testing::PostgresCase {
public:
    Task<void> set_up() {
        control_db = co_await control();
        co_await add(1, "platform", "platform", "NULL", "1");
        co_await add(7, "acme", "agency", "1", "1.7");
        co_await add(9, "shop", "organization", "7", "1.7.9");
        notifier = std::make_unique<pg::Notifier>(*control_db, loops.executor(0));
        std::array<std::uint8_t, 32> key{};
        keys = crypto::Keyring::parse(crypto::Keyring::make_line("test", key).reveal());
        directory = std::make_unique<Directory>(loops, *control_db, *notifier, keys);
        co_await directory->load();
    }
    Task<void> tear_down() {
        co_await testing::ended({"directory.refresh", "directory.load"});
        directory.reset();
        notifier.reset();
        co_await PostgresCase::tear_down();
    }
    Task<void> add(
        int id, std::string slug, std::string kind, std::string parent, std::string path
    ) {
        co_await control_sql(fmt::format(
            "INSERT INTO organization (id, slug, name, kind, parent_id, path, project_type, demo, "
            "language, status,"
            " created_at, updated_at) VALUES ({0}, '{1}', 'The {1}', '{2}', {3}, '{4}', 'website', "
            "true, 'en',"
            " 'active', '2026-01-01', '2026-01-01')",
            id,
            slug,
            kind,
            parent,
            path
        ));
    }
    Task<void> add_address(OrgId organization) {
        auto seal = [&](std::string_view column, std::string_view password) {
            return keys.seal(
                {"tenant_address", column, std::to_string(organization.value)}, password, random
            );
        };
        co_await control_sql(fmt::format(
            "INSERT INTO tenant_address VALUES ({0}, 'main', 'tenant_x', 'org_{0}_owner', "
            "'org_{0}_theme', '{1}', '{2}')",
            organization.value,
            seal("owner_password", "for the owner"),
            seal("theme_password", "for the theme")
        ));
    }

    pg::ControlDb* control_db = nullptr;
    crypto::Keyring keys = crypto::Keyring::parse(crypto::Keyring::make_line("none", {}).reveal());
    std::unique_ptr<pg::Notifier> notifier;
    std::unique_ptr<Directory> directory;
};

#define DIRECTORY_TEST(suite, name) LUSTER_CORO_TEST(DirectoryCase, suite, name)

}  // namespace

DIRECTORY_TEST(Directory, knows_the_tree) {
    auto tree = t.directory->tree();
    CHECK(tree->size() == 3);
    REQUIRE(tree->find_slug("shop"));
    CHECK(tree->find_slug("shop")->name == "The shop");
    CHECK(tree->is_below({9}, {7}));
    CHECK(tree->is_below({9}, {1}));
    CHECK(!tree->is_below({7}, {9}));
    co_return;
}

DIRECTORY_TEST(Directory, a_change_is_known_when_it_is_answered) {
    auto before = t.directory->tree();
    co_await t.add(10, "new", "organization", "7", "1.7.10");
    co_await t.control_sql("UPDATE organization SET status = 'deleted' WHERE id = 9");
    co_await t.directory->changed({10});
    co_await t.directory->changed({9});
    auto tree = t.directory->tree();
    CHECK(tree->find({10}) != nullptr);
    CHECK(tree->find({9}) == nullptr);
    CHECK(before->find({9}) != nullptr);  // who held the earlier tree still has it whole
}

DIRECTORY_TEST(Directory, tells_whose_status_or_verification_is_another) {
    std::vector<std::int64_t> told;
    t.directory->when_changed([&](OrgId organization) { told.push_back(organization.value); });
    co_await t.control_sql("UPDATE organization SET name = 'Renamed' WHERE id = 7");
    co_await t.directory->changed({7});
    CHECK(told.empty());
    co_await t.control_sql("UPDATE organization SET verified_at = '2026-01-02' WHERE id = 7");
    co_await t.directory->changed({7});
    co_await t.control_sql("UPDATE organization SET status = 'deleted' WHERE id = 9");
    co_await t.directory->load();
    CHECK(told == std::vector<std::int64_t>{7, 9});
}

DIRECTORY_TEST(Directory, hears_of_changes_elsewhere_and_reads_afresh_after_a_silence) {
    co_await t.control_sql("UPDATE organization SET name = 'Renamed' WHERE id = 7");
    t.directory->notified("9 7 nonsense");
    CHECK(co_await testing::becomes([&] {
        return t.directory->tree()->find({7})->name == "Renamed";
    }));
    co_await t.control_sql("UPDATE organization SET name = 'Again' WHERE id = 7");
    t.directory->back();
    CHECK(co_await testing::becomes([&] { return t.directory->tree()->find({7})->name == "Again"; })
    );
}

DIRECTORY_TEST(Directory, opens_the_address_of_a_database) {
    CHECK_THROWS_AS((void)co_await t.directory->address_of({9}), Fault);
    co_await t.add_address({9});
    auto address = co_await t.directory->address_of({9});
    CHECK(address.owner->role == "org_9_owner");
    CHECK(address.owner->password.reveal() == "for the owner");
    CHECK(address.theme->role == "org_9_theme");
    CHECK(address.theme->password.reveal() == "for the theme");
    CHECK((co_await t.directory->address_of({9})).owner == address.owner);
    co_await t.control_sql("DELETE FROM tenant_address");
    co_await t.directory->changed({9});
    CHECK_THROWS_AS((void)co_await t.directory->address_of({9}), Fault);
}

}  // namespace luster
