#include "io/loop/readiness.h"

#include "testing/coroutine.h"

#include <sys/socket.h>
#include <unistd.h>

using namespace luster;
using namespace std::chrono_literals;

namespace {

// A connection, of which one end is watched.
struct Pair {
    Pair() { REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0); }
    ~Pair() {
        for (int end : ends) ::close(end);
    }
    void say(std::string_view text) { REQUIRE(::write(ends[1], text.data(), text.size()) > 0); }
    std::string hear() {
        char text[64];
        auto bytes = ::read(ends[0], text, sizeof text);
        return {text, static_cast<std::size_t>(std::max<ssize_t>(bytes, 0))};
    }
    int ends[2];
};

Task<void> hear_all(Pair& pair, Watched& watched, std::string& heard) {
    while (true) {
        auto text = pair.hear();
        if (text.empty() && watched.readable() && heard.ends_with("b")) co_return;
        heard += text;
        watched.drained();
        if (!watched.readable() && !co_await watched.until_readable()) co_return;
    }
}

Task<void> wait_for_ever(std::shared_ptr<int> held, std::shared_ptr<Pair> pair) {
    Watched watched(co_await boost::asio::this_coro::executor, pair->ends[0]);
    watched.drained();
    co_await watched.until_readable();
    ++*held;
}

}  // namespace

CORO_TEST(Readiness, tells_what_comes_and_that_the_other_side_has_left) {
    Pair pair;
    Watched watched(t.loops.executor(0), pair.ends[0]);
    std::string heard;
    spawn(t.loops.executor(0), "test", hear_all(pair, watched, heard));
    co_await next_turn();
    pair.say("a");
    co_await sleep(2ms);
    CHECK(heard == "a");
    co_await sleep(2ms);
    pair.say("b");
    ::shutdown(pair.ends[1], SHUT_WR);  // may be told together with what came before it
    co_await sleep(2ms);
    CHECK(heard == "ab");
    CHECK(watched.readable());
}

CORO_TEST(Readiness, lets_who_waits_go_when_it_is_given_up) {
    Pair pair;
    Watched watched(t.loops.executor(0), pair.ends[0]);
    bool ready = true, over = false;
    auto wait = [&]() -> Task<void> {
        ready = co_await watched.until_readable();
        over = true;
    };
    watched.drained();
    spawn(t.loops.executor(0), "test", wait());
    co_await next_turn();
    watched.give_up();
    CHECK(!over);  // not from under who gives up
    co_await sleep(2ms);
    CHECK(over);
    CHECK(!ready);
}

CORO_TEST(Readiness, tells_that_there_is_room_again) {
    Pair pair;
    Watched watched(t.loops.executor(0), pair.ends[0]);
    std::string much(1'000'000, 'x');
    while (::write(pair.ends[0], much.data(), much.size()) > 0) {
    }
    bool ready = false;
    auto wait = [&]() -> Task<void> { ready = co_await watched.until_writable(); };
    spawn(t.loops.executor(0), "test", wait());
    co_await sleep(2ms);
    CHECK(!ready);
    while (::read(pair.ends[1], much.data(), much.size()) > 0) {
    }
    co_await sleep(2ms);
    CHECK(ready);
}

TEST_CASE("Readiness: what waits is destroyed with its loop, and a loop without waiters runs dry") {
    auto held = std::make_shared<int>(0);
    auto pair = std::make_shared<Pair>();
    {
        boost::asio::io_context loop(1);
        auto waiting = wait_for_ever(held, pair);
        boost::asio::co_spawn(loop.get_executor(), std::move(waiting), [](std::exception_ptr) {});
        loop.run_for(2ms);
        CHECK(!loop.stopped());
        CHECK(held.use_count() == 2);
    }
    CHECK(held.use_count() == 1);
    CHECK(*held == 0);
    boost::asio::io_context loop(1);
    auto once = [&]() -> Task<void> {
        Watched watched(loop.get_executor(), pair->ends[0]);
        watched.drained();
        pair->say("x");
        co_await watched.until_readable();
    };
    boost::asio::co_spawn(loop.get_executor(), once(), [](std::exception_ptr) {});
    loop.run_for(1s);
    CHECK(loop.stopped());
}
