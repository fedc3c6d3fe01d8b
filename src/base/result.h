// Refusals travel as values, faults as exceptions, bugs end the process.
#pragma once

#include "base/problem.h"

#include <expected>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace luster {

template <class T>
using Result = std::expected<T, Problem>;

// The world failed (database away, disk full): caught once at the edge of a request, job or step.
class Fault : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

namespace detail {
template <class T>
T take(Result<T>&& result) {
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);
}  // namespace detail

inline std::unexpected<Problem> refuse(Problem problem) {
    return std::unexpected<Problem>(std::move(problem));
}

}  // namespace luster

// The value of a Result, or the end of this function with its problem. CO_TRY is for coroutines.
#define TRY(...)                                                                       \
    ({                                                                                 \
        auto luster_result = (__VA_ARGS__);                                            \
        if (!luster_result) return ::luster::refuse(std::move(luster_result.error())); \
        ::luster::detail::take(std::move(luster_result));                              \
    })
#define CO_TRY(...)                                                                       \
    ({                                                                                    \
        auto luster_result = (__VA_ARGS__);                                               \
        if (!luster_result) co_return ::luster::refuse(std::move(luster_result.error())); \
        ::luster::detail::take(std::move(luster_result));                                 \
    })
// A bug, not bad input: on in every build.
#define LUSTER_ASSERT(condition) \
    ((condition) ? void() : ::luster::detail::assertion_failed(#condition, __FILE__, __LINE__))
