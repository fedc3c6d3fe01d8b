// Decides, from one seed, which pending call goes on next and what becomes of it, and when time
// passes. Nothing moves but by its word: all that can run runs, every answer that was asked for has
// come, then one is chosen.
#pragma once

#include "io/loop/event.h"
#include "io/loop/loops.h"
#include "io/loop/turns.h"

#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace luster::sim {

using Moment = TimerClock::time_point;

// Somebody outside the process who acts at their own times.
class Actor {
public:
    virtual ~Actor() = default;
    virtual std::string name() const = 0;
    // Nothing: waits for an answer, or has all that they wanted.
    virtual std::optional<Moment> next() const = 0;
    virtual void act() = 0;
    virtual void process_died() {}
    virtual bool content() const = 0;
};

class Scheduler final : public turns::Scheduler {
public:
    struct Faults {
        double rate = 0;  // of each turn
        int left = 0;
    };
    // What the ground can tell and do.
    struct World {
        std::function<bool(std::size_t)>
            all_blocked;                       // so many calls wait in PostgreSQL for others
        std::function<void()> kill;            // ends the process and starts another, later
        std::function<std::size_t()> working;  // threads that are at work
    };

    Scheduler(std::uint64_t seed, Faults faults, World world);
    ~Scheduler() override;

    std::uint64_t enter(std::string call) override;
    Task<bool> before(std::uint64_t number) override;
    Task<bool> after(std::uint64_t number) override;
    void leave(std::uint64_t number) override;

    void add(Actor& actor) { actors_.push_back(&actor); }
    // Whose calls are scheduled; none between two lives.
    void loop(boost::asio::io_context* context);
    void no_more_faults() { faults_.left = 0; }
    // One choice and what follows from it, or time passes; false: nothing will ever happen again.
    bool step();

    std::uint64_t pick(std::uint64_t count) { return engine_() % count; }
    TimerClock::duration some_time(TimerClock::duration most);
    Moment now() const { return hold_.now; }
    std::uint64_t steps() const { return steps_; }
    std::uint64_t trace() const { return trace_; }  // of everything that was chosen
    void tell_to(std::function<void(const std::string&)> tell) { tell_ = std::move(tell); }
    void note(const std::string& what);

private:
    enum class Phase { before, made, after };
    struct Call {
        std::string name;
        Phase phase = Phase::before;
        bool waits = false;
        bool good = true;
        Moment not_before;
        Event goes_on;
    };

    Task<bool> wait(std::uint64_t number, Phase phase);
    void settle();
    bool run_ready();
    std::size_t made() const;
    bool time_passes();
    bool look_at_timers();
    void choose(Call& call);
    bool fault(Call& call);
    bool chance(double rate);

    std::mt19937_64 engine_;
    Faults faults_;
    World world_;
    TimerClock::Hold hold_;
    Moment next_timer_;
    boost::asio::io_context* context_ = nullptr;
    std::map<std::uint64_t, Call> calls_;
    std::uint64_t last_number_ = 0;
    std::vector<Actor*> actors_;
    std::uint64_t steps_ = 0;
    std::uint64_t trace_ = 1469598103934665603u;
    std::function<void(const std::string&)> tell_;
};

// While it lives, calls go straight through: what the test itself asks is no part of the run.
class Aside {
public:
    Aside() : scheduler_(std::exchange(turns::scheduler, nullptr)) {}
    ~Aside() { turns::scheduler = scheduler_; }
    Aside(const Aside&) = delete;

private:
    turns::Scheduler* scheduler_;
};

}  // namespace luster::sim
