#pragma once

#include <string>

namespace luster {

// Octets without an encoding (`bytea` in SQL); a type of its own so that text and bytes don't mix.
struct Bytes {
    std::string data;
    friend bool operator==(const Bytes&, const Bytes&) = default;
};

}  // namespace luster
