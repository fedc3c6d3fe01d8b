// One connection's bytes, with or without TLS: the system call first, the event loop only where it
// says EAGAIN. Ends are values, not exceptions: a peer that leaves is no news.
#pragma once

#include "io/http/http.h"
#include "io/http/tls.h"

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

    Task<bool> handshake();
    Task<std::size_t> read(std::span<char> into);  // 0: nothing will come any more
    // As much as goes without waiting.
    Moved write_now(std::span<const iovec> pieces, bool more_follows = false);
    Moved send_file_now(int descriptor, std::uint64_t offset, std::uint64_t bytes);
    Task<bool> wait_writable();
    void finish_sending();  // the peer sees the end, we can still read
    void close();           // wakes whoever reads or writes; from this loop only
    bool open() const { return open_; }
    bool secure() const { return ssl_ != nullptr; }
    Socket& socket() { return socket_; }

private:
    Moved read_secure(std::span<char> into);
    Moved write_secure(std::span<const iovec> pieces);
    Moved secure_end(int result);
    Task<bool> wait(boost::asio::socket_base::wait_type what);

    Socket socket_;
    Ssl ssl_;
    bool open_ = true;
    bool wants_write_ = false;  // what TLS waits for
};

}  // namespace luster::http
