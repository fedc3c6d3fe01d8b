#include "io/faults.h"

#include <csignal>
#include <cstdlib>
#include <string>

namespace luster::faults {
namespace {

std::string kill_point;
When kill_when = When::before;

void kill_there(std::string_view point, When when) {
    if (point == kill_point && when == kill_when) std::raise(SIGKILL);
}

}  // namespace

std::atomic<Hook> hook = nullptr;

void arm_from_environment() {
    const char* value = std::getenv("LUSTER_KILL_AT");
    if (!value) return;
    std::string_view text(value);
    auto colon = text.rfind(':');
    kill_point = text.substr(0, colon);
    kill_when = colon != std::string_view::npos && text.substr(colon) == ":after" ? When::after
                                                                                  : When::before;
    hook = kill_there;
}

}  // namespace luster::faults
