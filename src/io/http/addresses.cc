#include "io/http/addresses.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>

namespace luster::http {
namespace {

// One person has a whole /64 of IPv6: it counts as one address.
Address counted(Address address) {
    static constexpr std::array<std::uint8_t, 12> v4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (!std::equal(v4.begin(), v4.end(), address.begin()))
        std::fill(address.begin() + 8, address.end(), 0);
    return address;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// Some proxies write "192.0.2.1:4711" and "[2001:db8::1]:4711".
std::string_view without_port(std::string_view hop) {
    if (hop.starts_with('[')) return hop.substr(1, hop.find(']') - 1);
    auto colon = hop.find(':');
    return colon == hop.rfind(':') ? hop.substr(0, colon) : hop;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
    char zero_ended[INET6_ADDRSTRLEN] = {};
    if (text.empty() || text.size() >= sizeof zero_ended) return std::nullopt;
    std::ranges::copy(text, zero_ended);
    Address address{};
    if (inet_pton(AF_INET6, zero_ended, address.data()) == 1) return address;
    address[10] = address[11] = 0xff;
    if (inet_pton(AF_INET, zero_ended, address.data() + 12) == 1) return address;
    return std::nullopt;
}

std::optional<Network> Network::parse(std::string_view text) {
    auto slash = text.find('/');
    auto address = parse_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    if (slash == std::string_view::npos) return Network{*address, 128};
    unsigned bits = 0;
    auto digits = text.substr(slash + 1);
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    bool v6 = text.substr(0, slash).contains(':');
    if (error != std::errc() || end != digits.data() + digits.size() || bits > (v6 ? 128u : 32u))
        return std::nullopt;
    return Network{*address, v6 ? bits : 96 + bits};
}

bool Network::contains(const Address& other) const {
    auto whole = prefix_bits / 8;
    if (!std::equal(address.begin(), address.begin() + whole, other.begin())) return false;
    if (prefix_bits % 8 == 0) return true;
    auto mask = static_cast<std::uint8_t>(0xff << (8 - prefix_bits % 8));
    return ((address[whole] ^ other[whole]) & mask) == 0;
}

bool is_trusted(const std::vector<Network>& trusted, const Address& address) {
    return std::ranges::any_of(trusted, [&](const Network& network) {
        return network.contains(address);
    });
}

std::string_view forwarded_client(
    std::string_view forwarded_for, const std::vector<Network>& trusted, std::string_view peer
) {
    auto client = peer;
    while (!forwarded_for.empty()) {
        auto comma = forwarded_for.rfind(',');
        auto hop = without_port(trimmed(
            comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1)
        ));
        auto address = parse_address(hop);
        if (!address) return client;
        client = hop;
        if (!is_trusted(trusted, *address) || comma == std::string_view::npos) return client;
        forwarded_for = forwarded_for.substr(0, comma);
    }
    return client;
}

bool AddressCounts::take(const Address& address) {
    std::lock_guard lock(mutex_);
    auto& count = counts_[counted(address)];
    if (count >= most_) return false;
    ++count;
    return true;
}

void AddressCounts::give(const Address& address) {
    std::lock_guard lock(mutex_);
    auto found = counts_.find(counted(address));
    if (found != counts_.end() && --found->second == 0) counts_.erase(found);
}

std::size_t AddressCounts::Hash::operator()(const Address& address) const {
    std::uint64_t halves[2];
    std::memcpy(halves, address.data(), sizeof halves);
    return (halves[0] ^ (halves[1] * 0x9e3779b97f4a7c15)) * 0xff51afd7ed558ccd;
}

}  // namespace luster::http
