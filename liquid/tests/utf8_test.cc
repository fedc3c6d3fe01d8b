#include "src/utf8.h"

#include <doctest/doctest.h>

namespace liquid::utf8 {
namespace {
// What differs from its own mapping, folded into one number (FNV-1a over the code points).
struct Digest {
    unsigned count = 0;
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    void add(std::uint32_t value) { hash = (hash ^ value) * 0x100000001b3ULL; }
};

Digest digest(Mapped (*map)(std::uint32_t)) {
    Digest digest;
    for (std::uint32_t point = 0; point < 0x110000; ++point) {
        if (point >= 0xd800 && point <= 0xdfff) continue;
        Mapped mapped = map(point);
        if (mapped.points[0] == point && mapped.points[1] == 0) continue;
        ++digest.count;
        digest.add(point);
        for (std::uint32_t part : mapped.points) digest.add(part);
    }
    return digest;
}
}  // namespace

TEST_CASE("the case of every character is that of the Unicode database") {
    Digest up = digest(upper);
    CHECK(up.count == 1525);
    CHECK(up.hash == 0xf9eae44df29c531cULL);
    Digest down = digest(lower);
    CHECK(down.count == 1433);
    CHECK(down.hash == 0x84794c6caf92763cULL);
    Digest first = digest(title);
    CHECK(first.count == 1452);
    CHECK(first.hash == 0x8268e00605dcaa5eULL);
}

TEST_CASE("bytes that are no text are characters of their own") {
    CHECK(length("a\xff\xc3z") == 4);
    CHECK(length("\xed\xa0\x80") == 3);
    CHECK(length("é世👋") == 3);
    CHECK(!valid("\xc0\x80"));
    CHECK(valid("é世👋"));
    CHECK(offset("é世👋", 2) == 5);
}

}  // namespace liquid::utf8
