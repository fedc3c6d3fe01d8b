#include "io/faults.h"

#include <csignal>
#include <cstdlib>
#include <string>

namespace luster::faults {
namespace {

std::string armed_point;
When armed_when = When::before;
int armed_signal = SIGKILL;

void strike(std::string_view point, When when) {
    if (point != armed_point || when != armed_when) return;
    hook = nullptr;
    std::raise(armed_signal);
}

void arm(std::string_view text, int signal) {
    auto colon = text.rfind(':');
    armed_point = text.substr(0, colon);
    bool after = colon != std::string_view::npos && text.substr(colon) == ":after";
    armed_when = after ? When::after : When::before;
    armed_signal = signal;
    hook = strike;
}

}  // namespace

std::atomic<Hook> hook = nullptr;

void arm_from_environment() {
    if (const char* text = std::getenv("LUSTER_KILL_AT")) arm(text, SIGKILL);
    if (const char* text = std::getenv("LUSTER_STOP_AT")) arm(text, SIGSTOP);
}

}  // namespace luster::faults
