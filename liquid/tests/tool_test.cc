#include "support.h"
#include "tool/json.h"

#include <doctest/doctest.h>

namespace liquid::tool {
using test::show;
namespace {
std::string again(std::string_view json) {
    Arena arena;
    auto value = read_json(json, arena);
    if (!value) return "no JSON";
    std::string text;
    write_json(*value, text);
    return text;
}
}  // namespace

TEST_CASE("JSON goes in and comes out as it was") {
    for (std::string_view json :
         {R"({"a":[1,-2,3.5,"x",null,true,false],"b":{"c":{}},"d":[]})",
          R"("é世👋")",
          "123456789012345678901234567890",
          "-0.001",
          R"("\"\\")"}) {
        CHECK(again(json) == json);
    }
    CHECK(again(R"( { "a" : [ 1 , 2 ] } )") == R"({"a":[1,2]})");
    CHECK(again(R"("\u00e9\ud83d\udc4b\/\n")") == "\"é👋/\\u000a\"");
}

TEST_CASE("numbers beyond a float's reach are 0 or infinite, each with its sign") {
    std::string zeros(400, '0');
    CHECK(again("1e-400") == "0.0");
    CHECK(again("-1e-400") == "-0.0");
    CHECK(again("0." + zeros + "1") == "0.0");
    CHECK(show("{{ a }} {{ b }}", {.data = R"({"a":1e400,"b":-1E+400})"}) == "Infinity -Infinity");
    CHECK(again("[1e400]") == "[null]");  // which JSON has no word for
    CHECK(again("0") == "0");
    CHECK(again("-0.0") == "-0.0");
    CHECK(again("10E-1") == "1.0");
}

TEST_CASE("an integer of more digits than the engine computes with is refused") {
    CHECK(again(std::string(19'000, '9')).size() == 19'000);
    CHECK(again(std::string(19'001, '9')) == "no JSON");
}

TEST_CASE("half a surrogate pair is U+FFFD and takes nothing with it") {
    CHECK(
        again(R"("\ud83d\u0041")") ==
        "\"\xef\xbf\xbd"
        "A\""
    );
    CHECK(again(R"("\udc4b!")") == "\"\xef\xbf\xbd!\"");
}

TEST_CASE("what is no JSON is refused") {
    for (std::string_view text :
         {"",      "{",   "[1,", "{\"a\"}",  "nul",      "01x",      "\"abc", "[1] 2",
          "{1:2}", "-",   "01",  "-01",      "1.",       "-.5",      ".5",    "1.e5",
          "1e",    "1e+", "+1",  "\"a\tb\"", "\"a\nb\"", "\"\x1f\"", "NaN",   "1.5.2"}) {
        CAPTURE(text);
        CHECK(again(text) == "no JSON");
    }
    CHECK(again(std::string(100'000, '[')) == "no JSON");
}

}  // namespace liquid::tool
