// The search of one text in another, against the plainest one.
#include "src/search.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

namespace liquid::test {

TEST_CASE("a text is found where the plain search finds it, first and last") {
    std::mt19937 random(4711);
    auto made = [&](std::size_t size, unsigned letters) {
        std::string text;
        for (std::size_t i = 0; i < size; ++i) text += static_cast<char>('a' + random() % letters);
        return text;
    };
    Arena scratch;
    for (int round = 0; round < 20'000; ++round) {
        std::string text = made(random() % 300, 1 + random() % 3);
        std::string wanted = made(random() % 12, 1 + random() % 3);
        std::size_t from = random() % 20;
        CAPTURE(text);
        CAPTURE(wanted);
        REQUIRE(find_text(text, wanted, from) == text.find(wanted, from));
        REQUIRE(find_last_text(text, wanted, scratch) == text.rfind(wanted));
    }
}

TEST_CASE("long patterns are found, too") {
    Arena scratch;
    for (std::size_t size : {15, 16, 17, 255, 256, 257, 1000}) {
        CAPTURE(size);
        std::string wanted = std::string(size, 'a') + "b" + std::string(size, 'a');
        std::string text = std::string(5000, 'a') + wanted + std::string(5000, 'a');
        CHECK(find_text(text, wanted) == text.find(wanted));
        CHECK(find_last_text(text, wanted, scratch) == text.rfind(wanted));
        CHECK(find_text(text, wanted + "b") == std::string::npos);
        CHECK(find_last_text(text, "b" + wanted, scratch) == std::string::npos);
    }
}

}  // namespace liquid::test
