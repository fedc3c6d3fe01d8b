// Deadlines of one loop, to the second. Setting one further into the future is a store; everything
// else is O(1), so a hit can move its idle deadline without touching a timer.
#pragma once

#include "io/loop/task.h"

#include <array>
#include <chrono>
#include <cstdint>

namespace luster::http {

class Wheel {
public:
    // Something with a deadline. It unlinks itself when it dies.
    class Entry {
    public:
        Entry() = default;
        Entry(const Entry&) = delete;
        ~Entry() { unlink(); }

    protected:
        virtual void expire() = 0;  // may arm again, may not destroy another entry

    private:
        friend class Wheel;
        void unlink();
        Entry* next_ = nullptr;
        Entry** link_ = nullptr;       // what points at this entry; null: not in the wheel
        std::uint64_t deadline_ = 0;   // in ticks
        std::uint64_t looked_at_ = 0;  // the tick whose bucket holds the entry
    };

    // Expires after at least this long and at most a second more.
    void arm(Entry& entry, std::chrono::seconds in);
    void disarm(Entry& entry) { entry.unlink(); }
    void tick();  // once a second

private:
    static constexpr std::size_t buckets = 128;
    void link(Entry& entry, std::uint64_t tick);

    std::array<Entry*, buckets> heads_{};
    std::uint64_t now_ = 0;
};

}  // namespace luster::http
