#include "io/http/lane.h"

#include "base/time.h"
#include "io/http/shared.h"

#include <algorithm>
#include <cstring>

namespace luster::http {
namespace {

// Copies `text` behind what is there already, cut to the room left for it.
std::string_view keep(
    std::string_view text, std::size_t most, AccessSlot& slot, std::size_t& used
) {
    auto length = std::min({text.size(), most, slot.texts.size() - used});
    if (length) std::memcpy(slot.texts.data() + used, text.data(), length);
    std::string_view kept(slot.texts.data() + used, length);
    used += length;
    return kept;
}

}  // namespace

std::int64_t monotonic_us() {
    using namespace std::chrono;
    return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
}

std::int64_t unix_us() {
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

bool AccessRing::put(const Access& access, bool& half_full) {
    auto written = written_.load(std::memory_order_relaxed);
    auto waiting = written - read_.load(std::memory_order_acquire);
    if (waiting == slots) return false;
    auto& slot = slots_[written % slots];
    std::size_t used = 0;
    slot.record = access;
    slot.record.id = keep(access.id, 64, slot, used);
    slot.record.method = keep(access.method, 16, slot, used);
    slot.record.client = keep(access.client, 46, slot, used);
    slot.record.host = keep(access.host, 80, slot, used);
    slot.record.target = keep(access.target, 160, slot, used);
    slot.record.agent = keep(access.agent, 120, slot, used);
    written_.store(written + 1, std::memory_order_release);
    half_full = waiting + 1 == slots / 2;
    return true;
}

std::span<const AccessSlot> AccessRing::filled() const {
    auto read = read_.load(std::memory_order_relaxed);
    auto count = written_.load(std::memory_order_acquire) - read;
    auto first = read % slots;
    return {&slots_[first], std::min<std::size_t>(count, slots - first)};
}

void AccessRing::release(std::size_t count) {
    read_.store(read_.load(std::memory_order_relaxed) + count, std::memory_order_release);
}

Lane::Lane(Executor executor, Shared& shared, std::uint64_t seed)
    : executor(executor), shared(shared), id_state_(seed) {
    tick();
}

void Lane::tick() {
    auto line = "date: " + to_http_date({unix_us()}) + "\r\n";
    LUSTER_ASSERT(line.size() == date_.size());
    std::ranges::copy(line, date_.begin());
    wall_offset_us = unix_us() - monotonic_us();
    wheel.tick();
}

// Ids need to differ, not to be secret: a counter, mixed (splitmix64) so that they don't look
// alike.
std::array<char, 16> Lane::next_request_id() {
    auto mixed = id_state_ += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    mixed ^= mixed >> 31;
    std::array<char, 16> id;
    for (auto& c : id) {
        c = "0123456789abcdef"[mixed & 15];
        mixed >>= 4;
    }
    return id;
}

void Lane::log(const Access& access, bool refused) {
    // Anybody can send what is refused with 501 or 505: it must not look as if the server failed.
    if (refused)
        counters.refused_requests.add();
    else
        counters.answers[std::min(access.status / 100, 5)].add();
    counters.bytes_sent.add(access.bytes);
    if (access.hit) {
        counters.hits.add();
    } else {
        auto bound = std::ranges::lower_bound(latency_bounds_us, access.duration_us);
        counters.latency[static_cast<std::size_t>(bound - latency_bounds_us.begin())].add();
        counters.latency_us_sum.add(access.duration_us);
    }
    if (!shared.config.access_log) return;
    bool half_full = false;
    if (!ring.put(access, half_full)) counters.log_records_lost.add();
    if (half_full) shared.wake_log();
}

}  // namespace luster::http
