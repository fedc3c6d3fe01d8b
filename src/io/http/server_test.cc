#include "io/http/lane.h"
#include "io/http/testing/allocations.h"
#include "io/http/testing/client.h"

#include <doctest/doctest.h>

#include <atomic>
#include <mutex>

using namespace luster;
using namespace luster::http;
using namespace luster::http::testing;
using namespace std::chrono_literals;

namespace {

Task<Response> echo_body(Request& request) {
    auto body = co_await request.body->all(1'000'000);
    if (!body) co_return Response::text(413, "too large");
    co_return Response::text(200, std::move(*body));
}

Config with_limits(auto change) {
    Config config;
    change(config.limits);
    return config;
}

}  // namespace

TEST_CASE("http: a connection serves one request after the other") {
    RunningServer running;
    Client client(running.port());
    for (int i = 0; i < 3; ++i) {
        auto answer = client.get("/page/" + std::to_string(i));
        CHECK(answer.status == 200);
        CHECK(answer.body == "/page/" + std::to_string(i));
        CHECK(answer.header("x-request-id").size() == 16);
        CHECK(answer.header("date").ends_with("GMT"));
        CHECK(!answer.headers.contains("connection"));
    }
}

TEST_CASE(
    "http: a second server on a port that is taken is refused, however often it is shared inside"
) {
    RunningServer running;
    Config config;
    config.listen = {{"127.0.0.1", running.port(), false}};
    CHECK_THROWS_WITH_AS(
        RunningServer(std::move(config)), doctest::Contains("Address already in use"), Fault
    );
}

TEST_CASE("http: a connection whose client leaves between requests ends at once") {
    RunningServer running;
    {
        Client client(running.port());
        CHECK(client.get("/").status == 200);
        CHECK(running.server->connections() == 1);
    }
    CHECK(comes_true([&] { return running.server->connections() == 0; }));
}

TEST_CASE("http: pipelined requests are answered in order, also past the limit of a turn") {
    RunningServer running(with_limits([](Limits& limits) { limits.pipelined_max = 3; }));
    static const std::string head = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n";
    running.handler.direct = [](const Request& request, Direct& out) {
        if (request.path != "/hit") return false;
        out = {200, head, "ok", nullptr};
        return true;
    };
    Client client(running.port());
    std::string requests;
    for (int i = 0; i < 20; ++i) {
        auto target = i % 3 == 0 ? "/" + std::to_string(i) : std::string("/hit");
        requests += "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }
    client.send(requests);
    for (int i = 0; i < 20; ++i)
        CHECK(client.receive().body == (i % 3 == 0 ? "/" + std::to_string(i) : "ok"));
}

TEST_CASE("http: a request may arrive byte by byte") {
    RunningServer running;
    running.handler.answer = echo_body;
    Client client(running.port());
    for (char c : std::string(
             "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
         )) {
        client.send({&c, 1});
    }
    CHECK(client.receive().body == "abc");
    CHECK(client.get("/").status == 200);
}

TEST_CASE("http: a body is read by length and in chunks, and what follows it is the next request") {
    RunningServer running;
    running.handler.answer = echo_body;
    Client client(running.port());
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x\r\n "
        "world\r\n0\r\nT: x\r\n\r\n"
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n!"
    );
    CHECK(client.receive().body == "hello");
    CHECK(client.receive().body == "hello world");
    CHECK(client.receive().body == "!");
    std::string large(300'000, 'x');
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n" + large);
    CHECK(client.receive().body == large);
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n493e0\r\n" + large +
        "\r\n0\r\n\r\n"
    );
    CHECK(client.receive().body == large);
}

TEST_CASE("http: broken chunks end in 400 and the end of the connection") {
    RunningServer running;
    running.handler.answer = echo_body;
    Client client(running.port());
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcX\r\n0\r\n\r\nGET "
        "/ HTTP/1.1\r\nHost: a\r\n\r\n"
    );
    auto answer = client.receive();
    CHECK(answer.status == 400);
    CHECK(answer.header("connection") == "close");
    CHECK(client.ended());
}

TEST_CASE("http: an ambiguous request is refused, and nothing behind it is answered") {
    RunningServer running;
    Client client(running.port());
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
    );
    auto answer = client.receive();
    CHECK(answer.status == 400);
    CHECK(answer.header("content-type") == "application/problem+json");
    CHECK(answer.body.contains("can be read in two ways. Nothing was done."));
    CHECK(answer.header("connection") == "close");
    CHECK(client.receive().status == 0);
}

