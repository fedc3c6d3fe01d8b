// The only sources of time and chance. `system_clock` and `rand` elsewhere are lint errors, so that
// a simulated run can be replayed from its seed.
#pragma once

#include "base/ids.h"
#include "base/time.h"
#include "io/loop/task.h"

#include <cstddef>
#include <map>
#include <memory>
#include <random>
#include <span>

namespace luster {

class Event;

struct Clock {
    virtual ~Clock() = default;
    virtual Time now() const = 0;
    virtual Task<void> sleep_until(Time time) = 0;
};

class SystemClock final : public Clock {
public:
    Time now() const override;
    Task<void> sleep_until(Time time) override;
};

// Stands still until it is moved; sleepers wake in the order of their times. One loop only.
class SimulatedClock final : public Clock {
public:
    explicit SimulatedClock(Time start);
    ~SimulatedClock() override;
    Time now() const override { return now_; }
    Task<void> sleep_until(Time time) override;

    void move_to(Time time);
    void move_by(Duration by) { move_to(now_ + by); }
    // Jumps to the next sleeper's time; false when nobody sleeps.
    bool move_to_next();

private:
    Time now_;
    std::multimap<Time, std::shared_ptr<Event>> sleepers_;
};

struct Random {
    virtual ~Random() = default;
    virtual void fill(std::span<std::byte> bytes) = 0;
};

class SystemRandom final : public Random {
public:
    void fill(std::span<std::byte> bytes) override;
};

class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
    void fill(std::span<std::byte> bytes) override;

private:
    std::mt19937_64 engine_;
};

Uuid new_uuid(Time now, Random& random);

template <class Tag>
Id<Tag> new_id(Time now, Random& random) {
    return Id<Tag>{new_uuid(now, random)};
}

}  // namespace luster
