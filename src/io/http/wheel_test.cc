#include "io/http/wheel.h"

#include <doctest/doctest.h>

using luster::http::Wheel;
using namespace std::chrono_literals;

namespace {

struct Alarm : Wheel::Entry {
    void expire() override { ++rang; }
    int rang = 0;
};

}  // namespace

TEST_CASE("wheel: a deadline passes after its time and at most a second more") {
    Wheel wheel;
    Alarm alarm;
    wheel.arm(alarm, 3s);
    for (int i = 0; i < 3; ++i) wheel.tick();
    CHECK(alarm.rang == 0);
    wheel.tick();
    CHECK(alarm.rang == 1);
    for (int i = 0; i < 300; ++i) wheel.tick();
    CHECK(alarm.rang == 1);
}

TEST_CASE("wheel: deadlines move later, earlier, and further than one turn") {
    Wheel wheel;
    Alarm later, earlier, far;
    wheel.arm(later, 2s);
    wheel.arm(later, 10s);
    wheel.arm(earlier, 100s);
    wheel.arm(earlier, 1s);
    wheel.arm(far, 500s);
    for (int i = 0; i < 10; ++i) wheel.tick();
    CHECK(later.rang == 0);
    CHECK(earlier.rang == 1);
    wheel.tick();
    CHECK(later.rang == 1);
    for (int i = 11; i < 500; ++i) wheel.tick();
    CHECK(far.rang == 0);
    wheel.tick();
    CHECK(far.rang == 1);
}

TEST_CASE("wheel: what dies or is disarmed rings no more") {
    Wheel wheel;
    Alarm stays, disarmed;
    {
        Alarm dies;
        wheel.arm(stays, 1s);
        wheel.arm(dies, 1s);
        wheel.arm(disarmed, 1s);
    }
    wheel.disarm(disarmed);
    for (int i = 0; i < 5; ++i) wheel.tick();
    CHECK(stays.rang == 1);
    CHECK(disarmed.rang == 0);
}
