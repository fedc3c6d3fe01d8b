#include "io/http/testing/client.h"

#include <algorithm>
#include <arpa/inet.h>
#include <future>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace luster::http::testing {

std::string Answer::header(const std::string& name) const {
    auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
}

Client::Client(std::uint16_t port, std::chrono::milliseconds patience)
    : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    timeval limit{patience.count() / 1'000, (patience.count() % 1'000) * 1'000};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        throw Fault("no connection");
}

Client::~Client() {
    ::close(socket_);
}

bool Client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Client::fill() {
    char block[16'384];
    auto got = ::recv(socket_, block, sizeof block, 0);
    if (got <= 0) return false;
    buffered_.append(block, static_cast<std::size_t>(got));
    return true;
}

std::string Client::receive_until(std::string_view text) {
    while (!buffered_.contains(text)) {
        if (!fill()) return std::exchange(buffered_, {});
    }
    auto end = buffered_.find(text) + text.size();
    auto taken = buffered_.substr(0, end);
    buffered_.erase(0, end);
    return taken;
}

Answer Client::receive(bool to_head) {
    Answer answer;
    answer.head = receive_until("\r\n\r\n");
    if (!answer.head.ends_with("\r\n\r\n")) return answer;
    answer.status = static_cast<unsigned>(std::stoul(answer.head.substr(9, 3)));
    for (auto at = answer.head.find("\r\n") + 2; at + 2 < answer.head.size();) {
        auto end = answer.head.find("\r\n", at);
        auto colon = answer.head.find(": ", at);
        auto name = answer.head.substr(at, colon - at);
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
        answer.headers[name] = answer.head.substr(colon + 2, end - colon - 2);
        at = end + 2;
    }
    if (to_head || answer.status < 200 || answer.status == 204 || answer.status == 304)
        return answer;
    if (answer.header("transfer-encoding") == "chunked") {
        for (;;) {
            auto bytes = std::stoul(receive_until("\r\n"), nullptr, 16);
            while (buffered_.size() < bytes + 2 && fill()) {
            }
            answer.body += buffered_.substr(0, bytes);
            buffered_.erase(0, bytes + 2);
            if (bytes == 0) return answer;
        }
    }
    if (auto length = answer.header("content-length"); !length.empty()) {
        auto bytes = std::stoul(length);
        while (buffered_.size() < bytes && fill()) {
        }
        answer.body = buffered_.substr(0, bytes);
        buffered_.erase(0, bytes);
    } else {
        while (fill()) {
        }
        answer.body = std::exchange(buffered_, {});
    }
    return answer;
}

Answer Client::get(std::string_view target, std::string_view fields) {
    send(
        "GET " + std::string(target) + " HTTP/1.1\r\nHost: site.test\r\n" + std::string(fields) +
        "\r\n"
    );
    return receive();
}

bool Client::ended() {
    char block[4'096];
    for (;;) {
        auto got = ::recv(socket_, block, sizeof block, 0);
        if (got == 0) return true;
        if (got < 0) return errno == ECONNRESET;
    }
}

void Client::take_little() {
    int bytes = 4'096;
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

Task<Response> FunctionHandler::handle(Request& request) {
    if (answer) co_return co_await answer(request);
    co_return Response::text(200, std::string(request.target));
}

RunningServer::RunningServer(Config config, std::size_t loop_count) : loops(loop_count) {
    if (config.listen.empty()) config.listen.push_back({});
    server = std::make_unique<Server>(loops, std::move(config), handler);
    server->start();
    thread_ = std::thread([this] { loops.run(); });
}

RunningServer::~RunningServer() {
    if (!server->draining()) drain(std::chrono::milliseconds(0));
    loops.stop();
    thread_.join();
}

void RunningServer::drain(std::chrono::milliseconds deadline) {
    std::promise<void> done;
    auto run = [](Server& server, std::chrono::milliseconds deadline, std::promise<void>& done
               ) -> Task<void> {
        co_await server.drain(deadline);
        done.set_value();
    };
    spawn(loops.executor(0), "drain", run(*server, deadline, done));
    done.get_future().wait();
}

bool comes_true(const std::function<bool()>& condition) {
    for (int looks = 0; looks < 800; ++looks) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

std::string RunningServer::metrics() const {
    std::string text;
    server->write_metrics(text);
    return text;
}

}  // namespace luster::http::testing
