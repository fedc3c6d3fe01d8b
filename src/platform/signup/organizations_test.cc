// Organizations through the API.
#include "platform/signup/testing/people_case.h"

using namespace luster;
using namespace luster::testing;

namespace {

// Agnes runs an agency with two clients; Carl administers the first of them.
struct Agency {
    Browser agnes, carl;
};

Task<Agency> agency(PeopleCase& t) {
    Agency a;
    co_await t.sign_up(a.agnes, "agnes@example.org", "agnes");
    co_await t.control_sql(
        "UPDATE organization SET kind = 'agency' WHERE slug = 'agnes';"
        "UPDATE membership SET role = 'agency_admin'"
    );
    co_await t.world->directory.load();
    t.world->sessions.back();
    for (auto slug : {"client-a", "client-b"}) {
        auto made = co_await t.post(
            a.agnes,
            "/orgs/agnes/children",
            std::string(R"({"name": "Client )") + slug + R"(", "slug": ")" + slug +
                R"(", "project_type": "website", "demo": false, "language": "en"})"
        );
        CAPTURE(made.text);
        REQUIRE(made.status == 201);
    }
    co_await t.sign_up(a.carl, "carl@example.org", "carls-own");
    co_await t.control_sql(
        "INSERT INTO membership SELECT u.id, o.id, 'client_admin', u.created_at FROM app_user u,"
        " organization o WHERE u.email = 'carl@example.org' AND o.slug = 'client-a'"
    );
    t.world->sessions.back();
    co_return a;
}

std::string slugs(const Answer& list) {
    std::string text;
    for (const auto& item : list.json.at("items").as_array()) {
        text += std::string(item.at("slug").as_string()) + " ";
    }
    return text;
}

}  // namespace

PEOPLE_TEST(Organizations, are_listed_as_far_as_a_person_reaches) {
    auto a = co_await agency(t);
    CHECK(slugs(co_await t.get(a.agnes, "/orgs")) == "agnes client-a client-b ");
    CHECK(slugs(co_await t.get(a.carl, "/orgs")) == "carls-own client-a ");
    CHECK(slugs(co_await t.get(a.agnes, "/orgs?search=ENT-B")) == "client-b ");
    CHECK(slugs(co_await t.get(a.agnes, "/orgs?search=%25")) == "");
    Browser nobody;
    CHECK((co_await t.get(nobody, "/orgs")).status == 401);
}

PEOPLE_TEST(Organizations, are_listed_page_by_page) {
    auto a = co_await agency(t);
    auto first = co_await t.get(a.agnes, "/orgs?limit=2");
    CHECK(slugs(first) == "agnes client-a ");
    auto second = co_await t.get(a.agnes, "/orgs?limit=2&cursor=" + first.at("/next"));
    CHECK(slugs(second) == "client-b ");
    CHECK(second.at("/next") == "null");
    CHECK((co_await t.get(a.agnes, "/orgs?cursor=nonsense")).status == 422);
    CHECK((co_await t.get(a.agnes, "/orgs?cursor=MSD_")).status == 422);  // "1 \xff"
}

PEOPLE_TEST(Organizations, are_shown_with_what_one_may_do) {
    auto a = co_await agency(t);
    auto shown = co_await t.get(a.carl, "/orgs/client-a");
    CHECK(shown.status == 200);
    CHECK(shown.at("/role") == "client_admin");
    CHECK(shown.at("/may/administer") == "true");
    CHECK(shown.at("/may/create_children") == "false");
    CHECK(shown.at("/parent") == "null");  // the agency is out of Carl's reach
    auto from_above = co_await t.get(a.agnes, "/orgs/client-a");
    CHECK(from_above.at("/role") == "agency_admin");
    CHECK(from_above.at("/parent/name") == "Acme");
    CHECK((co_await t.get(a.carl, "/orgs/client-b")).status == 404);
    CHECK((co_await t.get(a.carl, "/orgs/nowhere")).status == 404);
    CHECK((co_await t.get(a.carl, "/orgs/platform")).status == 404);
}

