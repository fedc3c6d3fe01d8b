// A client that sends exactly the bytes that a test wants to send, and a server on loops of its
// own.
#pragma once

#include "io/http/http.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

namespace luster::http::testing {

struct Answer {
    unsigned status = 0;                         // 0: the connection ended without one
    std::map<std::string, std::string> headers;  // names in lower case
    std::string head;
    std::string body;

    std::string header(const std::string& name) const;
};

class Client {
public:
    explicit Client(
        std::uint16_t port, std::chrono::milliseconds patience = std::chrono::seconds(8)
    );
    ~Client();
    Client(const Client&) = delete;

    bool send(std::string_view bytes);  // false once the peer has gone
    Answer receive(bool to_head = false);
    Answer get(std::string_view target, std::string_view fields = {});
    bool ended();  // waits for the end of the connection; what comes before it is dropped
    std::string receive_until(std::string_view text);
    void take_little();  // a small receive buffer, for slow readers

private:
    bool fill();
    int socket_;
    std::string buffered_;
};

class FunctionHandler : public Handler {
public:
    std::function<bool(const Request&, Direct&)> direct;
    std::function<Task<Response>(Request&)> answer;

    bool try_now(const Request& request, Direct& out) noexcept override {
        return direct && direct(request, out);
    }
    Task<Response> handle(Request& request) override;
};

class RunningServer {
public:
    explicit RunningServer(Config config = {}, std::size_t loop_count = 1);
    ~RunningServer();

    void drain(std::chrono::milliseconds deadline);  // and waits for it
    std::uint16_t port() const { return server->port(); }
    std::string metrics() const;

    FunctionHandler handler;
    Loops loops;
    std::unique_ptr<Server> server;

private:
    std::thread thread_;
};

// Waits up to eight seconds for what happens on another thread.
bool comes_true(const std::function<bool()>& condition);

}  // namespace luster::http::testing
