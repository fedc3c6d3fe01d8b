// Network addresses: who is trusted as a proxy, and how many connections one address may hold.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace luster::http {

// IPv4 as ::ffff:a.b.c.d.
using Address = std::array<std::uint8_t, 16>;
std::optional<Address> parse_address(std::string_view text);

struct Network {
    Address address{};
    unsigned prefix_bits = 128;

    static std::optional<Network> parse(std::string_view text);  // "10.0.0.0/8", "::1"
    bool contains(const Address& other) const;
};

// The last hop of X-Forwarded-For that is not a trusted proxy; what can't be read is not believed.
std::string_view forwarded_client(
    std::string_view forwarded_for, const std::vector<Network>& trusted, std::string_view peer
);
bool is_trusted(const std::vector<Network>& trusted, const Address& address);

// Counts over all loops; taken and given once a connection.
class AddressCounts {
public:
    explicit AddressCounts(std::size_t most) : most_(most) {}
    bool take(const Address& address);
    void give(const Address& address);

private:
    struct Hash {
        std::size_t operator()(const Address& address) const;
    };
    std::size_t most_;
    std::mutex mutex_;
    std::unordered_map<Address, std::size_t, Hash> counts_;
};

}  // namespace luster::http