PEOPLE_TEST(Organizations, are_edited_over_the_version_that_was_seen) {
    auto a = co_await agency(t);
    auto seen = co_await t.get(a.carl, "/orgs/client-a");
    CHECK((co_await t.patch(a.carl, "/orgs/client-a", R"({"name": "New"})")).status == 428);
    auto edited = co_await t.patch(
        a.carl, "/orgs/client-a", R"({"name": "New", "time_zone": "Europe/Berlin"})", seen.etag
    );
    CAPTURE(edited.text);
    CHECK(edited.status == 200);
    CHECK(edited.at("/name") == "New");
    CHECK(edited.at("/time_zone") == "Europe/Berlin");
    auto stale = co_await t.patch(a.agnes, "/orgs/client-a", R"({"name": "Newer"})", seen.etag);
    CHECK(stale.status == 412);
    CHECK(stale.at("/current/name") == "New");
    CHECK(
        (co_await t.get(a.carl, "/me")).text.find("\"New\"") != std::string::npos
    );  // memory knows
    CHECK(
        (co_await t.patch(a.carl, "/orgs/client-a", R"({"time_zone": "Mars/Base"})", edited.etag))
            .status == 422
    );
    CHECK(
        co_await t.cell("SELECT count(*)::text FROM audit_entry WHERE action = 'organization.edit'"
        ) == "1"
    );
}

PEOPLE_TEST(Organizations, tell_their_site_what_they_are_called_once_it_is_there) {
    auto a = co_await agency(t);
    auto rename = [&](std::string name) -> Task<void> {
        auto seen = co_await t.get(a.carl, "/orgs/client-a");
        auto edited =
            co_await t.patch(a.carl, "/orgs/client-a", R"({"name": ")" + name + "\"}", seen.etag);
        CHECK(edited.status == 200);
    };
    co_await t.control_sql("UPDATE organization SET status = 'provisioning'");
    co_await rename("First");
    co_await t.work();
    CHECK(t.world->dressed.empty());
    co_await t.control_sql("UPDATE organization SET status = 'active'");
    co_await rename("Second");
    co_await t.work();
    CHECK(t.world->dressed.size() == 1);
    t.test_clock.time = t.test_clock.time + std::chrono::minutes(2);
    co_await t.work();  // the first edit's: it tells what is true now
    REQUIRE(t.world->dressed.size() == 2);
    CHECK(t.world->dressed[0] == "Second, Etc/UTC");
    CHECK(t.world->dressed[1] == "Second, Etc/UTC");
}

PEOPLE_TEST(Organizations, are_made_below_agencies_by_those_who_may) {
    auto a = co_await agency(t);
    auto body =
        R"({"name": "X", "slug": "below-x", "project_type": "ecommerce", "demo": true, "language": "de"})";
    CHECK((co_await t.post(a.carl, "/orgs/client-a/children", body)).status == 403);
    CHECK((co_await t.post(a.agnes, "/orgs/client-a/children", body)).status == 409);
    auto made = co_await t.post(a.agnes, "/orgs/agnes/children", body);
    CHECK(made.status == 201);
    CHECK(made.at("/parent/name") == "Acme");
    CHECK(made.at("/may/administer") == "true");
    CHECK(made.at("/status") == "provisioning");
    CHECK((co_await t.get(a.agnes, "/orgs/below-x")).status == 200);
    CHECK(
        (co_await t.post(a.agnes, "/orgs/agnes/children", body)).status == 422
    );  // the slug is taken
    CHECK(messages::flaws(orgs::sentences()).empty());
}

PEOPLE_TEST(Organizations, are_not_made_below_an_agency_that_is_being_removed) {
    auto a = co_await agency(t);
    // Memory doesn't know it yet, as in a process that has not heard of it: the row decides.
    co_await t.control_sql("UPDATE organization SET status = 'deleting' WHERE slug = 'agnes'");
    auto refused = co_await t.post(
        a.agnes,
        "/orgs/agnes/children",
        R"({"name": "X", "slug": "late", "project_type": "website", "demo": false, "language": "en"})"
    );
    CHECK(refused.status == 409);
    CHECK(refused.at("/detail").starts_with("The agency above is being removed"));
    auto made = co_await t.control_sql("SELECT count(*) FROM organization WHERE slug = 'late'");
    CHECK(made.at(0).at(0).value() == "0");
}
