#include "cms/seeds/seeds.h"

#include "testing/postgres.h"

namespace luster::seeds {
namespace {

const std::filesystem::path themes_folder = std::filesystem::path(LUSTER_SOURCE_DIR) / "themes";

}  // namespace

PG_TEST(Seeds, a_seed_brings_theme_and_demo_pages_that_the_theme_role_reads) {
    auto tenant = co_await t.make_tenant();
    auto folder = themes::read_folder(themes_folder / "folio");
    co_await t.sql(
        tenant, theme_sql(folder, t.clock.now()) + content_sql(folder, true, "en", t.clock.now())
    );
    auto published = co_await t.sql(tenant, "SELECT count(*) FROM site.page");
    CHECK(published[0][0]->size() >= 1);
    auto files = co_await t.sql(tenant, "SELECT count(*) FROM site.theme_file");
    CHECK(*files[0][0] == std::to_string(folder.files.size()));
    auto theme = co_await themes::current(t.pool().reads(tenant.organization, tenant.owner), "en");
    CHECK(theme.name == "folio");
}

PG_TEST(Seeds, a_newborn_gets_its_name_and_language_once) {
    auto tenant = co_await t.make_tenant();
    ThemeSeeder seeder(themes_folder, "en");
    Newborn newborn{
        tenant.organization, "Bäckerei Süß", "de", "Europe/Berlin", {"website", true}, t.clock.now()
    };
    for (int pass = 0; pass < 2; ++pass) {
        auto tx = co_await t.pool().begin(tenant.organization, tenant.owner);
        co_await seeder.assign_theme(tx, newborn);
        co_await seeder.bring_content(tx, newborn);
        co_await tx.commit();
        newborn.name = "must not be taken";
    }
    auto name =
        co_await t.sql(tenant, "SELECT value #>> '{}' FROM setting WHERE key = 'site_name'");
    CHECK(*name[0][0] == "Bäckerei Süß");
    auto languages = co_await t.sql(tenant, "SELECT string_agg(DISTINCT language, ',') FROM page");
    CHECK(*languages[0][0] == "de");
}

}  // namespace luster::seeds
