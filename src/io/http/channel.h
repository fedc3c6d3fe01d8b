// One connection's bytes, with or without TLS: the system call first, the event loop only where it
// says EAGAIN. Ends are values, not exceptions: a peer that leaves is no news.
#pragma once

#include "io/http/http.h"
#include "io/http/tls.h"
#include "io/loop/readiness.h"

#include <boost/asio/ip/tcp.hpp>

#include <sys/uio.h>

namespace luster::http {

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;

class Channel {
public:
    enum class End : std::uint8_t { ok, would_block, closed };
    struct Moved {
        std::size_t bytes = 0;
        End end = End::ok;
    };

    Channel(Socket socket, Certificates* certificates);
    ~Channel() { close(); }

    Task<bool> handshake();
    Task<std::size_t> read(std::span<char> into);        // 0: nothing will come any more
    Task<std::size_t> read_plain(std::span<char> into);  // what comes below TLS
    // As much as goes without waiting.
    Moved read_now(std::span<char> into);
    Moved write_now(std::span<const iovec> pieces, bool more_follows = false);
    Moved send_file_now(int descriptor, std::uint64_t offset, std::uint64_t bytes);
    Task<bool> wait_readable();  // after read_now said would_block; false: closed
    Task<bool> wait_writable();
    void give_up();         // whoever reads or writes sees the end of it
    void finish_sending();  // the peer sees the end, we can still read
    void close();           // wakes whoever reads or writes; from this loop only
    bool open() const { return descriptor_ >= 0; }
    bool secure() const { return ssl_ != nullptr; }
    bool peer_has_left() const;
    const boost::asio::ip::address& peer() const { return peer_; }

private:
    Moved read_bytes(std::span<char> into);
    Moved moved(ssize_t result);
    Moved read_secure(std::span<char> into);
    Moved write_secure(std::span<const iovec> pieces);
    Moved secure_end(int result);

    boost::asio::ip::address peer_;
    int descriptor_;
    Watched watched_;
    Ssl ssl_;
    bool given_up_ = false;
    bool wants_write_ = false;  // what TLS waits for
};

}  // namespace luster::http
