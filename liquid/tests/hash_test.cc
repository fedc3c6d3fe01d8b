// Keys that somebody chose so that they would collide don't.
#include "src/compare.h"
#include "support.h"
#include "tool/json.h"

#include <doctest/doctest.h>

#include <set>

namespace liquid::test {
namespace {
std::string decimal(unsigned __int128 number) {
    std::string digits;
    for (; number != 0; number /= 10) {
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(number % 10)));
    }
    return digits;
}

// Limbs that give the same sum in powers of 31.
std::string number_of_sum(unsigned k) {
    using Wide = unsigned __int128;
    return decimal((Wide(1) << 90) + (1'000 + k) + ((Wide(1) << 31) - 31 * k) * (Wide(1) << 32));
}

std::size_t codes_of(const std::string& json) {
    Arena arena;
    Value list = *tool::read_json(json, arena);
    std::set<std::uint32_t> codes;
    for (const Value& item : list.array()) codes.insert(hash_of(item));
    return codes.size();
}
}  // namespace

TEST_CASE("big integers that were chosen to collide don't, alone or in lists and hashes") {
    std::string alone = "[";
    std::string lists = "[";
    std::string hashes = "[";
    for (unsigned k = 0; k < 2'000; ++k) {
        std::string separator = k == 0 ? "" : ",";
        alone += separator + number_of_sum(k);
        lists += separator + "[" + number_of_sum(k) + ",1]";
        hashes += separator + "{\"a\":" + number_of_sum(k) + "}";
    }
    CHECK(codes_of(alone + "]") > 1'990);
    CHECK(codes_of(lists + "]") > 1'990);
    CHECK(codes_of(hashes + "]") > 1'990);
}

TEST_CASE("equal keys hash alike, whatever they are made of") {
    CHECK(codes_of("[99999999999999999999, 99999999999999999999]") == 1);
    CHECK(codes_of(R"([{"a":1,"b":[2]}, {"b":[2],"a":1}])") == 1);
    CHECK(codes_of("[[1,2], [2,1], [1,2]]") == 2);
}

TEST_CASE("what is too deep to be told apart costs steps instead") {
    auto nested = [](int depth, int count) {
        std::string list = "[";
        for (int i = 0; i < count; ++i) {
            list += i == 0 ? "" : ",";
            for (int at = 0; at < depth; ++at) list += R"({"k":)";
            list += std::to_string(i) + std::string(static_cast<std::size_t>(depth), '}');
        }
        return R"({"l":)" + list + "]}";
    };
    CHECK(show("{{ l | uniq | size }}", {.data = nested(60, 1'000)}) == "1000");
    CHECK(
        show("{{ l | uniq | size }}", {.data = nested(70, 1'000)}) ==
        "Liquid error: Memory limits exceeded"
    );
    CHECK(show("{{ l | uniq | size }}", {.data = nested(70, 80)}) == "80");
}

}  // namespace liquid::test
