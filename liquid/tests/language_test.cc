// The language, sentence by sentence.
#include "support.h"

#include <doctest/doctest.h>

namespace liquid::test {

TEST_CASE("a variable that is not there prints nothing") {
    CHECK(show("[{{ nobody }}{{ nobody.at.all }}]") == "[]");
}

TEST_CASE("conditions are read from the right") {
    CHECK(show("{% if false and false or true %}yes{% else %}no{% endif %}") == "no");
    CHECK(show("{% if true or false and false %}yes{% endif %}") == "yes");
}

TEST_CASE("only nil and false are false") {
    CHECK(
        show("{% if 0 %}0{% endif %}{% if '' %}''{% endif %}{% if nil %}nil{% endif %}") == "0''"
    );
}

TEST_CASE("a text and a number don't compare") {
    CHECK(
        show("{% if 1 > 'a' %}x{% endif %}") ==
        "Liquid error (line 1): comparison of Integer with String failed"
    );
    CHECK(
        show("{% if 'a' < 1 %}x{% endif %}") ==
        "Liquid error (line 1): comparison of String with 1 failed"
    );
}

TEST_CASE("a loop tells where it is") {
    CHECK(
        show("{% for i in (3..5) %}{{ forloop.index }}/{{ forloop.length }}:{{ i }} {% endfor %}"
        ) == "1/3:3 2/3:4 3/3:5 "
    );
    CHECK(
        show("{% for a in (1..2) %}{% for b in (1..2) %}{{ forloop.parentloop.index }}{{ b }} "
             "{% endfor %}{% endfor %}") == "11 12 21 22 "
    );
}

TEST_CASE("offset: continue goes on where the last loop over the same list ended") {
    CHECK(
        show(
            "{% for i in list limit: 2 %}{{ i }}{% endfor %}-{% for i in list limit: 2 offset: "
            "continue %}{{ i }}{% endfor %}-{% for i in list offset: continue %}{{ i }}{% endfor "
            "%}",
            {.data = R"({"list": [1, 2, 3, 4, 5, 6]})"}
        ) == "12-34-56"
    );
}

TEST_CASE("break and continue end a loop and a round") {
    CHECK(
        show("{% for i in (1..5) %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 4 %}{% break "
             "%}{% endif %}{{ i }}{% endfor %}") == "13"
    );
}

TEST_CASE("integers grow beyond the machine's words") {
    CHECK(show("{{ 9223372036854775807 | plus: 1 }}") == "9223372036854775808");
    CHECK(
        show("{{ 99999999999999999999 | times: 99999999999999999999 }}") ==
        "9999999999999999999800000000000000000001"
    );
    CHECK(
        show("{{ 9999999999999999999800000000000000000001 | divided_by: 99999999999999999999 }}") ==
        "99999999999999999999"
    );
    CHECK(show("{{ -9223372036854775808 | divided_by: -1 }}") == "9223372036854775808");
}

TEST_CASE("decimals are exact where binary fractions are not") {
    CHECK(show("{{ 0.1 | plus: 0.2 }}") == "0.3");
    CHECK(show("{{ 19.99 | times: 3 }}") == "59.97");
    CHECK(show("{{ 1.005 | round: 2 }}") == "1.01");
    CHECK(
        show("{{ 10 | divided_by: 4.0 }}|{{ -7 | divided_by: 2 }}|{{ -7 | modulo: 3 }}") ==
        "2.5|-4|2"
    );
}

TEST_CASE("numbers print as Ruby prints them") {
    CHECK(
        show(
            "{{ 1.0 }} {{ 100000000000000000.0 }} {{ 0.00001 | times: 1 }} {{ a }} {{ b }}",
            {.data = R"({"a": 1e20, "b": 123456789.125})"}
        ) == "1.0 1.0e+17 1.0e-05 1.0e+20 123456789.125"
    );
    CHECK(show("{{ 1000000000000000.5 | plus: 1 }}") == "1000000000000001.5");
    CHECK(
        show("{{ 1234567890123456.8 }} {{ 1000000000000000.0 }}") == "1234567890123456.8 1.0e+15"
    );
}

TEST_CASE("hashes and lists print as Ruby prints them") {
    CHECK(
        show(
            "{{ h }} {{ l }} {{ l | join: '-' }}",
            {.data = R"({"h": {"a": [1, null, "x\"y"], "b": {}}, "l": [1, [2, 3], "x"]})"}
        ) == R"({"a"=>[1, nil, "x\"y"], "b"=>{}} 123x 1-2-3-x)"
    );
}

