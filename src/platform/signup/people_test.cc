// Signing in, sessions, verification and reset through the API.
#include "base/crypto_password.h"
#include "platform/signup/testing/people_case.h"

using namespace luster;
using namespace luster::testing;
using namespace std::chrono_literals;

namespace {

Task<Browser> ann_signed_up(PeopleCase& t) {
    Browser ann;
    auto answer = co_await t.sign_up(ann, "ann@example.org", "acme");
    REQUIRE(answer.status == 201);
    co_await t.work();
    co_return ann;
}

Task<Answer> verify(PeopleCase& t, Browser& browser, std::string token) {
    return t.put(browser, "/me/email-verification", R"({"token": ")" + token + "\"}");
}

}  // namespace

PEOPLE_TEST(SignIn, needs_the_right_password_and_says_nothing_else) {
    auto ann = co_await ann_signed_up(t);
    Browser other;
    auto wrong = co_await t.sign_in(other, "ann@example.org", "wrong password");
    auto absent = co_await t.sign_in(other, "nobody@example.org", "wrong password");
    auto nonsense = co_await t.sign_in(other, "not an address", "wrong password");
    CHECK(wrong.status == 401);
    CHECK(wrong.at("/detail") == absent.at("/detail"));
    CHECK(absent.status == 401);
    CHECK(nonsense.status == 401);
    CHECK(other.cookie.empty());
    auto right = co_await t.sign_in(other, "ANN@example.org", t.password);
    CHECK(right.status == 201);
    CHECK((co_await t.get(other, "/me")).at("/user/name") == "Ann");
}

PEOPLE_TEST(SignIn, costs_one_hash_with_or_without_an_account) {
    auto ann = co_await ann_signed_up(t);
    auto hashes = [&](std::string email) -> Task<std::uint64_t> {
        auto before = t.world->work_pool.taken();
        Browser other;
        co_await t.sign_in(other, email, "wrong password");
        co_return t.world->work_pool.taken() - before;
    };
    CHECK(co_await hashes("ann@example.org") == 1);
    CHECK(co_await hashes("nobody@example.org") == 1);
    // And both hashes are equally dear.
    CHECK(!crypto::password_needs_rehash(crypto::dummy_password_hash()));
}

PEOPLE_TEST(SignIn, with_a_cookie_ends_the_session_before) {
    auto ann = co_await ann_signed_up(t);
    auto before = ann;
    co_await t.sign_in(ann, "ann@example.org", t.password);
    CHECK((co_await t.get(before, "/me")).status == 401);
    CHECK((co_await t.get(ann, "/me")).status == 200);
}

PEOPLE_TEST(SignIn, prefers_the_verified_user_of_an_address) {
    auto ann = co_await ann_signed_up(t);
    co_await verify(t, ann, t.mailed_token("ann@example.org"));
    Browser stranger, other;
    co_await t.sign_up(stranger, "ann@example.org", "other");
    auto me = co_await t.sign_in(other, "ann@example.org", t.password);
    CHECK(me.at("/organization") == "acme");
}

PEOPLE_TEST(Guard, stops_guessing_without_locking_the_owner_out) {
    auto ann = co_await ann_signed_up(t);
    Browser home{.address = "198.51.100.7"};
    co_await t.sign_in(home, "ann@example.org", t.password);
    Browser attacker{.address = "192.0.2.1"};
    unsigned last = 0;
    for (int i = 0; i < 11; ++i)
        last = (co_await t.sign_in(attacker, "ann@example.org", "guess")).status;
    CHECK(last == 429);
    // The right password is of no use from there now, at home it is.
    CHECK((co_await t.sign_in(attacker, "ann@example.org", t.password)).status == 429);
    CHECK((co_await t.sign_in(home, "ann@example.org", t.password)).status == 201);
    // From many networks: strange ones are closed, home stays open.
    co_await t.control_sql("UPDATE sign_in_failure SET count = 500 WHERE scope = 'account'");
    Browser hotel{.address = "192.0.2.200"};
    hotel.address = "203.0.114.9";
    CHECK((co_await t.sign_in(hotel, "ann@example.org", t.password)).status == 429);
    CHECK((co_await t.sign_in(home, "ann@example.org", t.password)).status == 201);
    t.test_clock.time = t.test_clock.time + 16min;
    CHECK((co_await t.sign_in(hotel, "ann@example.org", t.password)).status == 201);
}

