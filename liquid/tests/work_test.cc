// What takes long is counted as such: a step stands for some 100 ns at most. What a page does all
// day stays cheap.
#include "support.h"

#include <doctest/doctest.h>

namespace liquid::test {
namespace {
std::uint64_t steps(const std::string& source, const std::string& data) {
    return rendered(plain_environment(), source, {.data = data}).counts.steps;
}

std::string many(int count, const std::string& item) {
    std::string list = item;
    for (int i = 1; i < count; ++i) list += "," + item;
    return "[" + list + "]";
}
}  // namespace

TEST_CASE("arithmetic on long numbers counts by their digits") {
    std::string number = R"({"n":)" + std::string(1'000, '9') + "}";
    CHECK(steps("{{ n | minus: n }}", number) > 300);
    CHECK(steps("{{ n | modulo: n }}", number) > 300);
    CHECK(steps("{{ n | times: n | modulo: 7 }}", number) > 400);
    CHECK(steps("{{ n | at_least: n | size }}", number) > 300);
    std::string fraction = R"({"n":"0.)" + std::string(3'000, '3') + R"("})";
    std::uint64_t reading = steps("{{ n | abs }}", fraction);
    CHECK(steps("{{ n | plus: 1 }}", fraction) > reading + 1'000);
    CHECK(steps("{{ n | floor }}", fraction) > 1'900);
    CHECK(steps("{{ 5 | divided_by: n }}", fraction) > 9'000);
    CHECK(steps("{{ 2.5 | round: n }}", fraction) > 1'000);
}

TEST_CASE("the largest and the smallest doubles have as many digits as they are far from one") {
    std::string data = R"({"large":1.7e308,"small":5e-324,"price":12.5})";
    for (const char* filter : {"plus: 0.3", "times: 1.5", "round: 2", "abs", "at_least: 0.3"}) {
        CAPTURE(filter);
        std::string rest = std::string(" | ") + filter + " }}";
        CHECK(steps("{{ large" + rest, data) > 40);
        CHECK(steps("{{ price" + rest, data) < 10);
    }
    CHECK(steps("{{ small | plus: 0.3 }}", data) > 15);
}

TEST_CASE("reading digits counts by their square") {
    CHECK(steps("{{ t | at_most: 1 }}", R"({"t":")" + std::string(6'000, '9') + R"("})") > 3'000);
    CHECK(steps("{{ 'a' | slice: t }}", R"({"t":")" + std::string(4'000, '9') + R"("})") > 1'300);
}

TEST_CASE("sorting counts each time that it goes through the list") {
    std::string numbers = R"({"l":)" + many(1'000, "1") + "}";
    CHECK(steps("{{ l | sort | size }}", numbers) > 10'000);
    std::string hashes = R"({"l":)" + many(1'000, R"({"a":1})") + "}";
    CHECK(steps("{{ l | sort: 'a' | size }}", hashes) > 10'000);
}

TEST_CASE("a sum counts what is no small integer") {
    CHECK(steps("{{ l | sum }}", R"({"l":)" + many(1'000, "\"0.5\"") + "}") > 3'500);
    CHECK(steps("{{ l | sum }}", R"({"l":)" + many(1'000, "7") + "}") < 1'100);
    std::string tail = R"("0.)" + std::string(4'000, '0') + R"(1")";
    std::string small = R"({"l":[)" + tail + "]}";
    std::string mixed = R"({"l":[)" + tail;
    for (int i = 0; i < 20; ++i) mixed += ",0.5";
    CHECK(steps("{{ l | sum }}", mixed + "]}") > steps("{{ l | sum }}", small) + 20'000);
}

TEST_CASE("integers add up beyond 64 bits, too") {
    CHECK(
        show("{{ l | sum }}", {.data = R"({"l":[9223372036854775807,1,2]})"}) ==
        "9223372036854775810"
    );
}

TEST_CASE("each argument of a partial is looked for among those in front of it") {
    Given given;
    given.partials = {{"p", ""}};
    std::string source = "{% include 'p'";
    for (int i = 0; i < 1'000; ++i) source += ", a" + std::to_string(i) + ": 1";
    CHECK(rendered(plain_environment(), source + " %}", given).counts.steps > 7'000);
}

TEST_CASE("a date counts by what has to be looked through and by what is written") {
    std::string data = R"({"machine":"2021-01-02T10:11:12Z","words":"Sat, 2 Jan 2021 10:11:12",
        "long":")" + std::string(100, 'x') +
                       R"(","wide":")";
    for (int i = 0; i < 200; ++i) data += "é";
    data += R"("})";
    CHECK(steps("{{ machine | date: '%Y' }}", data) < 12);
    CHECK(steps("{{ words | date: '%Y' }}", data) > 40);
    CHECK(steps("{{ words | date: '%Y' }}", data) < 80);
    CHECK(steps("{{ long | date: '%Y' }}", data) > 200);
    CHECK(steps("{{ wide | date: '%Y' }}", data) > 6);
    CHECK(
        steps("{{ machine | date: '%c' }}", data) >= steps("{{ machine | date: '%Y' }}", data) + 7
    );
}

}  // namespace liquid::test
