#include "platform/provisioning/names.h"

#include "io/s3/buckets.h"

#include <doctest/doctest.h>

namespace luster::provisioning {

TEST_CASE("provisioning: an organization's things are named by number, its database by slug") {
    CHECK(database_name("acme") == "tenant_acme");
    CHECK(database_name("my-own-shop") == "tenant_my_own_shop");
    CHECK(database_name(std::string(40, 'a')).size() < 63);
    CHECK(owner_role({7}) == "org_7_owner");
    CHECK(theme_role({7}) == "org_7_theme");
    CHECK(s3::media_bucket({7}) == "org-7-media");
    CHECK(s3::is_bucket_name(s3::media_bucket({9'000'000'000})));
    CHECK(spare_names(9).database == "spare_9");
    CHECK(spare_names(9).owner == "spare_9_owner");
    CHECK(spare_names(9).theme == "spare_9_theme");
    CHECK(
        template_name({"ecommerce", true}, "1f0c22abcdef", "07aa") ==
        "tmpl_ecommerce_demo_1f0c22ab_07aa"
    );
    CHECK(
        template_name({"website", false}, "1f0c22abcdef", "07aa") ==
        "tmpl_website_empty_1f0c22ab_07aa"
    );
    CHECK(site_url("https://{slug}.sites.example", "acme") == "https://acme.sites.example");
}

}  // namespace luster::provisioning
