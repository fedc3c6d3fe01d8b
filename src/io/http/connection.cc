#include "io/http/connection.h"

#include "io/http/status.h"
#include "io/http/stream.h"

#include <algorithm>
#include <cstring>
#include <sys/socket.h>

namespace luster::http {
namespace {

constexpr std::size_t inbox_bytes_first = 4'096;
constexpr std::chrono::seconds linger_max{2};
constexpr std::size_t linger_bytes_max = 262'144;

bool is_request_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '-' || c == '.' || c == '_';
    });
}

}  // namespace

Task<void> serve_connection(
    std::shared_ptr<Shared> shared,
    Lane& lane,
    Socket socket,
    bool secure,
    [[maybe_unused]] Seat seat
) {
    Connection connection(shared, lane, std::move(socket), secure);
    co_await connection.run();
}

void Pace::start(const Limits& limits) {
    credit_us_ = std::chrono::microseconds(limits.transfer_grace).count();
}

void Pace::moved(std::uint64_t bytes, const Limits& limits) {
    auto whole = std::chrono::microseconds(limits.transfer_grace).count();
    auto earned = bytes * 1'000'000 / std::max<std::uint64_t>(limits.transfer_rate_min, 1);
    credit_us_ = std::min(credit_us_ + static_cast<std::int64_t>(earned), whole);
}

std::chrono::seconds Pace::left() const {
    return std::chrono::seconds(std::max<std::int64_t>(credit_us_ / 1'000'000, 0));
}

Connection::Connection(std::shared_ptr<Shared> shared, Lane& lane, Socket socket, bool secure)
    : shared_(std::move(shared)),
      lane_(lane),
      channel_(std::move(socket), secure ? shared_->certificates.get() : nullptr),
      body_(*this) {
    auto text = channel_.peer().to_string();
    peer_length_ = std::min(text.size(), peer_text_.size());
    std::copy_n(text.begin(), peer_length_, peer_text_.begin());
    peer_ = parse_address(text).value_or(Address{});
    peer_trusted_ = is_trusted(shared_->trusted, peer_);
    counted_ = !peer_trusted_ && shared_->addresses.take(peer_);
    if (!peer_trusted_ && !counted_) {
        lane_.counters.connections_refused.add();
        channel_.close();
    }
    lane_.counters.connections_taken.add();
    lane_.counters.connections_open.add();
    next_ = lane_.connections;
    link_ = &lane_.connections;
    if (next_) next_->link_ = &next_;
    lane_.connections = this;
}

Connection::~Connection() {
    *link_ = next_;
    if (next_) next_->link_ = link_;
    if (counted_) shared_->addresses.give(peer_);
    lane_.counters.connections_open.take();
}

Task<void> Connection::run() {
    if (channel_.secure()) {
        enter(Phase::handshake, limits().handshake_max);
        if (!co_await channel_.handshake()) {
            lane_.counters.handshakes_failed.add();
            co_return;
        }
    }
    inbox_.resize(inbox_bytes_first);
    enter(Phase::idle, limits().idle_max);
    while (channel_.open()) {
        bool go_on = true;
        switch (serve_ready()) {
            case Next::read:
                go_on = make_room();
                while (go_on) {
                    auto end = take_bytes();
                    if (end == Channel::End::ok) break;
                    go_on = end == Channel::End::would_block && co_await channel_.wait_readable();
                }
                break;
            case Next::yield:
                co_await next_turn();
                break;
            case Next::flush:
                go_on = co_await flush();
                direct_.owner.reset();
                break;
            case Next::handle:
                go_on = co_await handle_request();
                break;
            case Next::refuse:
                co_await refuse(refusal_);
                go_on = false;
                break;
            case Next::close:
                go_on = false;
                break;
        }
        if (!go_on) break;
    }
    if (cut_ == Cut::header) co_await refuse(408);
    co_await linger();
}

