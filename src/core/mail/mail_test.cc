#include "core/mail/mail.h"

#include "core/jobs/worker.h"
#include "testing/postgres.h"

#include <array>

using namespace luster;
using namespace luster::testing;
using namespace std::chrono_literals;

namespace {

crypto::Keyring keys() {
    return crypto::Keyring::parse(crypto::Keyring::make_line("k1", {1, 2, 3}).reveal());
}

struct Bench {
    Bench(PostgresCase& t, pg::ControlDb& control)
        : worker(
              t.loops.executor(0),
              control,
              t.clock,
              t.random,
              {},
              post.jobs(),
              {.clock_difference_max = 1min}
          ),
          random(t.random) {
        messages::install(std::array{mail::sentences()});
    }

    SystemRandom own_random;
    crypto::Keyring keyring = keys();
    smtp::SimulatedSmtp smtp;
    mail::Post post{
        {.from = {"hello@luster.example", "Luster"},
         .panel_url = "https://admin.example.org",
         .brand = {}},
        keyring,
        smtp,
        own_random
    };
    jobs::Worker worker;
    Random& random;
};

Task<void> send(PostgresCase& t, Bench& bench, std::string to) {
    auto& control = *co_await t.control();
    auto tx = co_await control.begin();
    mail::Letter letter{
        mail::LetterKind::reset_password,
        Language::de,
        to,
        "Ann",
        {{"name", "Ann"}, {"link", bench.post.link("/reset", "s3cret-token")}}
    };
    auto now = t.clock.now();
    co_await bench.post.send(tx, new_id<JobTag>(now, t.random), {}, letter, now);
    co_await tx.commit();
}

}  // namespace

PG_TEST(Mail, is_sent_after_the_commit_and_its_link_lies_sealed_until_then) {
    Bench bench(t, *co_await t.control());
    co_await send(t, bench, "Ann@Münster.example");
    auto rows = co_await t.control_sql("SELECT payload::text FROM job");
    CHECK(rows.at(0).at(0)->find("s3cret") == std::string::npos);
    CHECK(co_await bench.worker.run_due() == 1);
    auto sent = bench.smtp.sent();
    REQUIRE(sent.size() == 1);
    CHECK(sent[0].to.address == "Ann@xn--mnster-3ya.example");
    CHECK(sent[0].subject == "Wähle ein neues Passwort für Luster");
    CHECK(
        sent[0].text.find("https://admin.example.org/reset?token=s3cret-token") != std::string::npos
    );
    CHECK(sent[0].html.find("lang=\"de\"") != std::string::npos);
}

PG_TEST(Mail, is_sent_again_when_the_server_was_away_and_not_when_it_refused) {
    Bench bench(t, *co_await t.control());
    bool permanent = false;
    bench.smtp.on_send([&](const smtp::Mail&) { throw smtp::NotSent("nobody there", permanent); });
    co_await send(t, bench, "ann@example.org");
    co_await bench.worker.run_due();
    CHECK((co_await jobs::numbers(*co_await t.control())).waiting == 1);
    permanent = true;
    co_await send(t, bench, "nobody@example.org");
    co_await bench.worker.run_due();
    auto rows = co_await t.control_sql("SELECT error FROM job WHERE failed_at IS NOT NULL");
    CHECK(rows.at(0).at(0) == "nobody there");
}
