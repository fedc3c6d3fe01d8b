// Where a process may be killed on purpose. Every effect that must survive a crash says its name
// before and after; the crash tests run it with LUSTER_KILL_AT="database.rename:after" and see what
// becomes of it. Unset, a point costs one relaxed load.
#pragma once

#include "io/loop/task.h"

#include <atomic>
#include <string_view>
#include <type_traits>
#include <utility>

namespace luster::faults {

enum class When { before, after };
using Hook = void (*)(std::string_view point, When when);

// Tests set their own, which may throw: the effect is then one that a kill cut off.
extern std::atomic<Hook> hook;

// What a hook throws in place of a kill. Nobody but the test may catch it.
struct Killed {};

// Takes LUSTER_KILL_AT (SIGKILL) or LUSTER_STOP_AT (SIGSTOP, once) from the environment.
void arm_from_environment();

inline void at(std::string_view point, When when) {
    if (auto armed = hook.load(std::memory_order_relaxed)) [[unlikely]]
        armed(point, when);
}

// co_await faults::around("bucket.create", buckets.create(name));
template <class T>
Task<T> around(std::string_view point, Task<T> effect) {
    at(point, When::before);
    if constexpr (std::is_void_v<T>) {
        co_await std::move(effect);
        at(point, When::after);
    } else {
        T value = co_await std::move(effect);
        at(point, When::after);
        co_return value;
    }
}

}  // namespace luster::faults
