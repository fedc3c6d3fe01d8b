// The smallest client: asks an HTTP/1.1 server for one page and reads the status of its answer.
#pragma once

#include "io/loop/task.h"

#include <chrono>
#include <cstdint>
#include <string>

namespace luster::http {

struct ProbeTarget {
    std::string address;  // of the server, "127.0.0.1"
    std::uint16_t port = 80;
    std::string host{};  // the Host header
    std::string path = "/";
};

// 0: nobody answered in time, or not in HTTP.
Task<int> probe(ProbeTarget target, std::chrono::milliseconds limit);

}  // namespace luster::http
