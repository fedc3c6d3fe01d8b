#include "io/http/channel.h"

#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/tcp.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace luster::http {
namespace {

constexpr std::size_t record_bytes_max = 16'384;  // of TLS

boost::asio::ip::address address_of(Socket& socket) {
    boost::system::error_code error;
    return socket.remote_endpoint(error).address();
}

// From here on it is ours alone: Asio would hear of every byte, too.
int released(Socket& socket) {
    socket.native_non_blocking(true);
    return socket.release();
}

}  // namespace

Channel::Channel(Socket socket, Certificates* certificates)
    : peer_(address_of(socket)),
      descriptor_(released(socket)),
      watched_(socket.get_executor(), descriptor_) {
    int yes = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (certificates) ssl_ = certificates->accept(descriptor_);
}

Channel::Moved Channel::moved(ssize_t result) {
    if (result >= 0) return {static_cast<std::size_t>(result), End::ok};
    bool later = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    return {0, later ? End::would_block : End::closed};
}

Task<bool> Channel::handshake() {
    while (open()) {
        ERR_clear_error();
        int result = SSL_do_handshake(ssl_.get());
        if (result == 1) co_return true;
        if (secure_end(result).end != End::would_block) co_return false;
        if (!co_await wait_readable()) co_return false;
    }
    co_return false;
}

Task<std::size_t> Channel::read(std::span<char> into) {
    while (true) {
        auto step = read_now(into);
        if (step.end == End::ok) co_return step.bytes;
        if (step.end == End::closed || !co_await wait_readable()) co_return 0;
    }
}

Task<std::size_t> Channel::read_plain(std::span<char> into) {
    wants_write_ = false;
    while (true) {
        auto step = read_bytes(into);
        if (step.end == End::ok) co_return step.bytes;
        if (step.end == End::closed || !co_await wait_readable()) co_return 0;
    }
}

// The end of what comes is 'closed', not zero bytes.
Channel::Moved Channel::read_now(std::span<char> into) {
    if (!open() || given_up_) return {0, End::closed};
    return ssl_ ? read_secure(into) : read_bytes(into);
}

Channel::Moved Channel::read_bytes(std::span<char> into) {
    if (!watched_.readable()) return {0, End::would_block};
    auto step = moved(::recv(descriptor_, into.data(), into.size(), 0));
    if (step.bytes < into.size()) watched_.drained();
    if (step.end == End::ok && step.bytes == 0) step.end = End::closed;
    return step;
}

Channel::Moved Channel::write_now(std::span<const iovec> pieces, bool more_follows) {
    if (!open()) return {0, End::closed};
    if (ssl_) return write_secure(pieces);
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(pieces.data());
    message.msg_iovlen = pieces.size();
    return moved(sendmsg(descriptor_, &message, MSG_NOSIGNAL | (more_follows ? MSG_MORE : 0)));
}

Channel::Moved Channel::send_file_now(int descriptor, std::uint64_t offset, std::uint64_t bytes) {
    if (!open()) return {0, End::closed};
    if (!ssl_) {
        auto at = static_cast<off_t>(offset);
        auto most =
            std::min<std::uint64_t>(bytes, 1'048'576);  // one file must not hold the loop up
        auto step = moved(sendfile(descriptor_, descriptor, &at, most));
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
    if (reason == SSL_ERROR_WANT_READ) watched_.drained();
    bool later = reason == SSL_ERROR_WANT_READ || reason == SSL_ERROR_WANT_WRITE;
    // After a fatal error the session must not even be shut down.
    if (reason == SSL_ERROR_SSL || reason == SSL_ERROR_SYSCALL)
        SSL_set_quiet_shutdown(ssl_.get(), 1);
    return {0, later ? End::would_block : End::closed};
}

// TLS may have to write before it can read, and the other way round.
Task<bool> Channel::wait_readable() {
    return wants_write_ ? watched_.until_writable() : watched_.until_readable();
}

Task<bool> Channel::wait_writable() {
    bool reads = ssl_ && !wants_write_;
    return reads ? watched_.until_readable() : watched_.until_writable();
}

void Channel::give_up() {
    given_up_ = true;
    watched_.give_up();
}

bool Channel::peer_has_left() const {
    char byte;
    return ::recv(descriptor_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

void Channel::finish_sending() {
    if (!open()) return;
    if (ssl_) SSL_shutdown(ssl_.get());
    ::shutdown(descriptor_, SHUT_WR);
}

void Channel::close() {
    if (!open()) return;
    watched_.stop();
    ::close(std::exchange(descriptor_, -1));
}

}  // namespace luster::http
