// Whose turn it is. A process asks nobody; in a simulated run (tests/sim) every call to the world
// outside waits for its turn, before it is made and before its answer is heard, and the scheduler
// also says whether it is lost on the way.
#pragma once

#include "base/result.h"
#include "io/loop/task.h"

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace luster::turns {

class Scheduler {
public:
    virtual ~Scheduler() = default;
    // A call's number, from its announcement until it is over.
    virtual std::uint64_t enter(std::string call) = 0;
    // True: go on. False: the question was lost, or the answer.
    virtual Task<bool> before(std::uint64_t number) = 0;
    virtual Task<bool> after(std::uint64_t number) = 0;
    virtual void leave(std::uint64_t number) = 0;
};

// None in a process.
inline Scheduler* scheduler = nullptr;

// One call's way through its turns; it leaves however the coroutine ends.
class Turn {
public:
    explicit Turn(std::string call) : number_(scheduler->enter(std::move(call))) {}
    Turn(const Turn&) = delete;
    ~Turn() { scheduler->leave(number_); }
    Task<bool> before() { return scheduler->before(number_); }
    Task<bool> after() { return scheduler->after(number_); }

private:
    std::uint64_t number_;
};

// `lose_question` is called before the call is made, which must fail by itself then; `lose_answer`
// after it was made: what it gives or throws is all that the caller hears.
template <class T, class LoseQuestion, class LoseAnswer>
Task<T> take(std::string call, Task<T> work, LoseQuestion lose_question, LoseAnswer lose_answer) {
    Turn turn(std::move(call));
    if (!co_await turn.before()) lose_question();
    std::exception_ptr fault;
    std::optional<T> answer;
    try {
        answer.emplace(co_await std::move(work));
    } catch (const std::exception&) {
        fault = std::current_exception();
    }
    if (!co_await turn.after()) co_return lose_answer();
    if (fault) std::rethrow_exception(fault);
    co_return std::move(*answer);
}

// For the simulated twins of effects: what is lost, before or after, is a fault of the caller's.
template <class T>
Task<T> around(std::string call, Task<T> work) {
    if (!scheduler) co_return co_await std::move(work);
    if constexpr (std::is_void_v<T>) {
        auto made = [](Task<void> work) -> Task<bool> {
            co_await std::move(work);
            co_return true;
        };
        co_await around(call, made(std::move(work)));
    } else {
        auto lost = [call]() -> T { throw Fault(call + ": lost on the way"); };
        co_return co_await take(call, std::move(work), lost, lost);
    }
}

}  // namespace luster::turns
