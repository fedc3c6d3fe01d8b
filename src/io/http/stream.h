// An answer that is written as it comes about, in chunks where the client speaks HTTP/1.1.
#pragma once

#include "io/http/connection.h"

namespace luster::http {

class StreamWriter final : public Writer {
public:
    StreamWriter(
        Connection& connection, bool chunked, bool heartbeats, std::optional<std::uint64_t> left
    )
        : connection_(connection), chunked_(chunked), heartbeats_(heartbeats), left_(left) {}

    Task<bool> write(std::string_view bytes) override;
    bool open() const override { return connection_.is_open() && !connection_.is_draining(); }
    Task<bool> finish();
    bool beat();  // after a silence: false where the reader is gone or must be cut

private:
    Connection& connection_;
    bool chunked_;
    bool heartbeats_;
    std::optional<std::uint64_t> left_;  // of an announced length
    bool writing_ = false;
};

}  // namespace luster::http
