#include "io/http/chunks.h"

#include <algorithm>

namespace luster::http {
namespace {

constexpr std::size_t overhead_bytes_max = 16'384;
constexpr std::uint8_t size_digits_max = 15;  // below 2^60: no overflow

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_text(char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
}

}  // namespace

ChunkDecoder::Step ChunkDecoder::next(std::string_view in) {
    Step step;
    while (step.framing < in.size() && state_ != State::data && !done() && !broken()) {
        take(in[step.framing++]);
    }
    if (state_ != State::data) return step;
    step.body = static_cast<std::size_t>(std::min<std::uint64_t>(left_, in.size() - step.framing));
    left_ -= step.body;
    if (left_ == 0) state_ = State::data_cr;
    return step;
}

void ChunkDecoder::take(char c) {
    switch (state_) {
        case State::size:
            return take_size(c);
        case State::before_extension:  // white space may stand before ';', and nowhere else
            if (c == ';')
                state_ = State::extension;
            else if ((c != ' ' && c != '\t') || ++overhead_ > overhead_bytes_max)
                state_ = State::broken;
            return;
        case State::extension:
            if (c == '\r')
                state_ = State::size_lf;
            else if (!is_text(c) || ++overhead_ > overhead_bytes_max)
                state_ = State::broken;
            return;
        case State::size_lf:
            state_ = c != '\n' ? State::broken : left_ ? State::data : State::trailer;
            digits_ = 0;
            return;
        case State::data_cr:
            state_ = c == '\r' ? State::data_lf : State::broken;
            return;
        case State::data_lf:
            state_ = c == '\n' ? State::size : State::broken;
            return;
        case State::last_lf:
            state_ = c == '\n' ? State::done : State::broken;
            return;
        default:
            return take_trailer(c);
    }
}

void ChunkDecoder::take_size(char c) {
    if (int value = hex_value(c); value >= 0 && digits_ < size_digits_max) {
        left_ = left_ * 16 + static_cast<unsigned>(value);
        ++digits_;
    } else if (digits_ && c == '\r') {
        state_ = State::size_lf;
    } else if (digits_ && c == ';') {
        state_ = State::extension;
    } else if (digits_ && (c == ' ' || c == '\t')) {
        state_ = State::before_extension;
    } else {
        state_ = State::broken;
    }
}

void ChunkDecoder::take_trailer(char c) {
    if (++overhead_ > overhead_bytes_max) {
        state_ = State::broken;
    } else if (state_ == State::trailer) {
        state_ = c == '\r'                             ? State::last_lf
                 : is_text(c) && c != ' ' && c != '\t' ? State::trailer_line
                                                       : State::broken;
    } else if (state_ == State::trailer_line) {
        if (c == '\r')
            state_ = State::trailer_lf;
        else if (!is_text(c))
            state_ = State::broken;
    } else {
        state_ = c == '\n' ? State::trailer : State::broken;
    }
}

}  // namespace luster::http
