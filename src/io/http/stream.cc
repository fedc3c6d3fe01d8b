#include "io/http/stream.h"

#include <fmt/core.h>

namespace luster::http {

Task<bool> Writer::event(std::string_view name, std::string_view data, std::string_view id) {
    std::string text;
    if (!id.empty()) text.append("id: ").append(id).append("\n");
    if (!name.empty()) text.append("event: ").append(name).append("\n");
    for (std::size_t start = 0; start <= data.size();) {
        auto end = std::min(data.find('\n', start), data.size());
        text.append("data: ").append(data.substr(start, end - start)).append("\n");
        start = end + 1;
    }
    text.append("\n");
    co_return co_await write(text);
}

Task<bool> StreamWriter::write(std::string_view bytes) {
    if (!open()) co_return false;
    if (left_ && bytes.size() > *left_) throw Fault("a stream is longer than announced");
    if (left_) *left_ -= bytes.size();
    if (bytes.empty()) co_return true;
    writing_ = true;
    bool sent = false;
    if (chunked_) {
        auto frame = fmt::format("{:x}\r\n", bytes.size());
        sent = co_await connection_.send_pieces({frame, bytes, "\r\n"});
    } else {
        sent = co_await connection_.send_pieces({bytes});
    }
    writing_ = false;
    co_return sent&& open();
}

Task<bool> StreamWriter::finish() {
    if (!connection_.is_open() || left_.value_or(0) > 0) co_return false;
    co_return !chunked_ || co_await connection_.send_pieces({"0\r\n\r\n"});
}

bool StreamWriter::beat() {
    if (connection_.peer_has_left()) return false;
    if (!heartbeats_ || writing_) return true;
    return connection_.send_small_now(chunked_ ? "3\r\n:\n\n\r\n" : ":\n\n");
}

}  // namespace luster::http
