// A test with the whole API of people and organizations on a real control database: browsers that
// remember their cookies, a worker for the jobs, a mailbox for what was sent.
#pragma once

#include "core/api/api.h"
#include "platform/directory/directory.h"
#include "platform/identity/api.h"
#include "platform/orgs/api.h"
#include "platform/signup/signup.h"
#include "testing/postgres.h"

namespace luster::testing {

struct Answer {
    unsigned status = 0;
    std::string text;
    json::Value json;
    std::string etag;

    // "/user/email" → the text there, or what it is as JSON.
    std::string at(std::string_view pointer) const;
};

// One person's browser.
struct Browser {
    std::string address = "203.0.113.5";
    std::string cookie{};
    std::string csrf{};
    std::string language = "en";
};

struct Extra {
    std::string key{};  // Idempotency-Key; one of its own where empty
    std::string if_match{};
};

class PeopleCase : public PostgresCase {
public:
    PeopleCase();
    ~PeopleCase();
    Task<void> set_up();
    Task<void> tear_down();

    Task<Answer> send(
        Browser& browser,
        http::Method method,
        std::string path,
        std::string body = {},
        Extra extra = {}
    );
    Task<Answer> get(Browser& browser, std::string path);
    Task<Answer> post(Browser& browser, std::string path, std::string body, Extra extra = {});
    Task<Answer> put(Browser& browser, std::string path, std::string body);
    Task<Answer> patch(
        Browser& browser, std::string path, std::string body, std::string if_match = {}
    );
    Task<Answer> del(Browser& browser, std::string path);

    Task<Answer> sign_up(Browser& browser, std::string email, std::string slug, Extra extra = {});
    Task<Answer> sign_in(Browser& browser, std::string email, std::string password);
    // Runs what is due until nothing is.
    Task<void> work();
    std::size_t mails_to(std::string_view address) const;
    // The token in the link of the last mail to an address.
    std::string mailed_token(std::string_view address) const;
    Task<std::string> cell(std::string sql);

    static constexpr const char* password = "blue tractor 42";

    struct World;
    std::unique_ptr<World> world;
    // Moved by tests; the database's own clock is not asked.
    struct TestClock final : Clock {
        Time time = SystemClock().now();
        Time now() const override { return time; }
        Task<void> sleep_until(Time) override { co_return; }
    };
    TestClock test_clock;
};

struct PeopleCase::World {
    World(PeopleCase& t, pg::ControlDb& control);

    crypto::Keyring keys;
    pg::Notifier notifier;
    Directory directory;
    Tenants tenants;
    WorkPool work_pool{2, 64};
    smtp::SimulatedSmtp smtp;
    mail::Post post;
    jobs::Bell bell;
    identity::Sessions sessions;
    identity::Identity identity;
    identity::Api people;
    signup::Signup signup;
    orgs::Organizations organizations;
    std::vector<OrgId> provisioned;
    std::vector<std::string> dressed;  // sites: "name, time zone"
    api::Api api;
    jobs::Worker worker;
};

}  // namespace luster::testing

#define PEOPLE_TEST(suite, name) LUSTER_CORO_TEST(luster::testing::PeopleCase, suite, name)
