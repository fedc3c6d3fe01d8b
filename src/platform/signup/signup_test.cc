#include "platform/signup/signup.h"

#include "platform/signup/disposable.h"
#include "platform/signup/testing/people_case.h"

#include <fmt/format.h>

using namespace luster;
using namespace luster::testing;

PEOPLE_TEST(Signup, makes_a_person_with_an_organization_in_one_go) {
    Browser ann;
    auto answer = co_await t.sign_up(ann, "Ann@Example.org", "acme");
    CAPTURE(answer.text);
    REQUIRE(answer.status == 201);
    CHECK(answer.at("/user/email") == "Ann@Example.org");
    CHECK(answer.at("/user/verified") == "false");
    CHECK(answer.at("/user/role") == "null");
    CHECK(answer.at("/organization") == "acme");
    CHECK(answer.at("/organizations/0/role") == "client_admin");
    CHECK(answer.at("/organizations/0/status") == "provisioning");
    CHECK(answer.at("/organizations/0/site_url") == "https://acme.sites.example.org");
    CHECK(
        answer.at("/organizations/0/parent") == "null"
    );  // the platform is none of their business
    CHECK(t.world->provisioned.size() == 1);
    CHECK(co_await t.cell("SELECT wanted FROM provisioning") == "present");
    CHECK(co_await t.cell("SELECT utm ->> 'source' FROM signup") == "fair");
    CHECK(
        co_await t.cell(
            "SELECT count(*)::text FROM audit_entry WHERE action = 'organization.sign_up'"
        ) == "1"
    );
    CHECK((co_await t.get(ann, "/me")).status == 200);  // signed in at once
    co_await t.work();
    CHECK(t.mails_to("Ann@example.org") == 1);
}

PEOPLE_TEST(Signup, says_everything_that_is_wrong_at_once) {
    Browser ann;
    auto answer = co_await t.post(
        ann,
        "/signups",
        R"({"name": "Ann", "email": "ann@mailinator.com", "password": "1234567890",
            "organization": {"name": "A", "slug": "adm1n", "project_type": "website", "demo": true, "language": "en"}})"
    );
    CHECK(answer.status == 422);
    CHECK(answer.at("/fields/0/pointer") == "/email");
    CHECK(answer.at("/fields/1/pointer") == "/password");
    CHECK(answer.at("/fields/2/pointer") == "/organization/slug");
    CHECK(co_await t.cell("SELECT count(*)::text FROM app_user") == "0");
}

PEOPLE_TEST(Signup, refuses_a_taken_slug_and_leaves_nothing_half_made) {
    Browser ann, bob;
    co_await t.sign_up(ann, "ann@example.org", "acme");
    auto answer = co_await t.sign_up(bob, "bob@example.org", "acme");
    CHECK(answer.status == 422);
    CHECK(answer.at("/fields/0/pointer") == "/organization/slug");
    CHECK(co_await t.cell("SELECT count(*)::text FROM app_user") == "1");
    CHECK(bob.cookie.empty());
}

PEOPLE_TEST(Signup, clicked_twice_happens_once) {
    Browser first, second;
    auto one = co_await t.sign_up(first, "ann@example.org", "acme", {.key = "same"});
    auto two = co_await t.sign_up(second, "ann@example.org", "acme", {.key = "same"});
    CHECK(one.status == 201);
    CHECK(two.status == 201);
    CHECK(one.at("/user/id") == two.at("/user/id"));
    CHECK(first.cookie != second.cookie);  // signed in afresh: no cookie is kept
    CHECK(
        co_await t.cell("SELECT count(*)::text FROM organization WHERE kind = 'organization'") ==
        "1"
    );
    CHECK((co_await t.get(second, "/me")).status == 200);
    Browser third;  // a key is its actor's: whoever is signed in by now has others
    auto changed = co_await t.sign_up(third, "ann@example.org", "other", {.key = "same"});
    CHECK(changed.status == 422);
    CHECK(changed.at("/type").ends_with("idempotency-mismatch"));
}

PEOPLE_TEST(Signup, with_a_taken_address_gets_the_same_answer_and_another_mail) {
    Browser ann, stranger;
    auto first = co_await t.sign_up(ann, "ann@example.org", "acme");
    co_await t.work();
    REQUIRE(
        (co_await t.put(
             ann,
             "/me/email-verification",
             R"({"token": ")" + t.mailed_token("ann@example.org") + "\"}"
         ))
            .status == 200
    );
    auto second = co_await t.sign_up(stranger, "ANN@example.org", "other");
    CHECK(second.status == first.status);
    CHECK(second.at("/user/verified") == "false");
    CHECK(second.at("/user/id") != first.at("/user/id"));
    co_await t.work();
    CHECK(t.world->smtp.sent().back().subject == "You already have an account at Luster");

    // Its owner signs in and takes it over; the stranger's session is nobody's any more.
    auto token = t.mailed_token("ann@example.org");
    auto shown = co_await t.get(ann, "/me/take-overs/" + token);
    CHECK(shown.status == 200);
    CHECK(shown.at("/organization") == "Acme");
    auto taken = co_await t.put(ann, "/me/take-overs/" + token, "{}");
    CAPTURE(taken.text);
    CHECK(taken.status == 200);
    CHECK(taken.at("/organizations/1/slug") == "other");
    CHECK((co_await t.get(stranger, "/me")).status == 401);
    CHECK(co_await t.cell("SELECT count(*)::text FROM app_user") == "1");
    CHECK(
        co_await t.cell("SELECT count(*)::text FROM organization WHERE verified_at IS NOT NULL") ==
        "2"
    );
    CHECK((co_await t.put(ann, "/me/take-overs/" + token, "{}")).status == 404);
    CHECK((co_await t.get(ann, "/me/take-overs/" + token)).status == 404);
}

