#include "support.h"
#include "tool/json.h"

#include <doctest/doctest.h>

namespace liquid::tool {
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

TEST_CASE("what is no JSON is refused") {
    for (std::string_view text :
         {"", "{", "[1,", "{\"a\"}", "nul", "01x", "\"abc", "[1] 2", "{1:2}", "-"}) {
        CAPTURE(text);
        CHECK(again(text) == "no JSON");
    }
    CHECK(again(std::string(100'000, '[')) == "no JSON");
}

}  // namespace liquid::tool
