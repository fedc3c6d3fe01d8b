// One connection: reads heads, answers what lies ready, and awaits the handler for the rest. It
// lives in the frame of its own coroutine, on one loop.
#pragma once

#include "io/http/body.h"
#include "io/http/channel.h"
#include "io/http/parse.h"
#include "io/http/shared.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace luster::http {

class StreamWriter;

// Pieces on their way out; the bytes belong to somebody who stays.
class Outgoing {
public:
    void add(std::string_view bytes) {
        if (!bytes.empty()) pieces_[count_++] = {const_cast<char*>(bytes.data()), bytes.size()};
    }
    void advance(std::size_t bytes);
    void clear() { first_ = count_ = 0; }
    bool empty() const { return first_ == count_; }
    std::span<const iovec> left() const { return {pieces_.data() + first_, count_ - first_}; }

private:
    std::array<iovec, 4> pieces_;
    std::size_t first_ = 0;
    std::size_t count_ = 0;
};

// How long a peer may make us wait for what it sends or takes: waiting uses up the grace, bytes
// earn it back, and never more than all of it (else one full socket buffer would buy an hour).
class Pace {
public:
    void start(const Limits& limits);
    void moved(std::uint64_t bytes, const Limits& limits);
    void waited(std::int64_t us) { credit_us_ -= us; }
    std::chrono::seconds left() const;

private:
    std::int64_t credit_us_ = 0;
};

class Connection final : Wheel::Entry {
public:
    Connection(std::shared_ptr<Shared> shared, Lane& lane, Socket socket, bool secure);
    ~Connection();

    Task<void> run();
    void begin_drain();
    void close() { channel_.close(); }
    Connection* next_in_lane() const { return next_; }

    // For Body: bytes from the peer under the pace of a body. 0: see `body_status`.
    Task<std::size_t> read_body(std::span<char> into);
    unsigned body_status() const { return cut_ == Cut::body ? 408 : 0; }
    bool send_continue();
    const Limits& limits() const { return lane_.shared.config.limits; }

    // For StreamWriter.
    Task<bool> send_pieces(std::initializer_list<std::string_view> pieces);
    bool send_small_now(std::string_view bytes);  // false: the reader is cut
    bool is_open() const { return channel_.open(); }
    bool peer_has_left() const { return channel_.peer_has_left(); }
    bool is_draining() const { return lane_.draining; }

private:
    enum class Phase : std::uint8_t {
        handshake,
        idle,
        header,
        handler,
        body,
        answer,
        stream,
        linger
    };
    enum class Next : std::uint8_t { read, yield, flush, handle, refuse, close };

    void expire() override;
    void enter(Phase phase, std::chrono::seconds limit);
    void cut(Cut why);

    bool make_room();
    Channel::End take_bytes();
    Next serve_ready();
    void begin_request();
    Next serve_head(std::string_view bytes);
    void describe_request();
    bool answer_direct(bool hit);
    Task<bool> handle_request();
    Task<Response> ask_handler();
    bool finish_request(bool body_done);
    Task<void> refuse(unsigned status);
    Task<void> linger();

    // answer.cc
    Task<bool> answer(Response& response);
    void write_head(const Response& response, bool chunked, std::optional<std::uint64_t> length);
    void write_tail();
    Task<bool> send_file(const FilePart& file);
    Task<bool> send_stream(const Response& response, bool chunked);
    Task<bool> flush();
    bool push(bool more_follows = false);
    void log(unsigned status, bool hit);

    std::shared_ptr<Shared> shared_;
    Lane& lane_;
    Channel channel_;
    Connection* next_ = nullptr;
    Connection** link_ = nullptr;

    std::vector<char> inbox_;
    std::size_t begin_ = 0;  // of what is not consumed
    std::size_t end_ = 0;
    std::size_t head_bytes_ = 0;
    Head head_;
    Request request_;
    BodyReader body_;
    unsigned refusal_ = 0;

    Direct direct_;
    Outgoing out_;
    std::string answer_head_;
    std::array<char, 256> tail_;
    std::size_t tail_bytes_ = 0;
    StreamWriter* stream_ = nullptr;

    Phase phase_ = Phase::idle;
    std::optional<Cut> cut_;
    Pace body_pace_, answer_pace_;
    bool keep_alive_ = true;
    bool peer_trusted_ = false;
    bool counted_ = false;  // under its address
    Address peer_{};
    std::array<char, 46> peer_text_{};
    std::size_t peer_length_ = 0;
    std::array<char, 16> id_{};
    std::int64_t started_us_ = 0;
    std::uint64_t sent_bytes_ = 0;
};

Task<void> serve_connection(
    std::shared_ptr<Shared> shared, Lane& lane, Socket socket, bool secure, Seat seat
);

}  // namespace luster::http
