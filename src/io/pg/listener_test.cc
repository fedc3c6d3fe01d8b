#include "io/pg/listener.h"

#include "io/pg/births.h"
#include "io/pg/lock.h"
#include "testing/postgres.h"

using namespace luster;
using namespace luster::testing;
using namespace std::chrono_literals;

namespace {

const pg::ControlQuery<std::string()> control_name{
    "test.control_name", "SELECT current_database()::text"
};

Task<void> end_other_backends(PostgresCase& t) {
    co_await t.control_sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    );
}

}  // namespace

PG_TEST(Control, is_read_and_written) {
    auto& control = *co_await t.control();
    auto name = co_await control.one(control_name);
    auto tx = co_await control.begin();
    CHECK(co_await tx.one(control_name) == name);
    co_await tx.commit();
}

PG_TEST(Listener, hears_and_connects_again) {
    auto& control = *co_await t.control();
    pg::Address address{"main", co_await control.one(control_name), "luster", {}};
    std::vector<std::string> heard;
    int lost = 0, back = 0;
    pg::Listener listener(
        t.servers,
        address,
        {"luster_test"},
        {.notified = [&](std::string_view channel, std::string_view payload
                     ) { heard.push_back(std::string(channel) + ": " + std::string(payload)); },
         .lost = [&] { ++lost; },
         .back = [&] { ++back; }}
    );
    bool ended = false;
    auto run = [&]() -> Task<void> {
        co_await listener.run();
        ended = true;
    };
    spawn(t.loops.executor(0), "test", run());
    CHECK(co_await becomes([&] { return back == 1; }));

    pg::Notifier notifier(control, t.loops.executor(0));
    for (auto item : {"org_1", "org_2", "org_1"}) notifier.tell("luster_test", item);
    CHECK(co_await becomes([&] { return heard.size() == 1; }));
    CHECK(heard[0] == "luster_test: org_1 org_2");

    co_await end_other_backends(t);
    CHECK(co_await becomes([&] { return back == 2; }));
    CHECK(lost == 1);
    notifier.tell("luster_test", "org_3");
    CHECK(co_await becomes([&] { return heard.size() == 2; }));
    listener.stop();
    CHECK(co_await becomes([&] { return ended; }));
}

PG_TEST(Listener, tells_once_why_a_server_refuses_it) {
    std::vector<std::string> faults;
    pg::Listener listener(
        t.servers,
        {"main", "a_database_that_is_gone", "luster", {}},
        {"luster_test"},
        {.refused = [&](std::string_view fault) { faults.emplace_back(fault); }}
    );
    bool ended = false;
    auto run = [&]() -> Task<void> {
        co_await listener.run();
        ended = true;
    };
    spawn(t.loops.executor(0), "test", run());
    CHECK(co_await becomes([&] { return !faults.empty(); }));
    co_await sleep(300ms);  // some attempts more
    listener.stop();
    CHECK(co_await becomes([&] { return ended; }));
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].contains("a_database_that_is_gone"));
}

PG_TEST(Notifier, splits_what_is_too_long_for_one_payload) {
    auto& control = *co_await t.control();
    pg::Address address{"main", co_await control.one(control_name), "luster", {}};
    std::size_t heard = 0, payloads = 0;
    bool back = false, ended = false;
    pg::Listener listener(
        t.servers,
        address,
        {"luster_test"},
        {.notified =
             [&](std::string_view, std::string_view payload) {
                 ++payloads;
                 heard += static_cast<std::size_t>(std::ranges::count(payload, ' ')) + 1;
             },
         .lost = {},
         .back = [&] { back = true; }}
    );
    auto run = [&]() -> Task<void> {
        co_await listener.run();
        ended = true;
    };
    spawn(t.loops.executor(0), "test", run());
    CHECK(co_await becomes([&] { return back; }));
    pg::Notifier notifier(control, t.loops.executor(0));
    for (int i = 0; i < 2000; ++i) notifier.tell("luster_test", "org_" + std::to_string(1000 + i));
    CHECK(co_await becomes([&] { return heard == 2000; }));
    CHECK(payloads > 1);
    CHECK(payloads < 5);
    listener.stop();
    CHECK(co_await becomes([&] { return ended; }));
}

PG_TEST(Lock, is_held_by_one_process_and_freed_with_its_connection) {
    auto& control = *co_await t.control();
    pg::Address address{"main", co_await control.one(control_name), "luster", {}};
    pg::Lock ours(t.servers, address), theirs(t.servers, address);
    int lost = 0;
    ours.on_lost([&] { ++lost; });
    CHECK(co_await ours.try_lock(7));
    CHECK(!co_await ours.try_lock(7));
    CHECK(!co_await theirs.try_lock(7));
    CHECK(co_await theirs.try_lock(8));
    co_await ours.unlock(7);
    CHECK(co_await theirs.try_lock(7));
    co_await theirs.unlock(7);

    CHECK(co_await ours.try_lock(7));
    co_await end_other_backends(t);
    CHECK(co_await becomes([&] { return lost == 1; }));  // without asking anything
    CHECK(!ours.holds(7));
    CHECK(co_await theirs.try_lock(7));
}

PG_TEST(Session, copies_in_and_out) {
    auto acme = co_await t.make_tenant();
    auto session = co_await pg::Session::connect(t.servers, *acme.owner);
    co_await session.execute("CREATE TABLE word (number bigint, text text)");
    int next = 0;
    co_await session.copy_in("COPY word FROM STDIN", [&]() -> std::optional<std::string> {
        if (next == 10'000) return std::nullopt;
        return std::to_string(next++) + "\tword\n";
    });
    CHECK((co_await session.rows("SELECT count(*) FROM word"))[0][0] == "10000");
    std::size_t lines = 0;
    co_await session.copy_out("COPY word TO STDOUT", [&](std::string_view line) {
        lines += line.ends_with("\tword\n");
    });
    CHECK(lines == 10'000);
    CHECK_THROWS_AS(
        co_await session.copy_in(
            "COPY word FROM STDIN",
            [n = 0]() mutable {
                return n++ ? std::nullopt : std::optional<std::string>("not a number\tword\n");
            }
        ),
        pg::Error
    );
    CHECK((co_await session.rows("SELECT count(*) FROM word"))[0][0] == "10000");
}

PG_TEST(Births, quotes_names_and_texts) {
    pg::Births births(t.servers, "main");
    auto rows = co_await births.rows("SELECT " + pg::literal("it's \\ \"so\""));
    CHECK(rows[0][0] == "it's \\ \"so\"");
    CHECK(pg::identifier("a\"b") == "\"a\"\"b\"");
    CHECK_THROWS_AS((void)pg::literal(std::string_view("a\0b", 3)), pg::Error);
}
