// Asio's timer with our concrete executor.
#pragma once

#include "io/loop/task.h"

#include <boost/asio/basic_waitable_timer.hpp>

#include <chrono>

namespace luster {

using Timer = boost::asio::basic_waitable_timer<
    std::chrono::steady_clock,
    boost::asio::wait_traits<std::chrono::steady_clock>,
    Executor>;

}  // namespace luster
