#include "platform/provisioning/sealing.h"

#include "platform/provisioning/testing/births_case.h"

namespace luster::provisioning {
namespace {

crypto::Keyring ring(std::initializer_list<std::pair<const char*, std::uint8_t>> keys) {
    std::string lines;
    for (auto [id, byte] : keys) {
        std::array<std::uint8_t, 32> key{};
        key.fill(byte);
        lines += std::string(crypto::Keyring::make_line(id, key).reveal()) + "\n";
    }
    return crypto::Keyring::parse(lines);
}

Task<std::string> fault_of(BirthsCase& t, const crypto::Keyring& keys) {
    try {
        co_await check_keys(*t.control_db, keys);
    } catch (const Fault& fault) {
        co_return fault.what();
    }
    co_return "";
}

}  // namespace

BIRTHS_TEST(Keys, that_are_missing_or_others_are_told_of_before_anything_is_done_with_them) {
    CHECK(co_await fault_of(t, ring({{"other", 1}})) == "");  // nothing is sealed yet
    co_await t.born("acme");
    CHECK(co_await fault_of(t, *t.keys) == "");
    auto missing = co_await fault_of(t, ring({{"other", 7}}));
    CHECK(missing.starts_with("keys_file: the key 'test' "));
    auto another = co_await fault_of(t, ring({{"test", 8}}));
    CHECK(another.contains("missing or another one"));
}

BIRTHS_TEST(Keys, are_not_blamed_for_one_broken_row) {
    co_await t.born("acme");
    auto broken = co_await t.born("broken");
    co_await t.control_sql(
        "UPDATE tenant_address SET owner_password = owner_password || 'x' WHERE organization_id "
        "= " +
        std::to_string(broken.value)
    );
    CHECK(co_await fault_of(t, *t.keys) == "");
}

BIRTHS_TEST(Keys, may_go_once_everything_is_sealed_by_a_newer_one) {
    auto acme = co_await t.born("acme");
    auto before = co_await t.address(acme);
    auto both = ring({{"test", 7}, {"next", 9}});
    CHECK(co_await seal_anew(*t.control_db, both, t.random) == 1);
    CHECK(co_await seal_anew(*t.control_db, both, t.random) == 0);
    *t.keys = ring({{"next", 9}});
    CHECK(co_await fault_of(t, *t.keys) == "");
    CHECK((co_await t.address(acme)).password.equals(before.password.reveal()));
}

BIRTHS_TEST(Keys, that_are_lost_keep_nobody_from_being_removed) {
    auto acme = co_await t.born("acme");
    *t.keys = ring({{"other", 1}});
    co_await t.remove(acme);
    CHECK(co_await t.status(acme) == "deleted");
}

}  // namespace luster::provisioning
