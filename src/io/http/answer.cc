// How a Connection writes: heads, bodies, files, streams, refusals.
#include "io/http/connection.h"
#include "io/http/status.h"
#include "io/http/stream.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace luster::http {
namespace {

bool has_no_body(unsigned status) {
    return status < 200 || status == 204 || status == 304;
}

// The server frames its answers itself.
bool is_framing(std::string_view name) {
    return equal_ignoring_case(name, "content-length") ||
           equal_ignoring_case(name, "transfer-encoding") ||
           equal_ignoring_case(name, "connection") || equal_ignoring_case(name, "date");
}

// A line break in a value would let its author write fields, or a second answer.
bool is_value(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

}  // namespace

void Outgoing::advance(std::size_t bytes) {
    while (bytes > 0) {
        auto& piece = pieces_[first_];
        auto part = std::min(bytes, piece.iov_len);
        piece.iov_base = static_cast<char*>(piece.iov_base) + part;
        piece.iov_len -= part;
        bytes -= part;
        if (piece.iov_len == 0) ++first_;
    }
}

Task<bool> Connection::answer(Response& response) {
    if (response.direct) {
        direct_ = std::move(*response.direct);
        bool written = answer_direct(false);
        bool sent = written ? channel_.open() : co_await flush();
        direct_.owner.reset();
        co_return sent;
    }
    for (auto& [name, value] : response.headers) {
        if (is_value(name) && is_value(value)) continue;
        response = problem_response(500);
        break;
    }
    bool bodyless = has_no_body(response.status);
    bool open_ended = response.streamed && !response.stream_bytes;
    bool chunked = open_ended && !head_.http_1_0 && !bodyless;
    if (open_ended && head_.http_1_0) keep_alive_ = false;
    std::optional<std::uint64_t> length;
    if (response.streamed)
        length = response.stream_bytes;
    else if (response.file)
        length = response.file->bytes;
    else
        length = response.body.size();
    if (bodyless) length.reset();
    write_head(response, chunked, length);
    write_tail();
    bool body_follows = !bodyless && request_.method != Method::head;
    out_.clear();
    out_.add(answer_head_);
    out_.add({tail_.data(), tail_bytes_});
    if (body_follows && !response.streamed && !response.file) out_.add(response.body);
    bool sent = push() ? channel_.open() : co_await flush();
    if (sent && body_follows && response.streamed)
        sent = co_await send_stream(response, chunked);
    else if (sent && body_follows && response.file)
        sent = co_await send_file(*response.file);
    log(response.status, false);
    co_return sent;
}

void Connection::write_head(
    const Response& response, bool chunked, std::optional<std::uint64_t> length
) {
    answer_head_.clear();
    fmt::format_to(
        std::back_inserter(answer_head_),
        "HTTP/1.1 {} {}\r\n",
        response.status,
        reason_phrase(response.status)
    );
    for (auto& [name, value] : response.headers) {
        if (!is_framing(name))
            answer_head_.append(name).append(": ").append(value).append("\r\n");
        else if (equal_ignoring_case(name, "connection") && equal_ignoring_case(value, "close"))
            keep_alive_ = false;
    }
    answer_head_.append(response.fixed_fields);
    if (chunked) answer_head_.append("transfer-encoding: chunked\r\n");
    if (length) fmt::format_to(std::back_inserter(answer_head_), "content-length: {}\r\n", *length);
}

// What every answer ends its head with. A copy: the lane's Date may change while we wait for the
// reader.
void Connection::write_tail() {
    tail_bytes_ = 0;
    if (lane_.draining) keep_alive_ = false;
    auto add = [this](std::string_view text) {
        std::memcpy(tail_.data() + tail_bytes_, text.data(), text.size());
        tail_bytes_ += text.size();
    };
    add(lane_.date_line());
    add("x-request-id: ");
    add(request_.id);
    add(keep_alive_ ? (head_.http_1_0 ? "\r\nconnection: keep-alive\r\n\r\n" : "\r\n\r\n")
                    : "\r\nconnection: close\r\n\r\n");
}

Task<bool> Connection::send_file(const FilePart& file) {
    for (std::uint64_t done = 0; done < file.bytes;) {
        auto step = channel_.send_file_now(*file.descriptor, file.offset + done, file.bytes - done);
        if (step.end == Channel::End::closed) co_return false;
        done += step.bytes;
        sent_bytes_ += step.bytes;
        answer_pace_.moved(step.bytes, limits());
        if (step.end == Channel::End::ok) {
            // Whoever takes it this fast is far from any deadline.
            enter(Phase::answer, limits().transfer_grace);
            if (done < file.bytes) co_await next_turn();
            continue;
        }
        enter(Phase::answer, answer_pace_.left());
        auto start = monotonic_us();
        if (!co_await channel_.wait_writable()) co_return false;
        answer_pace_.waited(monotonic_us() - start);
    }
    co_return true;
}

Task<bool> Connection::send_stream(const Response& response, bool chunked) {
    StreamWriter writer(*this, chunked, response.heartbeats, response.stream_bytes);
    std::string fault;
    stream_ = &writer;
    enter(Phase::stream, limits().heartbeat_every);
    try {
        co_await response.streamed(writer);
    } catch (const std::exception& e) {
        fault = e.what();
    }
    if (!fault.empty() && shared_->config.fault_log) shared_->config.fault_log(request_.id, fault);
    // Without the last chunk, or with bytes missing, the client sees that the answer is not whole.
    bool whole = fault.empty() && co_await writer.finish();
    stream_ = nullptr;
    co_return whole;
}

Task<bool> Connection::send_pieces(std::initializer_list<std::string_view> pieces) {
    out_.clear();
    for (auto piece : pieces) out_.add(piece);
    bool sent = co_await flush();
    if (stream_) enter(Phase::stream, limits().heartbeat_every);
    co_return sent;
}

// Writes until the system takes no more. True when all is written or the connection has ended.
bool Connection::push(bool more_follows) {
    while (!out_.empty()) {
        auto step = channel_.write_now(out_.left(), more_follows);
        if (step.end == Channel::End::would_block) return false;
        if (step.end == Channel::End::closed) {
            channel_.close();
            return true;
        }
        out_.advance(step.bytes);
        sent_bytes_ += step.bytes;
        answer_pace_.moved(step.bytes, limits());
    }
    return true;
}

Task<bool> Connection::flush() {
    while (!push()) {
        enter(Phase::answer, answer_pace_.left());
        auto start = monotonic_us();
        if (!co_await channel_.wait_writable()) co_return false;
        answer_pace_.waited(monotonic_us() - start);
    }
    co_return channel_.open();
}

// What could not be read is a request of its own, of which nothing is known but who sent it.
Task<void> Connection::refuse(unsigned status) {
    begin_request();
    refusal_ = status;
    keep_alive_ = false;
    head_.http_1_0 = false;
    auto response = problem_response(status);
    answer_pace_.start(limits());
    co_await answer(response);
}

void Connection::log(unsigned status, bool hit) {
    auto now = monotonic_us();
    Access access;
    access.unix_us = lane_.wall_offset_us + started_us_;
    access.duration_us =
        static_cast<std::uint32_t>(std::clamp<std::int64_t>(now - started_us_, 0, UINT32_MAX));
    access.status = static_cast<std::uint16_t>(status);
    access.hit = hit;
    access.bytes = sent_bytes_;
    access.id = request_.id;
    access.method = request_.method_text;
    access.host = request_.host;
    access.target = request_.target;
    access.client = request_.client;
    access.organization = request_.organization;
    access.user = request_.user;
    if (shared_->config.access_log) access.agent = request_.headers.find("user-agent");
    lane_.log(access, refusal_ != 0);
}

}  // namespace luster::http
