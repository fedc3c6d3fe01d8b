#include "site/trouble.h"

#include <doctest/doctest.h>

namespace luster::site {

TEST_CASE("site: trouble is told when it begins and when it ends, with a count") {
    Trouble trouble;
    Time now{1'795'516'200'000'000};
    CHECK(trouble.ended() == 0);
    CHECK(trouble.met(now));
    for (int i = 1; i < 300; ++i) CHECK(!trouble.met(now + std::chrono::seconds(i)));
    CHECK(trouble.ended() == 300);
    CHECK(trouble.ended() == 0);
}

TEST_CASE("site: trouble that comes and goes is told once a minute, and all of it is counted") {
    Trouble trouble;
    Time now{1'795'516'200'000'000};
    CHECK(trouble.met(now));
    CHECK(trouble.ended() == 1);
    for (int i = 1; i < 60; ++i) {
        CHECK(!trouble.met(now + std::chrono::seconds(i)));
        CHECK(trouble.ended() == 0);
    }
    CHECK(trouble.met(now + std::chrono::seconds(60)));
    CHECK(trouble.ended() == 60);
}

}  // namespace luster::site
