// The event loops of a process: one thread each, and a request stays on the loop that took it.
// What crosses from one loop to another goes through `on`; CPU-heavy work goes to a WorkPool.
#pragma once

#include "base/result.h"
#include "io/loop/task.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace luster {

class Loops {
public:
    explicit Loops(std::size_t count);
    ~Loops();
    Loops(const Loops&) = delete;
    Loops& operator=(const Loops&) = delete;

    std::size_t size() const { return contexts_.size(); }
    Executor executor(std::size_t index) const;
    // Always the same loop for one key: whatever belongs together lives on one loop.
    std::size_t home(std::uint64_t key) const;
    // The loop that an executor belongs to.
    std::size_t index_of(const Executor& executor) const;

    void run();   // a thread each; returns after stop()
    void stop();  // from any thread, a signal's coroutine included
    // Tests turn the loops of one thread themselves.
    boost::asio::io_context& context(std::size_t index) { return *contexts_[index]; }
    // Ends every coroutine where it is suspended, as the end of a process would; what they use must
    // still be there. Nothing runs on these loops afterwards.
    void abandon();

private:
    class Context : public boost::asio::io_context {
    public:
        Context() : io_context(1) {}
        void abandon() { shutdown(); }
    };
    std::vector<std::unique_ptr<Context>> contexts_;
};

// Starts a coroutine that nobody awaits. It is counted under its name, and a fault that leaves it
// is reported, not lost.
void spawn(Executor executor, std::string_view name, Task<void> task);
// How many spawned coroutines run, by name: for metrics, and for tests that expect none.
std::vector<std::pair<std::string, std::int64_t>> spawned();
// Who hears of faults in spawned coroutines (standard error, until the log is there).
using FaultReport = void (*)(std::string_view task, std::string_view fault);
void report_faults_to(FaultReport report);

Task<void> sleep(std::chrono::milliseconds time);
Task<void> next_turn();  // lets everything run that is ready now

// Runs `task` on another loop and comes back with its value or its exception.
template <class T>
Task<T> on(Executor executor, Task<T> task) {
    if (executor == co_await boost::asio::this_coro::executor) co_return co_await std::move(task);
    co_return co_await boost::asio::co_spawn(
        executor, std::move(task), boost::asio::use_awaitable_t<Executor>()
    );
}

}  // namespace luster