// Answers everything that lies ready, without a coroutine, until something has to be awaited.
Connection::Next Connection::serve_ready() {
    for (std::size_t served = 0; served < limits().pipelined_max; ++served) {
        if (!keep_alive_ || !channel_.open()) return Next::close;
        std::string_view waiting(inbox_.data() + begin_, end_ - begin_);
        if (waiting.starts_with("\r\n"
            )) {  // an empty line after the last body is tolerated (RFC 9112, 2.2)
            begin_ += 2;
            waiting.remove_prefix(2);
        }
        auto head_bytes = head_end(waiting);
        if (head_bytes == std::string_view::npos) {
            refusal_ = 431;
            return waiting.size() < limits().header_bytes_max ? Next::read : Next::refuse;
        }
        auto next = serve_head(waiting.substr(0, head_bytes));
        if (next != Next::read) return next;
    }
    return Next::yield;
}

// Everything that belongs to one request starts anew: nothing of the one before it is left.
void Connection::begin_request() {
    started_us_ = monotonic_us();
    sent_bytes_ = 0;
    phase_ = Phase::idle;
    id_ = lane_.next_request_id();
    request_ = {};
    request_.id = {id_.data(), id_.size()};
    request_.client = {peer_text_.data(), peer_length_};
}

// Next::read: answered.
Connection::Next Connection::serve_head(std::string_view bytes) {
    begin_request();
    head_bytes_ = bytes.size();
    refusal_ = parse_head(bytes, limits(), head_);
    if (refusal_) return Next::refuse;
    describe_request();
    bool may_hit =
        (request_.method == Method::get || request_.method == Method::head) && !head_.has_body();
    if (!may_hit || !shared_->handler.try_now(request_, direct_)) return Next::handle;
    request_.organization = direct_.organization;
    bool written = answer_direct(true);
    begin_ += head_bytes_;
    if (!written) return Next::flush;
    direct_.owner.reset();
    return Next::read;
}

void Connection::describe_request() {
    keep_alive_ = head_.keep_alive;
    request_.method = head_.method;
    request_.method_text = head_.method_text;
    request_.target = head_.target;
    auto question = head_.target.find('?');
    request_.path = head_.target.substr(0, question);
    request_.query = question == std::string_view::npos ? "" : head_.target.substr(question + 1);
    request_.host = head_.authority.host();
    request_.port = head_.authority.port;
    request_.scheme = channel_.secure() ? "https" : "http";
    request_.keep_alive = keep_alive_;
    request_.headers = Headers(head_.fields);
    if (!peer_trusted_) return;
    request_.client = forwarded_client(
        request_.headers.find("x-forwarded-for"), shared_->trusted, request_.client
    );
    auto scheme = request_.headers.find("x-forwarded-proto");
    if (scheme == "http" || scheme == "https") request_.scheme = scheme;
    if (auto id = request_.headers.find("x-request-id"); is_request_id(id)) request_.id = id;
}

// False where the rest has to be awaited.
bool Connection::answer_direct(bool hit) {
    write_tail();
    out_.clear();
    out_.add(direct_.head);
    out_.add({tail_.data(), tail_bytes_});
    if (request_.method != Method::head) out_.add(direct_.body);
    answer_pace_.start(limits());
    bool done = push();
    // Counted as sent: what is missing is on its way, or the connection ends.
    sent_bytes_ = direct_.head.size() + tail_bytes_ +
                  (request_.method == Method::head ? 0 : direct_.body.size());
    log(direct_.status, hit);
    return done;
}

