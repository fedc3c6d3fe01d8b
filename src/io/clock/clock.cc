#include "io/clock/clock.h"

#include "io/loop/event.h"
#include "io/loop/loops.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <sys/random.h>
#include <system_error>

namespace luster {

Time SystemClock::now() const {
    auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<Duration>(since).count()};
}

Task<void> SystemClock::sleep_until(Time time) {
    // In pieces of a minute at most, since the system's clock may be set meanwhile.
    while (now() < time) {
        auto left = std::chrono::duration_cast<std::chrono::milliseconds>(time - now());
        co_await sleep(
            std::min(left + std::chrono::milliseconds(1), std::chrono::milliseconds(60'000))
        );
    }
}

SimulatedClock::SimulatedClock(Time start) : now_(start) {}
SimulatedClock::~SimulatedClock() = default;

Task<void> SimulatedClock::sleep_until(Time time) {
    if (time <= now_) co_return;
    auto event = std::make_shared<Event>();
    sleepers_.emplace(time, event);
    co_await event->wait();
}

void SimulatedClock::move_to(Time time) {
    now_ = std::max(now_, time);
    while (!sleepers_.empty() && sleepers_.begin()->first <= now_) {
        sleepers_.begin()->second->notify_all();
        sleepers_.erase(sleepers_.begin());
    }
}

bool SimulatedClock::move_to_next() {
    if (sleepers_.empty()) return false;
    move_to(sleepers_.begin()->first);
    return true;
}

void SystemRandom::fill(std::span<std::byte> bytes) {
    while (!bytes.empty()) {
        auto got = getrandom(bytes.data(), bytes.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw std::system_error(errno, std::generic_category(), "getrandom");
        bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
}

void SeededRandom::fill(std::span<std::byte> bytes) {
    while (!bytes.empty()) {
        std::uint64_t number = engine_();
        auto count = std::min(bytes.size(), sizeof number);
        std::memcpy(bytes.data(), &number, count);
        bytes = bytes.subspan(count);
    }
}

Uuid new_uuid(Time now, Random& random) {
    std::array<std::uint8_t, 10> bits;
    random.fill(std::as_writable_bytes(std::span(bits)));
    return Uuid::v7(now, bits);
}

}  // namespace luster