TEST_CASE("http: an unread body is read over when it is small, else the connection is closed") {
    RunningServer running(with_limits([](Limits& limits) { limits.unread_bytes_max = 1'000; }));
    Client client(running.port());
    client.send(
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n" + std::string(900, 'x')
    );
    CHECK(client.receive().status == 200);
    client.send(
        "POST /b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    );
    CHECK(client.receive().status == 200);
    client.send(
        "POST /c HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n" + std::string(9'000, 'x')
    );
    auto answer = client.receive();
    CHECK(answer.status == 200);
    CHECK(answer.header("connection") == "close");
    CHECK(client.ended());
}

TEST_CASE("http: 100-continue is said when the body is wanted, and only then") {
    RunningServer running;
    running.handler.answer = [](Request& request) -> Task<Response> {
        if (request.path == "/refused") co_return Response::text(403, "no");
        co_return co_await echo_body(request);
    };
    Client client(running.port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    CHECK(client.receive().status == 100);
    client.send("ok");
    CHECK(client.receive().body == "ok");
    client.send(
        "POST /refused HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
    );
    auto answer = client.receive();
    CHECK(answer.status == 403);
    CHECK(answer.header("connection") == "close");
}

TEST_CASE("http: HEAD has the head of GET and no body") {
    RunningServer running;
    Client client(running.port());
    client.send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n");
    auto answer = client.receive(true);
    CHECK(answer.header("content-length") == "4");
    CHECK(client.get("/x").body == "/x");
}

TEST_CASE("http: HTTP/1.0 closes unless it asks for more") {
    RunningServer running;
    Client keeps(running.port());
    keeps.send("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
    CHECK(keeps.receive().header("connection") == "keep-alive");
    CHECK(keeps.get("/").status == 200);
    Client closes(running.port());
    closes.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
    CHECK(closes.receive().header("connection") == "close");
    CHECK(closes.ended());
}

TEST_CASE("http: every size has a limit with its own answer") {
    RunningServer running(with_limits([](Limits& limits) {
        limits.header_bytes_max = 2'000;
        limits.header_count_max = 10;
        limits.target_bytes_max = 100;
        limits.body_bytes_max = 1'000;
    }));
    running.handler.answer = echo_body;
    auto status = [&](std::string_view bytes) {
        Client client(running.port());
        client.send(bytes);
        auto answer = client.receive();
        CHECK(client.ended());
        return answer.status;
    };
    CHECK(status("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(3'000, 'x') + "\r\n\r\n") == 431);
    CHECK(status("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(3'000, 'x')) == 431);
    std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 10; ++i) many += "X: y\r\n";
    CHECK(status(many + "\r\n") == 431);
    CHECK(status("GET /" + std::string(100, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n") == 414);
    CHECK(status("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n") == 413);
    CHECK(
        status(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" +
            std::string(1'001, 'x') + "\r\n0\r\n\r\n"
        ) == 413
    );
}

TEST_CASE("http: a body that is announced too large is refused before it is sent") {
    RunningServer running;
    running.handler.answer = echo_body;
    for (std::string expect : {"", "Expect: 100-continue\r\n"}) {
        Client client(running.port());
        client.send("POST / HTTP/1.1\r\nHost: a\r\n" + expect + "Content-Length: 1000001\r\n\r\n");
        CHECK(client.receive().status == 413);
    }
}

TEST_CASE("http: who sends a head slowly is cut") {
    RunningServer running(with_limits([](Limits& limits) { limits.header_max = 1s; }));
    Client client(running.port());
    client.send("GET / HTTP/1.1\r\nHo");
    int drops = 0;
    std::thread drip([&] {
        while (drops < 120 && client.send("x")) {
            ++drops;
            std::this_thread::sleep_for(250ms);
        }
    });
    auto answer = client.receive();
    CHECK(answer.status == 408);
    CHECK(answer.header("x-request-id").size() == 16);
    CHECK(client.ended());
    drip.join();
    CHECK(drops < 120);  // cut while it still dripped
    CHECK(running.metrics().contains("luster_http_cut_total{phase=\"header\"} 1"));
}

TEST_CASE("http: who sends a body slowly is answered 408 and cut") {
    RunningServer running(with_limits([](Limits& limits) { limits.transfer_grace = 1s; }));
    running.handler.answer = echo_body;
    Client client(running.port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n");
    std::thread drip([&] {
        for (int i = 0; i < 12 && client.send("x"); ++i) std::this_thread::sleep_for(250ms);
    });
    CHECK(client.receive().status == 408);
    CHECK(client.ended());
    drip.join();
    CHECK(running.metrics().contains("luster_http_cut_total{phase=\"body\"} 1"));
}

TEST_CASE("http: who reads an answer slowly is cut") {
    RunningServer running(with_limits([](Limits& limits) { limits.transfer_grace = 1s; }));
    running.handler.answer = [](Request&) -> Task<Response> {
        co_return Response::text(200, std::string(50'000'000, 'x'));
    };
    Client client(running.port());
    client.take_little();
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(comes_true([&] {
        return running.metrics().contains("luster_http_cut_total{phase=\"answer\"} 1");
    }));
    CHECK(comes_true([&] { return running.server->connections() == 0; }));
}

TEST_CASE("http: an idle connection is closed") {
    RunningServer running(with_limits([](Limits& limits) { limits.idle_max = 1s; }));
    Client client(running.port());
    CHECK(client.get("/").status == 200);
    CHECK(client.ended());
    CHECK(running.metrics().contains("luster_http_cut_total{phase=\"idle\"} 1"));
}

TEST_CASE("http: a handler that takes too long doesn't hold its connection") {
    RunningServer running(with_limits([](Limits& limits) { limits.handler_max = 1s; }));
    running.handler.answer = [](Request&) -> Task<Response> {
        co_await sleep(3'000ms);
        co_return Response::text(200, "late");
    };
    Client client(running.port());
    CHECK(client.get("/").status == 0);
    CHECK(running.metrics().contains("luster_http_cut_total{phase=\"handler\"} 1"));
}

TEST_CASE("http: connections are limited in all and for each address") {
    {
        auto config = with_limits([](Limits& limits) { limits.connections_max = 2; });
        std::atomic<bool> told = false;
        config.trouble_log = [&](std::string_view what) {
            told = what.starts_with("connections refused: 1; 2 may be open");
        };
        RunningServer running(std::move(config));
        Client first(running.port()), second(running.port());
        CHECK(first.get("/").status == 200);
        CHECK(second.get("/").status == 200);
        Client third(running.port());
        CHECK(third.receive().status == 503);
        CHECK(comes_true([&] { return told.load(); }));
    }
    RunningServer running(with_limits([](Limits& limits) { limits.connections_per_address_max = 1; }
    ));
    {
        Client first(running.port());
        CHECK(first.get("/").status == 200);
        Client second(running.port());
        CHECK(second.get("/").status == 0);
    }
    CHECK(comes_true([&] { return running.server->connections() == 0; }));
    Client again(running.port());
    CHECK(again.get("/").status == 200);
}

TEST_CASE("http: a hit allocates nothing and makes no coroutine") {
    Config config;
    config.access_log = [](std::span<const Access>) {};
    RunningServer running(std::move(config));
    static const std::string head =
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 10240\r\n";
    auto body = std::make_shared<const std::string>(10'240, 'x');
    std::atomic<std::uint64_t> last = 0, allocated = 0;
    std::atomic<int> hits = 0;
    running.handler.direct = [&](const Request&, Direct& out) {
        auto now = luster::testing::allocations_of_this_thread();
        // From one hit to the next: writing, logging, waiting, reading, parsing.
        if (++hits > 20) allocated += now - last;
        last = now;
        out = {200, head, *body, body};
        return true;
    };
    Client client(running.port());
    for (int i = 0; i < 200; ++i) {
        auto answer = client.get(
            "/some/page?with=query", "User-Agent: test\r\nAccept-Encoding: gzip, br\r\n"
        );
        REQUIRE(answer.body.size() == 10'240);
    }
    CHECK(hits == 200);
    CHECK(allocated == 0);
    CHECK(comes_true([&] { return running.metrics().contains("luster_http_hits_total 200"); }));
}

TEST_CASE("http: a hit that the reader takes slowly arrives whole") {
    RunningServer running;
    auto body = std::make_shared<const std::string>(20'000'000, 'x');
    static const std::string head = "HTTP/1.1 200 OK\r\ncontent-length: 20000000\r\n";
    running.handler.direct = [&](const Request&, Direct& out) {
        out = {200, head, *body, body};
        return true;
    };
    Client client(running.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(200ms);
    CHECK(client.receive().body.size() == 20'000'000);
    CHECK(client.receive().body.size() == 20'000'000);
    CHECK(client.get("/").body.size() == 20'000'000);
    CHECK(body.use_count() <= 2);
}

TEST_CASE("http: a fault in a handler is answered by 500 and reported") {
    std::atomic<bool> reported = false;
    Config config;
    config.fault_log = [&](std::string_view id, std::string_view fault) {
        reported = id.size() == 16 && fault == "the database is away";
    };
    RunningServer running(std::move(config));
    running.handler.answer = [](Request&) -> Task<Response> {
        throw Fault("the database is away");
        co_return Response{};
    };
    Client client(running.port());
    auto answer = client.get("/");
    CHECK(answer.status == 500);
    CHECK(!answer.body.contains("database"));
    CHECK(reported);
    CHECK(client.get("/").status == 500);
}

TEST_CASE("http: a header value can't smuggle a line") {
    RunningServer running;
    running.handler.answer = [](Request&) -> Task<Response> {
        co_return Response::redirect(302, "/x\r\nSet-Cookie: a=b");
    };
    Client client(running.port());
    auto answer = client.get("/");
    CHECK(answer.status == 500);
    CHECK(!answer.headers.contains("set-cookie"));
}

TEST_CASE(
    "http: a request tells host, scheme, client and id; only trusted proxies may say otherwise"
) {
    auto tell = [](Request& request) -> Task<Response> {
        std::string text(request.host);
        text.append(" ")
            .append(request.scheme)
            .append(" ")
            .append(request.client)
            .append(" ")
            .append(request.id);
        co_return Response::text(200, text);
    };
    std::string fields =
        "X-Forwarded-For: 9.9.9.9, 203.0.113.7, 10.1.2.3\r\nX-Forwarded-Proto: "
        "https\r\nX-Request-Id: abc-1\r\n";
    RunningServer plain;
    plain.handler.answer = tell;
    Client direct(plain.port());
    CHECK(direct.get("/", fields).body.starts_with("site.test http 127.0.0.1 "));
    CHECK(!direct.get("/", fields).body.contains("abc-1"));
    Config config;
    config.trusted_proxies = {"127.0.0.0/8", "10.0.0.0/8"};
    RunningServer proxied(std::move(config));
    proxied.handler.answer = tell;
    Client behind(proxied.port());
    CHECK(behind.get("/", fields).body == "site.test https 203.0.113.7 abc-1");
    auto client_of = [&](std::string forwarded_for) {
        auto body = behind.get("/", "X-Forwarded-For: " + forwarded_for + "\r\n").body;
        return body.substr(0, body.rfind(' '));
    };
    CHECK(client_of("203.0.113.7:4711, 10.1.2.3:80") == "site.test http 203.0.113.7");
    CHECK(client_of("[2001:db8::1]:4711") == "site.test http 2001:db8::1");
    CHECK(behind.get("/", "X-Forwarded-For: nonsense\r\n")
              .body.starts_with("site.test http 127.0.0.1 "));
}

TEST_CASE("http: the access log hears of every answer") {
    std::mutex mutex;
    std::vector<std::string> lines;
    Config config;
    config.access_log = [&](std::span<const Access> records) {
        std::lock_guard lock(mutex);
        for (auto& record : records) {
            lines.push_back(
                std::string(record.method) + " " + std::string(record.host) +
                std::string(record.target) + " " + std::to_string(record.status) + " " +
                std::string(record.agent)
            );
        }
    };
    {
        RunningServer running(std::move(config));
        Client client(running.port());
        client.get("/a", "User-Agent: test\r\n");
        client.get("/" + std::string(500, 'x'));
        client.send("nonsense\r\n\r\n");
        client.receive();
    }
    REQUIRE(lines.size() == 3);
    CHECK(lines[0] == "GET site.test/a 200 test");
    CHECK(lines[1].size() < 200);
    CHECK(lines[2] == "  400 ");
}

TEST_CASE("http: on one connection each request starts anew, also in the access log") {
    std::mutex mutex;
    std::vector<std::pair<OrgId, UserId>> whose;
    Config config;
    config.access_log = [&](std::span<const Access> records) {
        std::lock_guard lock(mutex);
        for (auto& record : records) whose.emplace_back(record.organization, record.user);
    };
    const UserId person{Uuid{{1}}};
    {
        RunningServer running(std::move(config));
        running.handler.answer = [&](Request& request) -> Task<Response> {
            if (request.path == "/known") {
                request.organization = OrgId{7};
                request.user = person;
            }
            co_return Response::text(200, "ok");
        };
        Client client(running.port());
        client.get("/known");
        client.get("/anonymous");
    }
    REQUIRE(whose.size() == 2);
    CHECK(whose[0] == std::pair(OrgId{7}, person));
    CHECK(whose[1] == std::pair(OrgId{0}, UserId{}));
}

TEST_CASE("http: a head that is too large is answered and logged like everything else") {
    std::mutex mutex;
    std::vector<Access> records;
    Config config;
    config.access_log = [&](std::span<const Access> some) {
        std::lock_guard lock(mutex);
        records.insert(records.end(), some.begin(), some.end());
    };
    auto before = unix_us();
    std::string large = "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x');
    {
        RunningServer running(std::move(config));
        Client first(running.port()), second(running.port());
        first.send(large);
        auto id = first.receive().header("x-request-id");
        CHECK(id.size() == 16);
        CHECK(!id.contains('\0'));
        auto earlier = second.get("/").header("x-request-id");
        second.send(large);
        CHECK(second.receive().header("x-request-id") != earlier);
    }
    REQUIRE(records.size() == 3);
    for (auto& record : records) {
        CHECK(record.unix_us >= before - 2'000'000);
        CHECK(record.duration_us < 10'000'000);
    }
}

TEST_CASE("http: what a stranger can have refused is not counted among the answers") {
    RunningServer running;
    for (std::string_view bytes :
         {"PRI * HTTP/2.0\r\n\r\n",
          "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n"}) {
        Client client(running.port());
        client.send(bytes);
        CHECK(client.receive().status >= 400);
    }
    CHECK(comes_true([&] {
        return running.metrics().contains("luster_http_refused_requests_total 3");
    }));
    auto metrics = running.metrics();
    CHECK(metrics.contains("luster_http_answers_total{status=\"4xx\"} 0"));
    CHECK(metrics.contains("luster_http_answers_total{status=\"5xx\"} 0"));
}

TEST_CASE("http: a request that has begun to arrive is answered within the drain") {
    RunningServer running;
    Client fresh(running.port()), used(running.port());
    CHECK(used.get("/").status == 200);
    for (auto* client : {&fresh, &used}) client->send("GET /late HTTP/1.1\r\nHo");
    std::this_thread::sleep_for(100ms);
    std::thread draining([&] { running.drain(5'000ms); });
    CHECK(comes_true([&] { return running.server->draining(); }));
    std::this_thread::sleep_for(100ms);
    for (auto* client : {&fresh, &used}) {
        client->send("st: a\r\n\r\n");
        auto answer = client->receive();
        CHECK(answer.body == "/late");
        CHECK(answer.header("connection") == "close");
        CHECK(client->ended());
    }
    draining.join();
}

TEST_CASE("http: drain lets requests finish, ends streams and idle connections, and takes no more"
) {
    RunningServer running({}, 2);
    std::atomic<bool> entered = false, released = false;
    running.handler.answer = [&](Request& request) -> Task<Response> {
        if (request.path != "/slow") co_return Response::text(200, "ok");
        entered = true;
        while (!released) co_await sleep(5ms);
        co_return Response::text(200, "finished");
    };
    Client idle(running.port()), busy(running.port());
    CHECK(idle.get("/").status == 200);
    busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    while (!entered) std::this_thread::sleep_for(5ms);
    std::thread draining([&] { running.drain(5'000ms); });
    CHECK(idle.ended());
    released = true;
    auto answer = busy.receive();
    CHECK(answer.body == "finished");
    CHECK(answer.header("connection") == "close");
    CHECK(busy.ended());
    draining.join();
    CHECK(running.server->connections() == 0);
    CHECK_THROWS_AS(Client(running.port()), Fault);
}

TEST_CASE("http: many connections on several loops are all served") {
    RunningServer running({}, 2);
    std::vector<std::thread> clients;
    std::atomic<int> good = 0;
    for (int c = 0; c < 8; ++c) {
        clients.emplace_back([&] {
            Client client(running.port());
            for (int i = 0; i < 100; ++i) good += client.get("/x").body == "/x";
        });
    }
    for (auto& client : clients) client.join();
    CHECK(good == 800);
}

TEST_CASE("http: an address that can't be taken is a fault with a sentence") {
    RunningServer running;
    Loops loops(1);
    Config config;
    config.listen.push_back({"not an address", 0, false});
    CHECK_THROWS_WITH_AS(
        Server(loops, config, running.handler), "not an address to listen on: not an address", Fault
    );
}
