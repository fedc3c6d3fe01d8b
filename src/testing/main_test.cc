#include <doctest/doctest.h>

TEST_CASE("a test program runs") {
    CHECK(1 + 1 == 2);
}
