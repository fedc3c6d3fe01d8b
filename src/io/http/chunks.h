// Takes the framing off a chunked body (RFC 9112, 7.1), byte-exactly: what is not in the grammar is
// broken. Extensions and trailers are read over, up to a limit.
#pragma once

#include <cstdint>
#include <string_view>

namespace luster::http {

class ChunkDecoder {
public:
    struct Step {
        std::size_t framing = 0;  // bytes of `in` that are framing, then
        std::size_t body = 0;     // so many that are body; both are consumed
    };
    // Goes to the end of the first run of body bytes in `in`.
    Step next(std::string_view in);
    bool done() const { return state_ == State::done; }
    bool broken() const { return state_ == State::broken; }

private:
    enum class State : std::uint8_t {
        size,
        before_extension,
        extension,
        size_lf,
        data,
        data_cr,
        data_lf,
        trailer,
        trailer_line,
        trailer_lf,
        last_lf,
        done,
        broken
    };
    void take(char c);
    void take_size(char c);
    void take_trailer(char c);

    State state_ = State::size;
    std::uint8_t digits_ = 0;
    std::uint64_t left_ = 0;    // of the current chunk
    std::size_t overhead_ = 0;  // bytes of extensions and trailers so far
};

}  // namespace luster::http