// False where no further request is wanted.
bool Connection::make_room() {
    bool in_head = begin_ < end_;
    if (begin_ > 0) {
        std::memmove(inbox_.data(), inbox_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if (end_ == inbox_.size())
        inbox_.resize(std::min(inbox_.size() * 2, limits().header_bytes_max + 4));
    if (!in_head && lane_.draining) return false;
    if (!in_head)
        enter(Phase::idle, limits().idle_max);
    else if (phase_ != Phase::header)
        enter(Phase::header, limits().header_max);
    return true;
}

Channel::End Connection::take_bytes() {
    auto step = channel_.read_now({inbox_.data() + end_, inbox_.size() - end_});
    end_ += step.bytes;
    return step.end;
}

Task<bool> Connection::handle_request() {
    std::span<const char> arrived(
        inbox_.data() + begin_ + head_bytes_, end_ - begin_ - head_bytes_
    );
    body_pace_.start(limits());
    answer_pace_.start(limits());
    // Without a body what arrived is the next request, and stays where it is.
    bool has_body = head_.has_body();
    body_.start(head_, has_body ? arrived : std::span<const char>());
    if (has_body) end_ = begin_ + head_bytes_;
    request_.body = &body_;
    auto response = co_await ask_handler();
    if (!channel_.open()) co_return false;
    if (!body_.worth_dropping(limits().unread_bytes_max)) keep_alive_ = false;
    bool sent = co_await answer(response);
    if (!sent || !channel_.open()) {
        channel_.close();
        co_return false;
    }
    if (!keep_alive_) co_return false;
    bool body_done = body_.empty() || co_await body_.drop(limits().unread_bytes_max);
    co_return finish_request(body_done);
}

// The next request starts behind this one's body.
bool Connection::finish_request(bool body_done) {
    begin_ += head_bytes_;
    if (!head_.has_body() || !body_done) return body_done;
    auto next = body_.after();
    if (inbox_.size() < next.size()) inbox_.resize(next.size());
    std::ranges::copy(next, inbox_.begin());
    begin_ = 0;
    end_ = next.size();
    body_.release();
    return true;
}

Task<Response> Connection::ask_handler() {
    std::string fault;
    enter(Phase::handler, limits().handler_max);
    try {
        co_return co_await shared_->handler.handle(request_);
    } catch (const BodyBroken& broken) {
        keep_alive_ = false;
        if (broken.status == 0) channel_.close();
        co_return problem_response(broken.status);
    } catch (const std::exception& e) {
        fault = e.what();
    }
    if (shared_->config.fault_log) shared_->config.fault_log(request_.id, fault);
    co_return problem_response(500);
}

Task<std::size_t> Connection::read_body(std::span<char> into) {
    enter(Phase::body, body_pace_.left());
    auto start = monotonic_us();
    auto bytes = co_await channel_.read(into);
    body_pace_.waited(monotonic_us() - start);
    body_pace_.moved(bytes, limits());
    enter(Phase::handler, limits().handler_max);
    co_return cut_ == Cut::body ? 0 : bytes;
}

bool Connection::send_continue() {
    return send_small_now("HTTP/1.1 100 Continue\r\n\r\n");
}

bool Connection::send_small_now(std::string_view bytes) {
    iovec piece{const_cast<char*>(bytes.data()), bytes.size()};
    auto step = channel_.write_now({&piece, 1});
    // So little always fits, unless the reader has stopped reading long ago.
    if (step.end == Channel::End::ok && step.bytes == bytes.size()) return true;
    channel_.close();
    return false;
}

void Connection::enter(Phase phase, std::chrono::seconds limit) {
    phase_ = phase;
    lane_.wheel.arm(*this, limit);
}

void Connection::cut(Cut why) {
    cut_ = why;
    lane_.counters.cut[static_cast<std::size_t>(why)].add();
    // Who sends slowly still gets an answer; everyone else has had time enough.
    if (why == Cut::body || why == Cut::header)
        channel_.give_up();
    else
        channel_.close();
}

void Connection::expire() {
    switch (phase_) {
        case Phase::handshake:
            return cut(Cut::handshake);
        case Phase::idle:
            return cut(Cut::idle);
        case Phase::header:
            return cut(Cut::header);
        case Phase::handler:
            return cut(Cut::handler);
        case Phase::body:
            return cut(Cut::body);
        case Phase::answer:
            return cut(stream_ ? Cut::reader : Cut::answer);
        case Phase::stream:
            if (stream_ && !stream_->beat()) return cut(Cut::reader);
            return lane_.wheel.arm(*this, limits().heartbeat_every);
        case Phase::linger:
            return channel_.close();
    }
}

// A request that has begun to arrive is still answered; make_room() ends what comes to rest later.
void Connection::begin_drain() {
    bool at_rest = phase_ == Phase::idle && begin_ == end_;
    if (at_rest || phase_ == Phase::handshake) channel_.close();
}

// Closing with unread bytes resets the connection, and the peer may lose the answer: first say that
// we are done, then read until the peer is, for a while.
Task<void> Connection::linger() {
    if (!channel_.open()) co_return;
    channel_.finish_sending();
    enter(Phase::linger, linger_max);
    std::array<char, 4'096> block;
    for (std::size_t dropped = 0; channel_.open() && dropped < linger_bytes_max;) {
        auto bytes = co_await channel_.read_plain(block);
        if (bytes == 0) break;
        dropped += bytes;
    }
    channel_.close();
}

}  // namespace luster::http
