// The body of the request at hand. What arrived behind the head is moved out of the way first, so
// that the head's views stay, and what follows the body is handed back for the next request.
#pragma once

#include "io/http/chunks.h"
#include "io/http/http.h"
#include "io/http/parse.h"

#include <vector>

namespace luster::http {

class Connection;

class BodyReader final : public Body {
public:
    explicit BodyReader(Connection& connection) : connection_(connection) {}

    void start(const Head& head, std::span<const char> arrived);
    bool empty() const override { return done_; }
    std::uint64_t announced_bytes() const override { return done_ || chunked_ ? 0 : left_; }
    Task<std::size_t> read(std::span<char> into) override;
    // Reads over the rest; false where that would be too much, or nothing more comes.
    Task<bool> drop(std::uint64_t bytes_max);
    // Whether so little is left that it is worth reading over.
    bool worth_dropping(std::uint64_t bytes_max) const;
    std::span<const char> after() const { return {held_.data() + begin_, held_.size() - begin_}; }
    void release() { held_ = {}; }

private:
    Task<std::size_t> read_plain(std::span<char> into);
    Task<std::size_t> read_chunked(std::span<char> into);
    void decode();
    Task<void> refill();
    Task<std::size_t> receive(std::span<char> into);
    std::size_t take_held(std::span<char> into, std::uint64_t most);

    Connection& connection_;
    std::vector<char> held_;
    std::size_t begin_ = 0;
    bool done_ = true;
    bool chunked_ = false;
    bool continue_awaited_ = false;
    std::uint64_t left_ = 0;  // by Content-Length; or of the run of body bytes at begin_
    std::uint64_t total_ = 0;
    ChunkDecoder decoder_;
};

}  // namespace luster::http
