#include "io/http/probe.h"

#include "io/loop/timer.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include <charconv>
#include <memory>

namespace luster::http {
namespace {

namespace asio = boost::asio;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
constexpr auto with_error = asio::as_tuple(asio::use_awaitable_t<Executor>());
constexpr std::size_t line_bytes_max = 1024;

int status_in(std::string_view line) {
    if (!line.starts_with("HTTP/1.") || line.size() < 12) return 0;
    int status = 0;
    std::from_chars(line.data() + 9, line.data() + 12, status);
    return status;
}

Task<int> ask(Socket& socket, const ProbeTarget& target) {
    boost::system::error_code wrong;
    auto address = asio::ip::make_address(target.address, wrong);
    if (wrong) co_return 0;
    auto [refused] = co_await socket.async_connect({address, target.port}, with_error);
    if (refused) co_return 0;
    auto request = fmt::format(
        "GET {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", target.path, target.host
    );
    auto [unsent, sent] = co_await asio::async_write(socket, asio::buffer(request), with_error);
    if (unsent) co_return 0;
    std::string answer;
    auto [unread, size] = co_await asio::async_read_until(
        socket, asio::dynamic_buffer(answer, line_bytes_max), "\r\n", with_error
    );
    co_return unread ? 0 : status_in(answer);
}

}  // namespace

Task<int> probe(ProbeTarget target, std::chrono::milliseconds limit) {
    auto executor = co_await asio::this_coro::executor;
    auto socket = std::make_shared<Socket>(executor);
    Timer timer(executor, limit);
    timer.async_wait([socket](boost::system::error_code cancelled) {
        boost::system::error_code ignored;
        if (!cancelled) socket->close(ignored);
    });
    int status = co_await ask(*socket, target);
    timer.cancel();
    co_return status;
}

}  // namespace luster::http