PEOPLE_TEST(Signup, with_one_address_again_and_again_does_not_fill_its_inbox) {
    std::vector<Browser> strangers(5);
    for (std::size_t i = 0; i < strangers.size(); ++i) {
        strangers[i].address = fmt::format("203.0.113.{}", i + 1);
        auto slug = fmt::format("acme-{}", i);
        CHECK((co_await t.sign_up(strangers[i], "ann@example.org", slug)).status == 201);
    }
    co_await t.work();
    CHECK(t.mails_to("ann@example.org") == 3);
    // Who has a mail to ask for gets it in the panel.
    CHECK((co_await t.post(strangers[4], "/me/email-verification", "")).status == 202);
    co_await t.work();
    CHECK(t.mails_to("ann@example.org") == 4);

    t.test_clock.time = t.test_clock.time + std::chrono::hours(2);
    Browser later;
    co_await t.sign_up(later, "ann@example.org", "acme-later");
    co_await t.work();
    CHECK(t.mails_to("ann@example.org") == 5);
}

PEOPLE_TEST(Signup, of_somebody_else_is_nobodys_to_take) {
    Browser ann, bob, stranger;
    co_await t.sign_up(ann, "ann@example.org", "acme");
    co_await t.work();
    co_await t.put(
        ann, "/me/email-verification", R"({"token": ")" + t.mailed_token("ann@example.org") + "\"}"
    );
    co_await t.sign_up(stranger, "ann@example.org", "other");
    co_await t.work();
    auto token = t.mailed_token("ann@example.org");
    co_await t.sign_up(bob, "bob@example.org", "bobs");
    CHECK((co_await t.get(bob, "/me/take-overs/" + token)).status == 409);
    CHECK((co_await t.put(bob, "/me/take-overs/" + token, "{}")).status == 409);
    CHECK((co_await t.del(bob, "/me/take-overs/" + token)).status == 409);
    CHECK(
        (co_await t.put(ann, "/me/take-overs/" + token, "{}")).status == 200
    );  // the link was not used up
}

PEOPLE_TEST(Signup, that_the_owner_of_the_address_disowns_is_removed_at_once) {
    Browser ann, stranger;
    co_await t.sign_up(ann, "ann@example.org", "acme");
    co_await t.work();
    co_await t.put(
        ann, "/me/email-verification", R"({"token": ")" + t.mailed_token("ann@example.org") + "\"}"
    );
    co_await t.sign_up(stranger, "ann@example.org", "other");
    co_await t.work();
    auto token = t.mailed_token("ann@example.org");
    auto answer = co_await t.del(ann, "/me/take-overs/" + token);
    CAPTURE(answer.text);
    CHECK(answer.status == 204);
    CHECK((co_await t.get(stranger, "/me")).status == 401);
    CHECK((co_await t.get(ann, "/me")).at("/organizations/0/slug") == "acme");
    CHECK(
        co_await t.cell(
            "SELECT o.slug FROM provisioning JOIN organization o ON o.id = organization_id WHERE "
            "wanted = 'absent'"
        ) == "other"
    );
    CHECK((co_await t.del(ann, "/me/take-overs/" + token)).status == 404);
}

PEOPLE_TEST(Signup, that_is_never_confirmed_ends_after_two_weeks) {
    Browser ann, bob;
    co_await t.sign_up(ann, "ann@example.org", "acme");
    co_await t.sign_up(bob, "bob@example.org", "bobs");
    co_await t.work();
    co_await t.put(
        bob, "/me/email-verification", R"({"token": ")" + t.mailed_token("bob@example.org") + "\"}"
    );
    t.test_clock.time = t.test_clock.time + std::chrono::days(13);
    co_await t.work();
    CHECK((co_await t.get(ann, "/me")).status == 200);
    CHECK((co_await t.get(bob, "/me")).status == 200);
    t.test_clock.time = t.test_clock.time + std::chrono::days(2);
    co_await t.work();
    CHECK((co_await t.get(ann, "/me")).status == 401);
    CHECK((co_await t.get(bob, "/me")).status == 200);
    CHECK(
        co_await t.cell("SELECT count(*)::text FROM provisioning WHERE wanted = 'absent'") == "1"
    );
}

PEOPLE_TEST(Slugs, are_free_taken_reserved_or_invalid) {
    Browser ann, visitor;
    co_await t.sign_up(ann, "ann@example.org", "acme");
    auto check = [&](std::string slug) { return t.get(visitor, "/slugs/" + slug); };
    auto free = co_await check("acme-shop");
    CHECK(free.at("/free") == "true");
    CHECK(free.at("/address") == "acme-shop.sites.example.org");
    auto taken = co_await check("acme");
    CHECK(taken.at("/reason") == "taken");
    CHECK(taken.at("/suggestion") == "acme-2");
    CHECK((co_await check("admin")).at("/reason") == "reserved");
    CHECK((co_await check("adm1n")).at("/reason") == "lookalike");
    auto typed = co_await check("M%C3%BCllers%20B%C3%BCcher");
    CHECK(typed.at("/reason") == "invalid");
    CHECK(typed.at("/suggestion") == "muellers-buecher");
}

TEST_CASE("Disposable domains: known ones and what lies below them") {
    CHECK(signup::is_disposable_domain("mailinator.com"));
    CHECK(signup::is_disposable_domain("sub.mailinator.com"));
    CHECK(!signup::is_disposable_domain("notmailinator.com"));
    CHECK(!signup::is_disposable_domain("example.org"));
    CHECK(messages::flaws(signup::sentences()).empty());
}
