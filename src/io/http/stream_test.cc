#include "io/http/testing/client.h"

#include <doctest/doctest.h>

#include <atomic>

using namespace luster;
using namespace luster::http;
using namespace luster::http::testing;
using namespace std::chrono_literals;

namespace {

Response counting(int count, std::chrono::milliseconds pause) {
    return Response::events([=](Writer& writer) -> Task<void> {
        for (int i = 0; i < count; ++i) {
            if (!co_await writer.event(
                    "step", "line one\nline " + std::to_string(i), std::to_string(i)
                ))
                co_return;
            co_await sleep(pause);
        }
    });
}

}  // namespace

TEST_CASE("http: events arrive as they happen, and the connection goes on afterwards") {
    RunningServer running;
    running.handler.answer = [](Request&) -> Task<Response> { co_return counting(2, 10ms); };
    Client client(running.port());
    auto answer = client.get("/events");
    CHECK(answer.header("content-type") == "text/event-stream");
    CHECK(answer.header("cache-control") == "no-store");
    CHECK(
        answer.body ==
        "id: 0\nevent: step\ndata: line one\ndata: line 0\n\nid: 1\nevent: step\ndata: line "
        "one\ndata: line 1\n\n"
    );
    CHECK(client.get("/events").status == 200);
}

TEST_CASE("http: HTTP/1.0 gets a stream without chunks, ended by closing") {
    RunningServer running;
    running.handler.answer = [](Request&) -> Task<Response> { co_return counting(1, 1ms); };
    Client client(running.port());
    client.send("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
    auto answer = client.receive();
    CHECK(answer.header("connection") == "close");
    CHECK(answer.body.starts_with("id: 0\n"));
}

TEST_CASE("http: a silent stream is kept alive by comments") {
    Config config;
    config.limits.heartbeat_every = 1s;
    config.limits.idle_max = 1s;
    RunningServer running(std::move(config));
    running.handler.answer = [](Request&) -> Task<Response> { co_return counting(2, 2'800ms); };
    Client client(running.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(client.receive_until("3\r\n:\n\n\r\n").ends_with("3\r\n:\n\n\r\n"));
    CHECK(client.receive_until("id: 1").ends_with("id: 1"));
}

TEST_CASE("http: a reader that doesn't read its stream is cut") {
    Config config;
    config.limits.transfer_grace = 1s;
    RunningServer running(std::move(config));
    std::atomic<bool> ended = false;
    running.handler.answer = [&](Request&) -> Task<Response> {
        co_return Response::events([&](Writer& writer) -> Task<void> {
            std::string data(100'000, 'x');
            while (co_await writer.event("", data)) {
            }
            ended = true;
        });
    };
    Client client(running.port());
    client.take_little();
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(comes_true([&] { return ended.load(); }));
    CHECK(running.metrics().contains("luster_http_cut_total{phase=\"reader\"} 1"));
}

TEST_CASE("http: a stream hears that its reader has left, and that the server stops") {
    Config config;
    config.limits.heartbeat_every = 1s;
    RunningServer running(std::move(config));
    std::atomic<int> ended = 0;
    running.handler.answer = [&](Request&) -> Task<Response> {
        co_return Response::events([&](Writer& writer) -> Task<void> {
            co_await writer.event("", "hello");
            while (writer.open()) co_await sleep(20ms);
            ++ended;
        });
    };
    {
        Client client(running.port());
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        client.receive_until("hello");
    }
    CHECK(comes_true([&] { return ended == 1; }));
    Client client(running.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    client.receive_until("hello");
    running.drain(5'000ms);
    CHECK(ended == 2);
    CHECK(client.receive_until("0\r\n\r\n").ends_with("0\r\n\r\n"));
}

TEST_CASE("http: a stream that fails midway doesn't look whole") {
    RunningServer running;
    running.handler.answer = [](Request&) -> Task<Response> {
        co_return Response::stream("text/plain", [](Writer& writer) -> Task<void> {
            co_await writer.write("half");
            throw Fault("the other half is missing");
        });
    };
    Client client(running.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    auto all = client.receive_until("never");
    auto body = all.substr(all.find("\r\n\r\n") + 4);
    CHECK(body == "4\r\nhalf\r\n");  // and no last chunk
}

TEST_CASE(
    "http: a stream of announced length has no chunks, and one that is too short doesn't look whole"
) {
    RunningServer running;
    running.handler.answer = [](Request& request) -> Task<Response> {
        auto response = Response::stream("text/plain", [](Writer& writer) -> Task<void> {
            co_await writer.write("hello ");
            co_await writer.write("world");
        });
        response.stream_bytes = request.path == "/whole" ? 11 : 12;
        co_return response;
    };
    Client client(running.port());
    auto answer = client.get("/whole");
    CHECK(answer.header("content-length") == "11");
    CHECK(answer.body == "hello world");
    CHECK(client.get("/short").body == "hello world");
    CHECK(client.get("/whole").status == 0);
}
