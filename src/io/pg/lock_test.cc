#include "io/pg/lock.h"

#include "io/loop/turns.h"
#include "testing/postgres.h"

#include <fmt/format.h>

using namespace luster;
using namespace luster::testing;
using namespace std::chrono_literals;

namespace {

// Loses one question, or one answer, whose text begins like this.
class LoseOne final : public turns::Scheduler {
public:
    LoseOne(std::string text, bool answer) : text_(std::move(text)), answer_(answer) {
        turns::scheduler = this;
    }
    ~LoseOne() override { turns::scheduler = nullptr; }
    std::uint64_t enter(std::string call) override {
        meant_ = left_ > 0 && call.starts_with(text_);
        return 0;
    }
    Task<bool> before(std::uint64_t) override { co_return answer_ || goes_well(); }
    Task<bool> after(std::uint64_t) override { co_return !answer_ || goes_well(); }
    void leave(std::uint64_t) override {}
    bool lost_it() const { return left_ == 0; }

private:
    bool goes_well() {
        if (!std::exchange(meant_, false)) return true;
        --left_;
        return false;
    }

    std::string text_;
    bool answer_;
    bool meant_ = false;
    int left_ = 1;
};

class LockCase : public PostgresCase {
public:
    pg::Lock lock{servers, {"main", "postgres", "luster_births", {}}};
    bool lost = false;

    Task<void> set_up() {
        lock.on_lost([this] { lost = true; });
        co_return;
    }
    // As when the server dies: every connection that has a lock, or had one.
    Task<void> end_connections() {
        co_await births_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE query LIKE '%pg_%advisory_%lock(8147%' AND pid <> pg_backend_pid()"
        );
        co_await sleep(20ms);
    }
    Task<bool> taken_by_another(std::int64_t key) {
        pg::Lock other(servers, {"main", "postgres", "luster_births", {}});
        co_return !co_await other.try_lock(key);
    }
};

#define LOCK_TEST(suite, name) LUSTER_CORO_TEST(LockCase, suite, name)

constexpr std::int64_t key = 8147;  // nobody else's: all tests share a server

}  // namespace

LOCK_TEST(Lock, is_one_processs_at_a_time) {
    CHECK(co_await t.lock.try_lock(key));
    CHECK(t.lock.holds(key));
    CHECK(co_await t.taken_by_another(key));
    CHECK(!co_await t.lock.try_lock(key));  // nor twice in this one
    co_await t.lock.unlock(key);
    CHECK(!co_await t.taken_by_another(key));
}

LOCK_TEST(Lock, is_taken_on_a_new_connection_when_the_old_one_died_at_rest) {
    CHECK(co_await t.lock.try_lock(key));
    co_await t.lock.unlock(key);
    co_await t.end_connections();
    CHECK(co_await t.lock.try_lock(key));
    CHECK(co_await t.taken_by_another(key));
    CHECK(!t.lost);
}

LOCK_TEST(Lock, is_taken_although_its_connection_dies_in_that_moment) {
    co_await t.lock.try_lock(key + 1);
    co_await t.lock.unlock(key + 1);
    for (bool answer : {false, true}) {
        CAPTURE(answer);
        LoseOne lose(fmt::format("SELECT pg_try_advisory_lock({})", key), answer);
        bool got = co_await t.lock.try_lock(key);
        // The server may still hold it for the connection that died; then it is tried again.
        while (!got) {
            co_await sleep(5ms);
            got = co_await t.lock.try_lock(key);
        }
        CHECK(lose.lost_it());
        CHECK(t.lock.holds(key));
        co_await t.lock.unlock(key);
        CHECK(!t.lock.holds(key));
    }
}

LOCK_TEST(Lock, is_free_again_although_the_connection_dies_while_it_is_given_back) {
    for (bool answer : {false, true}) {
        CAPTURE(answer);
        REQUIRE(co_await t.lock.try_lock(key));
        {
            LoseOne lose("SELECT pg_advisory_unlock", answer);
            CHECK_THROWS_AS(co_await t.lock.unlock(key), pg::Error);
            CHECK(lose.lost_it());
        }
        CHECK(!t.lock.holds(key));
        while (!co_await t.lock.try_lock(key)) co_await sleep(5ms);
        co_await t.lock.unlock(key);
    }
}

LOCK_TEST(Lock, tells_whoever_holds_one_that_the_connection_is_gone) {
    CHECK(co_await t.lock.try_lock(key));
    co_await t.end_connections();
    for (int i = 0; i < 200 && !t.lost; ++i) co_await sleep(10ms);
    CHECK(t.lost);
    CHECK(!t.lock.holds(key));
    CHECK(co_await t.lock.try_lock(key));
}
