#include "io/http/body.h"

#include "io/http/connection.h"

#include <algorithm>

namespace luster::http {
namespace {

constexpr std::size_t held_bytes = 16'384;

}  // namespace

Task<Result<std::string>> Body::all(std::size_t bytes_max) {
    auto too_large = [] {
        return refuse(Problem{Problem::Kind::too_large, {"problem_too_large", {}}, {}, {}, {}, {}});
    };
    // At once: whoever waits for "100 Continue" need not send it.
    if (announced_bytes() > bytes_max) co_return too_large();
    std::string text;
    std::array<char, 4'096> block;
    while (!empty()) {
        auto bytes = co_await read(block);
        if (text.size() + bytes > bytes_max) co_return too_large();
        text.append(block.data(), bytes);
    }
    co_return text;
}

void BodyReader::start(const Head& head, std::span<const char> arrived) {
    done_ = !head.has_body();
    chunked_ = head.chunked;
    continue_awaited_ = head.expects_continue && arrived.empty();
    left_ = head.content_length;
    total_ = 0;
    decoder_ = {};
    held_.assign(arrived.begin(), arrived.end());
    begin_ = 0;
}

Task<std::size_t> BodyReader::read(std::span<char> into) {
    if (done_ || into.empty()) co_return 0;
    auto bytes = chunked_ ? co_await read_chunked(into) : co_await read_plain(into);
    total_ += bytes;
    if (total_ > connection_.limits().body_bytes_max)
        throw BodyBroken(413, "the body is too large");
    co_return bytes;
}

Task<std::size_t> BodyReader::read_plain(std::span<char> into) {
    auto bytes = take_held(into, left_);
    if (bytes == 0)
        bytes = co_await receive(into.first(std::min<std::uint64_t>(into.size(), left_)));
    left_ -= bytes;
    done_ = left_ == 0;
    co_return bytes;
}

Task<std::size_t> BodyReader::read_chunked(std::span<char> into) {
    while (left_ == 0) {
        if (begin_ == held_.size()) co_await refill();
        decode();
        if (decoder_.broken()) throw BodyBroken(400, "the chunks of the body are broken");
        if (done_) co_return 0;
    }
    auto bytes = take_held(into, left_);
    left_ -= bytes;
    // So that `empty()` is true as early as can be.
    if (left_ == 0 && begin_ < held_.size()) decode();
    co_return bytes;
}

// Afterwards `left_` bytes of the body lie at begin_.
void BodyReader::decode() {
    auto step = decoder_.next({held_.data() + begin_, held_.size() - begin_});
    begin_ += step.framing;
    left_ = step.body;
    done_ = decoder_.done();
}

Task<void> BodyReader::refill() {
    held_.resize(held_bytes);
    begin_ = 0;
    std::size_t bytes = 0;
    try {
        bytes = co_await receive(held_);
    } catch (...) {
        held_.clear();
        throw;
    }
    held_.resize(bytes);
}

Task<std::size_t> BodyReader::receive(std::span<char> into) {
    if (continue_awaited_ && !connection_.send_continue()) throw BodyBroken(0, "the client left");
    continue_awaited_ = false;
    auto bytes = co_await connection_.read_body(into);
    if (bytes == 0) throw BodyBroken(connection_.body_status(), "the body ended early");
    co_return bytes;
}

std::size_t BodyReader::take_held(std::span<char> into, std::uint64_t most) {
    auto bytes = std::min<std::uint64_t>({into.size(), most, held_.size() - begin_});
    std::copy_n(held_.data() + begin_, bytes, into.data());
    begin_ += bytes;
    return bytes;
}

bool BodyReader::worth_dropping(std::uint64_t bytes_max) const {
    // Who waits for "100 Continue" may or may not send the body after a final answer: nobody knows.
    if (continue_awaited_) return false;
    return done_ || chunked_ || left_ <= bytes_max;
}

Task<bool> BodyReader::drop(std::uint64_t bytes_max) {
    std::array<char, 4'096> block;
    try {
        for (std::uint64_t dropped = 0; !done_ && dropped <= bytes_max;)
            dropped += co_await read(block);
    } catch (const BodyBroken&) {
        co_return false;
    }
    co_return done_;
}

}  // namespace luster::http