PEOPLE_TEST(Guard, is_not_softened_by_signing_up_with_the_victims_address) {
    auto ann = co_await ann_signed_up(t);
    co_await verify(t, ann, t.mailed_token("ann@example.org"));
    Browser attacker{.address = "192.0.2.1"};
    for (int i = 0; i < 11; ++i) co_await t.sign_in(attacker, "ann@example.org", "guess");
    Browser again{.address = "192.0.2.1"};
    co_await t.sign_up(again, "ann@example.org", "other");
    CHECK((co_await t.sign_in(attacker, "ann@example.org", "guess")).status == 429);
}

TEST_CASE("Guard: networks are what one attacker easily has") {
    CHECK(identity::wide_network_of("192.0.2.77") == "192.0.2.0/24");
    CHECK(identity::wide_network_of("::ffff:192.0.2.77") == "192.0.2.0/24");
    CHECK(identity::wide_network_of("2001:db8:1:2::5") == "2001:db8:1::/56");
    CHECK(identity::wide_network_of("2001:db8:1:ff02::5") == "2001:db8:1:ff00::/56");
    CHECK(identity::wide_network_of("nonsense") == "unknown");
}

PEOPLE_TEST(Sessions, are_listed_and_ended_one_by_one) {
    auto ann = co_await ann_signed_up(t);
    Browser phone{.address = "198.51.100.7"};
    t.test_clock.time = t.test_clock.time + std::chrono::seconds(1);  // the newest comes first
    co_await t.sign_in(phone, "ann@example.org", t.password);
    auto list = co_await t.get(ann, "/sessions");
    REQUIRE(list.json.at("items").as_array().size() == 2);
    CHECK(list.at("/items/0/current") == "false");
    CHECK(list.at("/items/0/address") == "198.51.100.7");
    CHECK(list.at("/items/1/current") == "true");
    CHECK((co_await t.get(phone, "/me")).status == 200);  // in memory now
    CHECK((co_await t.del(ann, "/sessions/" + list.at("/items/0/id"))).status == 204);
    CHECK((co_await t.get(phone, "/me")).status == 401);
    CHECK((co_await t.del(ann, "/sessions/" + list.at("/items/0/id"))).status == 404);
    CHECK((co_await t.get(ann, "/me")).status == 200);
}

PEOPLE_TEST(Sessions, of_others_can_neither_be_seen_nor_ended) {
    auto ann = co_await ann_signed_up(t);
    Browser bob;
    co_await t.sign_up(bob, "bob@example.org", "bobs");
    auto id = (co_await t.get(ann, "/sessions")).at("/items/0/id");
    CHECK((co_await t.del(bob, "/sessions/" + id)).status == 404);
    CHECK((co_await t.get(ann, "/me")).status == 200);
}

PEOPLE_TEST(Sessions, end_by_signing_out) {
    auto ann = co_await ann_signed_up(t);
    auto kept = ann;
    CHECK((co_await t.del(ann, "/sessions/current")).status == 204);
    CHECK(ann.cookie == "__Host-session=");
    CHECK((co_await t.get(kept, "/me")).status == 401);
}

PEOPLE_TEST(Sessions, end_after_two_idle_weeks_and_after_ninety_days) {
    auto ann = co_await ann_signed_up(t);
    co_await verify(t, ann, t.mailed_token("ann@example.org"));
    for (int day = 0; day < 89; day += 13) {
        CHECK((co_await t.get(ann, "/me")).status == 200);
        co_await ended({"identity.session_seen"});
        t.test_clock.time = t.test_clock.time + std::chrono::days(13);
    }
    CHECK((co_await t.get(ann, "/me")).status == 401);  // the 91st day
    co_await t.sign_in(ann, "ann@example.org", t.password);
    t.test_clock.time = t.test_clock.time + std::chrono::days(15);
    CHECK((co_await t.get(ann, "/me")).status == 401);
}

PEOPLE_TEST(Sessions, write_their_last_use_at_most_once_a_minute) {
    auto ann = co_await ann_signed_up(t);
    auto writes = [&] {
        return t.cell("SELECT (extract(epoch FROM seen_at - created_at)::int)::text FROM session");
    };
    t.test_clock.time = t.test_clock.time + 59s;
    co_await t.get(ann, "/me");
    co_await ended({"identity.session_seen"});
    CHECK(co_await writes() == "0");
    t.test_clock.time = t.test_clock.time + 2s;
    co_await t.get(ann, "/me");
    co_await ended({"identity.session_seen"});
    CHECK(co_await writes() == "61");
}

