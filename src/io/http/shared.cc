#include "io/http/shared.h"

namespace luster::http {
namespace {

constexpr std::chrono::milliseconds log_every{100};
constexpr std::size_t log_batch_max = 256;

bool empty_ring(AccessRing& ring, const std::function<void(std::span<const Access>)>& write) {
    auto filled = ring.filled();
    filled = filled.first(std::min(filled.size(), log_batch_max));
    if (filled.empty()) return false;
    std::vector<Access> records;
    records.reserve(filled.size());
    for (auto& slot : filled) records.push_back(slot.record);
    write(records);
    ring.release(filled.size());
    return true;
}

}  // namespace

Shared::Shared(Config given, Handler& handler)
    : config(std::move(given)),
      handler(handler),
      addresses(config.limits.connections_per_address_max) {
    for (auto& text : config.trusted_proxies) {
        auto network = Network::parse(text);
        if (!network) throw Fault("not a network: " + text);
        trusted.push_back(*network);
    }
    if (config.tls) certificates = std::make_unique<Certificates>(*config.tls, config.trouble_log);
}

Shared::~Shared() {
    stop_log();
}

void Shared::start_log() {
    if (config.access_log) log_thread = std::thread([this] { write_log(); });
}

void Shared::stop_log() {
    if (!log_thread.joinable()) return;
    {
        std::lock_guard lock(log_mutex);
        log_stops = true;
    }
    log_wake.notify_one();
    log_thread.join();
}

void Shared::write_log() {
    for (bool last = false;;) {
        bool wrote = false;
        for (auto& lane : lanes) wrote |= empty_ring(lane->ring, config.access_log);
        if (wrote) continue;
        if (last) return;
        std::unique_lock lock(log_mutex);
        if (!log_stops) log_wake.wait_for(lock, log_every);
        last = log_stops;
    }
}

}  // namespace luster::http