TEST_CASE("texts within hashes are escaped as Ruby escapes them") {
    Given given{.data = R"({"h":{"a":"\u0001\u0000#\u0000#{#x\u001b\u0080\ud83d\ude00"}})"};
    CHECK(show("{{ h }}", given) == R"({"a"=>"\u0001\u0000#\u0000\#{#x\e\u0080😀"})");
}

TEST_CASE("whitespace control takes the blanks on its side") {
    CHECK(show("a  {{- 'b' -}}  c {%- if true -%} d {%- endif -%} e") == "abcde");
}

TEST_CASE("a block of blanks alone prints nothing") {
    CHECK(show("[{% if true %}  {% assign a = 1 %}  {% endif %}]") == "[]");
    CHECK(show("[{% if true %}  x{% endif %}]") == "[  x]");
}

TEST_CASE("case takes every branch that fits, else only if none does") {
    CHECK(show("{% case 2 %}{% when 1, 2 %}a{% when 2 or 3 %}b{% else %}c{% endcase %}") == "ab");
}

TEST_CASE("cycles of the same constants share a place, named ones by name") {
    CHECK(show("{% cycle 'a', 'b' %}{% cycle 'a', 'b' %}{% cycle 'a', 'b' %}") == "aba");
    CHECK(show("{% cycle 1: 'a', 'b' %}{% cycle 2: 'a', 'b' %}{% cycle 1: 'a', 'b' %}") == "aab");
}

TEST_CASE("increment and assign don't meet") {
    CHECK(
        show("{% assign n = 5 %}{% increment n %}{% increment n %}{{ n }}{% decrement m %}") ==
        "015-1"
    );
}

TEST_CASE("render sees only what it is given, include sees all") {
    Given given;
    given.partials = {{"card", "[{{ a }}{{ b }}]"}};
    CHECK(show("{% assign a = 1 %}{% render 'card' %}{% render 'card', b: 2 %}", given) == "[][2]");
    CHECK(show("{% assign a = 1 %}{% include 'card' %}", given) == "[1]");
}

TEST_CASE("render for walks a list with a forloop of its own") {
    Given given{.data = R"({"items": ["x", "y"]})"};
    given.partials = {{"row", "{{ forloop.index }}{{ it }} "}};
    CHECK(show("{% render 'row' for items as it %}", given) == "1x 2y ");
}

TEST_CASE("include is refused within render") {
    Given given;
    given.partials = {{"a", "{% include 'b' %}"}, {"b", "b"}};
    CHECK(
        show("{% render 'a' %}", given) ==
        "Liquid error (a line 1): include usage is not allowed in this context"
    );
}

TEST_CASE("a missing partial is an error in its place") {
    CHECK(
        show("a{% render 'x' %}b") ==
        "aLiquid error (line 1): This liquid context does not allow includes.b"
    );
}

TEST_CASE("self sees the variables by name, also where it was taken along") {
    Given given{.data = R"({"product": "Lamp", "key": "product"})"};
    given.partials = {{"inner", "{% assign v = 2 %}{{ outer.v }}{{ self.v }}"}};
    CHECK(show("{{ self[key] }}", given) == "Lamp");
    CHECK(show("{% assign v = 1 %}{% render 'inner', outer: self %}", given) == "12");
}

TEST_CASE("self is no part of itself unless it was given or assigned") {
    CHECK(
        show("[{{ self.self }}{{ self['self'].a }}]{{ self.a }}", {.data = R"({"a": 1})"}) == "[]1"
    );
    CHECK(show("{{ self.self }}", {.data = R"({"self": {"self": 2}})"}) == "2");
    CHECK(show("{% increment self %}{{ self.self }}") == "0");
    Given strict;
    strict.options.strict_variables = true;
    RenderResult result = rendered(plain_environment(), "{{ self.self }}", strict);
    REQUIRE(result.errors.size() == 1);
    CHECK(result.errors[0].message == "undefined variable self");
}

TEST_CASE("comments and docs keep what they hold to themselves") {
    CHECK(
        show("a{% comment %}{% if %}{% endcomment %}b{% # one\n # two %}c{% doc %}{{ x }}{% enddoc "
             "%}d") == "abcd"
    );
    CHECK(show("{% raw %}{{ a }}{% if %}{% endraw %}") == "{{ a }}{% if %}");
}

TEST_CASE("the liquid tag has a tag a line") {
    CHECK(show("{% liquid\n assign a = 1\n if a == 1\n  echo 'yes'\n endif\n%}") == "yes");
}

TEST_CASE("texts of all scripts are counted and cased by characters") {
    CHECK(
        show("{{ 'straße' | upcase }} {{ 'ÄÖÜ' | downcase }} {{ 'éa' | capitalize }} {{ '日本語' | "
             "size }} {{ '日本語' | slice: 1, 2 }}") == "STRASSE äöü Éa 3 本語"
    );
}

TEST_CASE("sorting puts nil last and refuses a mixture") {
    Given given{.data = R"({"a": [3, null, 1], "m": [1, "b"], "h": [{"p": 2}, {"p": 1}, {}]})"};
    CHECK(show("{{ a | sort | compact | join: ',' }}", given) == "1,3");
    CHECK(
        show("{{ m | sort }}", given) ==
        "Liquid error (line 1): cannot sort values of incompatible types"
    );
    CHECK(show("{{ h | sort: 'p' | map: 'p' | join: ',' }}", given) == "1,2,");
}

TEST_CASE("a sum beyond 64 bits is right, also where a decimal follows") {
    Given given{
        .data = R"({"a": [-9223372036854775808, -3, 7], "b": [9223372036854775807, 5, 0.5]})"
    };
    CHECK(
        show("{{ a | sum }} {{ b | sum }}", given) == "-9223372036854775804 9.223372036854776e+18"
    );
}

TEST_CASE("the size of a number is its bytes, as Ruby counts them") {
    Given given{.data = R"({"i": 1, "a": 18446744073709551615, "b": 18446744073709551616,
                            "c": 1267650600228229401496703205376})"};
    CHECK(show("{{ i.size }} {{ a.size }} {{ b.size }} {{ c.size }}", given) == "8 8 9 13");
    CHECK(show("{{ i | size }} {{ a | size }} {{ b | size }} {{ c | size }}", given) == "8 8 9 13");
}

TEST_CASE("ranges of any size cost nothing until they are walked") {
    CHECK(show("{% for i in (1..1000000000000) limit: 3 %}{{ i }}{% endfor %}") == "123");
    CHECK(
        show("{{ (1..3) }}{% assign r = (1..3) %}{{ r.first }}{{ r.last }}{{ r.size }}") ==
        "1..3133"
    );
}

TEST_CASE("round answers with an integer where no places behind the point are asked for") {
    // Ruby's own answers.
    for (auto [chain, answer] :
         std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {"1234.5678 | round: -2", "1200"},
             {"12.3 | round: '0'", "12"},
             {"12.7 | round: nil", "13"},
             {"'1250.5' | round: -2", "1300"},
             {"1250 | round: -2", "1300"},
             {"-0.3 | round: -1", "0"},
             {"99.9 | round: -3", "0"},
             {"12.5 | round: '1'", "12.5"},
             {"12.55 | round: 1", "12.6"},
             {"12.5 | round: 1.9", "12.5"},
             {"12.5 | round: -0.5", "13"},
             {"12.5 | round: 'x'", "13"},
             {"-1250.5 | round: -2", "-1300"},
             {"-15.5 | round: -1", "-20"},
             {"15.5 | round: -30", "0"},
             {"12345678901234567890.5 | round: -2", "12345678901234567000"},
             {"'abc' | round: -1", "0"},
             {"12.34567 | round: 3", "12.346"},
             {"0.5 | round: false", "1"},
             {"5.5 | round: true", "6"},
         }) {
        CAPTURE(chain);
        CHECK(show("{{ " + std::string(chain) + " }}") == answer);
    }
}

}  // namespace liquid::test
