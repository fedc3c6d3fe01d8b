#include "cms/settings/settings.h"

#include "testing/tenant.h"

namespace luster::settings {
namespace {

struct SettingsCase : testing::TenantCase {
    std::vector<std::string> heard;  // keys

    SettingsCase() {
        auto hear = [this](outbox::Delivery, Changed event) -> Task<void> {
            heard.push_back(event.key);
            co_return;
        };
        listeners.push_back(outbox::listener<Changed>("test", hear));
    }
    // What the settings are afterwards, and the generation of the site's pages.
    Task<std::string> after(Identity identity) {
        auto tx = co_await tenants->begin(as<Right::edit_content>(edda_editor));
        co_await follow(tx, std::move(identity));
        co_await tx.commit();
        auto rows = co_await sql(
            tenant,
            "SELECT string_agg(value #>> '{}', ', ' ORDER BY key) || '; ' ||"
            " (SELECT generation FROM site_state) FROM setting"
        );
        co_return rows.at(0).at(0).value();
    }
};

}  // namespace

LUSTER_CORO_TEST(SettingsCase, Settings, of_a_site_follow_its_organization_and_visitors_see_it) {
    co_await t.sql(
        t.tenant,
        "INSERT INTO setting (key, value, public) VALUES ('site_name', '\"Old\"', true),"
        " ('time_zone', '\"UTC\"', true)"
    );
    CHECK(co_await t.after({"Old", "UTC"}) == "Old, UTC; 1");
    CHECK(co_await t.after({"New", "UTC"}) == "New, UTC; 2");
    CHECK(co_await t.after({"New", "Europe/Berlin"}) == "New, Europe/Berlin; 3");
    CHECK(co_await testing::becomes([&] { return t.heard.size() == 2; }));
    CHECK(t.heard == std::vector<std::string>{"site_name", "time_zone"});
}

}  // namespace luster::settings
