// A value that must not be seen: it can't be logged, printed, compared in variable time or encoded
// as JSON, and its memory is wiped.
#pragma once

#include <string>
#include <string_view>

namespace luster {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value) : value_(std::move(value)) {}
    Secret(const Secret&) = default;
    Secret& operator=(const Secret&) = default;
    Secret(Secret&& other) noexcept : value_(std::move(other.value_)) { other.wipe(); }
    Secret& operator=(Secret&& other) noexcept;
    ~Secret() { wipe(); }

    // For the one place that must hand it over (a connection, a header, a hash).
    std::string_view reveal() const { return value_; }
    bool empty() const { return value_.empty(); }
    bool equals(std::string_view other) const;  // in constant time for one length

private:
    void wipe() noexcept;
    std::string value_;
};

}  // namespace luster