PEOPLE_TEST(Sessions, are_remembered_only_while_changes_are_heard_of) {
    auto ann = co_await ann_signed_up(t);
    co_await t.get(ann, "/me");
    CHECK(t.world->sessions.remembered() == 1);
    t.world->sessions.lost();
    // Another process ends it, and nobody tells us.
    co_await t.control_sql("DELETE FROM session");
    CHECK((co_await t.get(ann, "/me")).status == 401);
    CHECK(t.world->sessions.remembered() == 0);
}

PEOPLE_TEST(Sessions, ended_by_another_process_are_refused_when_it_has_told) {
    auto ann = co_await ann_signed_up(t);
    auto me = co_await t.get(ann, "/me");
    co_await t.control_sql("DELETE FROM session");
    CHECK((co_await t.get(ann, "/me")).status == 200);
    t.world->sessions.notified("user_00000000000000000000000000 " + me.at("/user/id"));
    CHECK((co_await t.get(ann, "/me")).status == 401);
}

PEOPLE_TEST(Sessions, do_not_answer_to_nonsense) {
    for (auto cookie :
         {"__Host-session=",
          "__Host-session=x",
          "__Host-session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
        Browser nobody;
        nobody.cookie = cookie;
        CHECK((co_await t.get(nobody, "/me")).status == 401);
    }
}

PEOPLE_TEST(Me, changes_name_language_and_tour) {
    auto ann = co_await ann_signed_up(t);
    auto me =
        co_await t.patch(ann, "/me", R"({"name": "Ann B.", "language": "de", "tour_seen": true})");
    CHECK(me.at("/user/name") == "Ann B.");
    CHECK(me.at("/user/language") == "de");
    CHECK(me.at("/user/tour_seen") == "true");
    CHECK((co_await t.patch(ann, "/me", R"({"language": "fr"})")).status == 422);
    CHECK((co_await t.patch(ann, "/me", R"({"superadmin": true})")).status == 422);
    auto forged = ann;
    forged.csrf = "x";
    CHECK((co_await t.patch(forged, "/me", R"({"name": "Eve"})")).status == 403);
}

PEOPLE_TEST(Verification, works_where_that_person_is_signed_in_and_ends_other_sessions) {
    auto ann = co_await ann_signed_up(t);
    auto token = t.mailed_token("ann@example.org");
    Browser phone, bob;
    co_await t.sign_in(phone, "ann@example.org", t.password);
    co_await t.sign_up(bob, "bob@example.org", "bobs");
    CHECK((co_await verify(t, bob, token)).status == 404);
    Browser nobody;
    CHECK((co_await verify(t, nobody, token)).status == 401);
    auto me = co_await verify(t, ann, token);
    CHECK(me.status == 200);
    CHECK(me.at("/user/verified") == "true");
    CHECK((co_await t.get(phone, "/me")).status == 401);
    CHECK((co_await t.get(ann, "/me")).status == 200);
    CHECK(
        co_await t.cell(
            "SELECT (verified_at IS NOT NULL)::text FROM organization WHERE slug = 'acme'"
        ) == "true"
    );
    CHECK((co_await verify(t, ann, token)).status == 200);  // a second click is no mistake
}

PEOPLE_TEST(Verification, of_one_address_succeeds_for_one_person) {
    auto ann = co_await ann_signed_up(t);
    auto first = t.mailed_token("ann@example.org");
    Browser other;
    co_await t.sign_up(other, "Ann@example.org", "other");
    co_await t.work();
    auto second = t.mailed_token("Ann@example.org");
    CHECK((co_await verify(t, other, second)).status == 200);
    CHECK((co_await verify(t, ann, first)).status == 409);
}

PEOPLE_TEST(Verification, mail_is_sent_again_and_only_the_newest_link_works) {
    auto ann = co_await ann_signed_up(t);
    auto old = t.mailed_token("ann@example.org");
    CHECK((co_await t.post(ann, "/me/email-verification", "")).status == 202);
    co_await t.work();
    CHECK((co_await verify(t, ann, old)).status == 404);
    t.test_clock.time = t.test_clock.time + std::chrono::days(4);
    CHECK((co_await verify(t, ann, t.mailed_token("ann@example.org"))).status == 404);
}

PEOPLE_TEST(Reset, answers_the_same_for_every_address) {
    auto ann = co_await ann_signed_up(t);
    Browser nobody;
    auto sent = t.world->smtp.sent().size();
    auto known = co_await t.post(nobody, "/password-resets", R"({"email": "Ann@example.org"})");
    auto unknown = co_await t.post(nobody, "/password-resets", R"({"email": "eve@example.org"})");
    CHECK(known.status == 202);
    CHECK(known.text == unknown.text);
    CHECK(unknown.status == 202);
    co_await t.work();
    CHECK(t.world->smtp.sent().size() == sent + 1);
    CHECK(t.world->smtp.sent().back().subject == "Choose a new password for Luster");
    // Asked for again at once: no second mail.
    co_await t.post(nobody, "/password-resets", R"({"email": "ann@example.org"})");
    co_await t.work();
    CHECK(t.world->smtp.sent().size() == sent + 1);
}

// Whoever asks may be a stranger, with a browser of another language.
PEOPLE_TEST(Reset, is_mailed_in_the_language_of_the_accounts_owner) {
    auto ann = co_await ann_signed_up(t);
    REQUIRE((co_await t.patch(ann, "/me", R"({"language": "de"})")).status == 200);
    Browser stranger{.language = "en"};
    co_await t.post(stranger, "/password-resets", R"({"email": "ann@example.org"})");
    co_await t.work();
    CHECK(t.world->smtp.sent().back().subject == "Wähle ein neues Passwort für Luster");
}

PEOPLE_TEST(Reset, sets_a_new_password_once_within_an_hour_and_ends_all_sessions) {
    auto ann = co_await ann_signed_up(t);
    Browser nobody;
    co_await t.post(nobody, "/password-resets", R"({"email": "ann@example.org"})");
    co_await t.work();
    auto link = "/password-resets/" + t.mailed_token("ann@example.org");
    CHECK((co_await t.get(nobody, link)).at("/password_length_min") == "10");
    CHECK((co_await t.put(nobody, link, R"({"password": "1234567890"})")).status == 422);
    CHECK((co_await t.put(nobody, link, R"({"password": "a quite new one"})")).status == 204);
    CHECK((co_await t.get(ann, "/me")).status == 401);
    CHECK((co_await t.get(nobody, link)).status == 404);
    CHECK((co_await t.put(nobody, link, R"({"password": "and another one"})")).status == 404);
    CHECK((co_await t.sign_in(nobody, "ann@example.org", t.password)).status == 401);
    CHECK((co_await t.sign_in(nobody, "ann@example.org", "a quite new one")).status == 201);
    co_await t.work();
    CHECK(t.world->smtp.sent().back().subject == "Your password at Luster was changed");

    t.test_clock.time = t.test_clock.time + 1h;
    co_await t.post(nobody, "/password-resets", R"({"email": "ann@example.org"})");
    co_await t.work();
    t.test_clock.time = t.test_clock.time + 61min;
    link = "/password-resets/" + t.mailed_token("ann@example.org");
    CHECK((co_await t.put(nobody, link, R"({"password": "a quite new one"})")).status == 404);
}

PEOPLE_TEST(Purge, takes_away_what_has_expired) {
    auto ann = co_await ann_signed_up(t);
    co_await t.world->identity.plan_purge(t.test_clock.now());
    t.test_clock.time = t.test_clock.time + std::chrono::days(15);
    co_await t.control_sql("UPDATE app_user SET verified_at = created_at"
    );  // not removed as a whole
    co_await t.world->worker.run_due();
    co_await t.world->worker.run_due();
    CHECK(co_await t.cell("SELECT count(*)::text FROM session") == "0");
    CHECK(co_await t.cell("SELECT count(*)::text FROM job WHERE kind = 'identity.purge'") == "1");
}

PEOPLE_TEST(Purge, frees_the_slug_of_a_sign_up_that_nobody_confirmed_in_two_weeks) {
    Browser ann, bert;
    REQUIRE((co_await t.sign_up(ann, "ann@example.org", "bakery")).status == 201);
    auto start = t.test_clock.time;
    t.test_clock.time = start + std::chrono::days(13);
    co_await t.work();
    CHECK(co_await t.cell("SELECT status FROM organization WHERE slug = 'bakery'") != "deleting");
    t.test_clock.time = start + std::chrono::days(15);
    co_await t.work();
    CHECK(co_await t.cell("SELECT status FROM organization WHERE slug = 'bakery'") == "deleting");
    CHECK(co_await t.cell("SELECT count(*)::text FROM app_user") == "0");
    CHECK((co_await t.sign_up(bert, "bert@example.org", "bakery")).status == 422);  // still there
    co_await t.control_sql("UPDATE organization SET status = 'deleted' WHERE slug = 'bakery'");
    REQUIRE((co_await t.sign_up(bert, "bert@example.org", "bakery")).status == 201);
    // A confirmed one's slug is never given again.
    co_await t.control_sql(
        "UPDATE organization SET verified_at = created_at, status = 'deleted' WHERE slug = 'bakery'"
        " AND status <> 'deleted'"
    );
    Browser cleo;
    CHECK((co_await t.sign_up(cleo, "cleo@example.org", "bakery")).status == 422);
}

TEST_CASE("Passwords: short, common and obvious ones are refused") {
    using identity::check_password;
    auto key = [](std::string password, std::size_t least = 10) {
        auto checked =
            check_password("/password", Secret(password), "charlotte@example.org", least);
        return checked ? std::string() : checked.error().fields.at(0).message.key;
    };
    CHECK(key("blue tractor 42").empty());
    CHECK(key("short") == "field_short");
    CHECK(key("elevenchars", 12) == "field_short");
    CHECK(key(std::string(201, 'x')) == "field_long");
    CHECK(key("ÄÖÜäöüßéèê").empty());  // ten characters, though more bytes
    for (auto common : {"qwertyuiop", "QWERTYUIOP", "1234567890", "aaaaaaaaaaaa", "abcabcabcabc"}) {
        CHECK(key(common) == "identity_password_common");
    }
    CHECK(key("Charlotte@Example.org") == "identity_password_is_email");
    for (auto obvious :
         {"charlotte12",
          "Charlotte123",
          "1charlotte!",
          "charlotte@example.org1",
          "#charlotte@EXAMPLE.org22"}) {
        CHECK(key(obvious) == "identity_password_is_email");
    }
    CHECK(key("charlotte and her 2 dogs").empty());
    CHECK(key("charlotte@example.org in may").empty());
    // A name of three letters stands in many words; the whole address in none.
    auto of_ann = [](std::string password) {
        return check_password("/password", Secret(password), "ann@bio.org").has_value();
    };
    CHECK(of_ann("cannonball"));
    CHECK(!of_ann("ann@bio.org7"));
    CHECK(messages::flaws(identity::sentences()).empty());
}

PEOPLE_TEST(SignUp, repeated_with_its_key_opens_nothing_once_the_password_is_another) {
    Browser stranger{.address = "192.0.2.1"};
    Extra key{.key = "the-same"};
    CHECK((co_await t.sign_up(stranger, "ann@example.org", "acme", key)).status == 201);
    Browser again{.address = "192.0.2.1"};
    CHECK((co_await t.sign_up(again, "ann@example.org", "acme", key)).status == 201);
    CHECK((co_await t.get(again, "/me")).status == 200);
    Browser ann;
    co_await t.post(ann, "/password-resets", R"({"email": "ann@example.org"})");
    co_await t.work();
    auto path = "/password-resets/" + t.mailed_token("ann@example.org");
    CHECK((co_await t.put(ann, path, R"({"password": "a quite new one"})")).status == 204);
    CHECK((co_await t.get(again, "/me")).status == 401);
    auto refused = co_await t.sign_up(stranger, "ann@example.org", "acme", key);
    CHECK(refused.status == 401);
    CHECK((co_await t.get(stranger, "/me")).status == 401);
}

PEOPLE_TEST(SignUp, is_answered_by_one_mail_although_its_job_is_run_again) {
    auto ann = co_await ann_signed_up(t);
    // As when the worker died after the mail was written and before it could say so.
    co_await t.control_sql(
        "INSERT INTO job (id, organization_id, kind, key, payload, run_at, created_at)"
        " SELECT gen_random_uuid(), organization_id, 'signup.welcome', key, payload, created_at,"
        "        created_at FROM job WHERE kind = 'signup.expire'"
    );
    co_await t.work();
    CHECK(co_await t.cell("SELECT count(*)::text FROM job WHERE kind = 'signup.welcome'") == "0");
    CHECK(t.mails_to("ann@example.org") == 1);
}
