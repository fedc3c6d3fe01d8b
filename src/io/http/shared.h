// What all loops of one server share. Immutable after start, but for what says otherwise.
#pragma once

#include "io/http/addresses.h"
#include "io/http/lane.h"
#include "io/http/tls.h"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace luster::http {

// One of the connections that may be open at a time; given back when the connection ends.
class Seat {
public:
    explicit Seat(std::atomic<std::size_t>& taken) : taken_(&taken) {}
    Seat(Seat&& other) noexcept : taken_(std::exchange(other.taken_, nullptr)) {}
    ~Seat() {
        if (taken_) taken_->fetch_sub(1);
    }

private:
    std::atomic<std::size_t>* taken_;
};

struct Shared {
    Shared(Config config, Handler& handler);
    ~Shared();

    void start_log();
    void stop_log();  // after the last record was written out
    void wake_log() { log_wake.notify_one(); }

    Config config;
    Handler& handler;
    std::vector<Network> trusted;
    std::unique_ptr<Certificates> certificates;
    std::vector<std::unique_ptr<Lane>> lanes;
    AddressCounts addresses;  // guarded by itself
    std::atomic<std::size_t> connections = 0;
    std::atomic<bool> draining = false;

private:
    void write_log();
    std::mutex log_mutex;
    std::condition_variable log_wake;
    bool log_stops = false;  // guarded by log_mutex
    std::thread log_thread;
};

}  // namespace luster::http
