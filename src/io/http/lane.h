// What belongs to one event loop of the server: its deadlines, its Date line, its counters, its
// part of the access log. Only that loop writes here; other threads read the counters and empty the
// ring.
#pragma once

#include "io/http/http.h"
#include "io/http/wheel.h"

#include <array>
#include <atomic>
#include <chrono>
#include <memory>

namespace luster::http {

class Connection;
struct Shared;

// Written by one thread, read by any: no locked instruction.
class Counter {
public:
    void add(std::uint64_t by = 1) {
        value_.store(value_.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
    }
    void take(std::uint64_t by = 1) { add(-by); }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_ = 0;
};

enum class Cut : std::uint8_t {
    idle,
    header,
    handshake,
    handler,
    body,
    answer,
    reader
};  // why a deadline ended it
constexpr std::size_t cut_count = 7;
constexpr std::array<std::uint32_t, 11> latency_bounds_us{
    100, 500, 1'000, 5'000, 10'000, 50'000, 100'000, 500'000, 1'000'000, 5'000'000, 30'000'000
};

struct Counters {
    std::array<Counter, 6> answers;  // by the first digit of the status
    Counter refused_requests;        // which no handler saw: not among `answers`
    Counter hits, bytes_sent;
    Counter connections_open, connections_taken, connections_refused, handshakes_failed;
    std::array<Counter, cut_count> cut;
    std::array<Counter, latency_bounds_us.size() + 1> latency;  // of what is not a hit
    Counter latency_us_sum;
    Counter log_records_lost;
};

// One record of the ring; texts one after the other in `texts`.
struct AccessSlot {
    Access record;
    std::array<char, 448> texts;
};

// Single producer (the loop), single consumer (the log's thread).
class AccessRing {
public:
    static constexpr std::size_t slots = 4'096;

    // False when full. `half_full` tells that the consumer should be woken.
    bool put(const Access& access, bool& half_full);
    std::span<const AccessSlot> filled() const;  // up to the end of the array
    void release(std::size_t count);

private:
    std::unique_ptr<AccessSlot[]> slots_ = std::make_unique<AccessSlot[]>(slots);
    std::atomic<std::uint64_t> written_ = 0;
    std::atomic<std::uint64_t> read_ = 0;
};

class Lane {
public:
    Lane(Executor executor, Shared& shared, std::uint64_t seed);

    void tick();  // once a second: Date, deadlines
    std::string_view date_line() const { return {date_.data(), date_.size()}; }  // "date: …\r\n"
    std::array<char, 16> next_request_id();
    void log(const Access& access, bool refused);

    Executor executor;
    Shared& shared;
    Wheel wheel;
    Counters counters;
    AccessRing ring;
    Connection* connections = nullptr;  // those that live here
    bool draining = false;
    std::int64_t wall_offset_us = 0;  // from the monotonic clock to UTC

private:
    std::array<char, 37> date_{};
    std::uint64_t id_state_;
};

std::int64_t monotonic_us();
std::int64_t unix_us();

}  // namespace luster::http
