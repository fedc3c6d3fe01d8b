#include "io/http/channel.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <sys/sendfile.h>
#include <sys/socket.h>

namespace luster::http {
namespace {

constexpr auto as_value = boost::asio::as_tuple(boost::asio::use_awaitable_t<Executor>());
constexpr std::size_t record_bytes_max = 16'384;  // of TLS

Channel::Moved moved(ssize_t result) {
    if (result >= 0) return {static_cast<std::size_t>(result), Channel::End::ok};
    bool later = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    return {0, later ? Channel::End::would_block : Channel::End::closed};
}

}  // namespace

Channel::Channel(Socket socket, Certificates* certificates) : socket_(std::move(socket)) {
    socket_.native_non_blocking(true);
    if (certificates) ssl_ = certificates->accept(socket_.native_handle());
}

Task<bool> Channel::handshake() {
    while (open_) {
        ERR_clear_error();
        int result = SSL_do_handshake(ssl_.get());
        if (result == 1) co_return true;
        if (secure_end(result).end != End::would_block) co_return false;
        using boost::asio::socket_base;
        if (!co_await wait(wants_write_ ? socket_base::wait_write : socket_base::wait_read))
            co_return false;
    }
    co_return false;
}

Task<std::size_t> Channel::read(std::span<char> into) {
    if (!ssl_) {
        auto [error, bytes] = co_await socket_.async_read_some(
            boost::asio::buffer(into.data(), into.size()), as_value
        );
        co_return error ? 0 : bytes;
    }
    while (open_) {
        auto step = read_secure(into);
        if (step.end == End::ok) co_return step.bytes;
        if (step.end == End::closed) co_return 0;
        using boost::asio::socket_base;
        if (!co_await wait(wants_write_ ? socket_base::wait_write : socket_base::wait_read))
            co_return 0;
    }
    co_return 0;
}

Channel::Moved Channel::write_now(std::span<const iovec> pieces, bool more_follows) {
    if (!open_) return {0, End::closed};
    if (ssl_) return write_secure(pieces);
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(pieces.data());
    message.msg_iovlen = pieces.size();
    return moved(
        sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL | (more_follows ? MSG_MORE : 0))
    );
}

Channel::Moved Channel::send_file_now(int descriptor, std::uint64_t offset, std::uint64_t bytes) {
    if (!open_) return {0, End::closed};
    if (!ssl_) {
        auto at = static_cast<off_t>(offset);
        auto most =
            std::min<std::uint64_t>(bytes, 1'048'576);  // one file must not hold the loop up
        auto step = moved(sendfile(socket_.native_handle(), descriptor, &at, most));
        // A file that became shorter can't fill the announced length any more.
        return step.end == End::ok && step.bytes == 0 ? Moved{0, End::closed} : step;
    }
    std::array<char, record_bytes_max> block;
    auto got = pread(
        descriptor,
        block.data(),
        std::min<std::uint64_t>(bytes, block.size()),
        static_cast<off_t>(offset)
    );
    if (got <= 0) return {0, End::closed};
    iovec piece{block.data(), static_cast<std::size_t>(got)};
    return write_secure({&piece, 1});
}

// A TLS record each: small pieces (head, chunk frame) travel together with what follows them.
Channel::Moved Channel::write_secure(std::span<const iovec> pieces) {
    std::array<char, record_bytes_max> block;
    std::size_t filled = 0;
    for (auto& piece : pieces) {
        auto bytes = std::min(piece.iov_len, block.size() - filled);
        if (bytes) std::memcpy(block.data() + filled, piece.iov_base, bytes);
        filled += bytes;
    }
    if (filled == 0) return {0, End::ok};
    ERR_clear_error();
    int result = SSL_write(ssl_.get(), block.data(), static_cast<int>(filled));
    return result > 0 ? Moved{static_cast<std::size_t>(result), End::ok} : secure_end(result);
}

Channel::Moved Channel::read_secure(std::span<char> into) {
    ERR_clear_error();
    int result = SSL_read(
        ssl_.get(), into.data(), static_cast<int>(std::min<std::size_t>(into.size(), 1 << 20))
    );
    return result > 0 ? Moved{static_cast<std::size_t>(result), End::ok} : secure_end(result);
}

Channel::Moved Channel::secure_end(int result) {
    int reason = SSL_get_error(ssl_.get(), result);
    wants_write_ = reason == SSL_ERROR_WANT_WRITE;
    bool later = reason == SSL_ERROR_WANT_READ || reason == SSL_ERROR_WANT_WRITE;
    // After a fatal error the session must not even be shut down.
    if (reason == SSL_ERROR_SSL || reason == SSL_ERROR_SYSCALL)
        SSL_set_quiet_shutdown(ssl_.get(), 1);
    return {0, later ? End::would_block : End::closed};
}

Task<bool> Channel::wait_writable() {
    using boost::asio::socket_base;
    bool reads = ssl_ && !wants_write_;
    co_return co_await wait(reads ? socket_base::wait_read : socket_base::wait_write);
}

Task<bool> Channel::wait(boost::asio::socket_base::wait_type what) {
    auto [error] = co_await socket_.async_wait(what, as_value);
    co_return !error && open_;
}

void Channel::finish_sending() {
    if (!open_) return;
    if (ssl_) SSL_shutdown(ssl_.get());
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
}

void Channel::close() {
    if (!open_) return;
    open_ = false;
    boost::system::error_code ignored;
    socket_.close(ignored);
}

}  // namespace luster::http
