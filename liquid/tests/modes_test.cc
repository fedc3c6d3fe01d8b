// lax, strict and strict2: what each accepts and how each refuses.
#include "support.h"

#include <doctest/doctest.h>

namespace liquid::test {

TEST_CASE("lax takes what strict refuses") {
    std::string_view source = "{{ a b | upcase }}";
    CHECK(show(source, {.data = R"({"a": "x"})", .mode = Mode::lax}) == "X");
    CHECK(
        refusal(source, Mode::strict).text() ==
        "Liquid syntax error (line 1): Expected end_of_string but found id in \"{{ a b | upcase "
        "}}\""
    );
}

TEST_CASE("strict2 refuses brackets without a variable in front") {
    CHECK(
        refusal("{{ ['a'] }}").message ==
        "Bare bracket access is not allowed. Use self['...'] instead in \"{{ ['a'] }}\""
    );
    CHECK(refusal("{{ ['a'] }}", Mode::strict).message.empty());
}

TEST_CASE("warn takes what lax takes, and keeps what strict2 would say") {
    struct Row {
        const char* source;
        const char* output;
        const char* warning;
    };
    for (const Row& row : {
             Row{"{{ a b | upcase }}",
                 "A",
                 "Expected end_of_string but found id in \"{{ a b | upcase }}\""},
             Row{"{% if x %}\n{% elsif a b %}{% endif %}",
                 "",
                 "Expected end_of_string but found id in \"a b\""},
             Row{"{% assign a.b = 1 %}", "", "Expected end_of_string but found dot in \"a.b = 1\""},
             Row{"{% assign x = a b %}", "", "Expected end_of_string but found id in \"{{a b }}\""},
             Row{"{% capture 'v' %}x{% endcapture %}{{ v }}",
                 "x",
                 "Expected id but found string in \"'v'\""},
             Row{"{% increment a b %}", "0", "Expected end_of_string but found id in \"a b\""},
             Row{"{% for i in (1..2) limit:1 offset %}{{ i }}{% endfor %}",
                 "1",
                 "Expected colon but found end_of_string in \"i in (1..2) limit:1 offset\""},
             Row{"{% for i in (1..2) reversed foo %}{{ i }}{% endfor %}",
                 "21",
                 "Invalid attribute in for loop. Valid attributes are limit and offset in \"i in "
                 "(1..2) reversed foo\""},
             Row{"{% case a b %}{% when 1 %}x{% endcase %}",
                 "",
                 "Expected end_of_string but found id in \"a b\""},
             Row{"{% cycle 'n': 1 2 %}",
                 "1",
                 "Expected end_of_string but found number in \"'n': 1 2\""},
             Row{"{{ ['a'] }}", "A", nullptr},
         }) {
        CAPTURE(row.source);
        auto parsed = parse(plain_environment(), row.source, {.mode = Mode::warn});
        REQUIRE(parsed);
        const auto& warnings = parsed.value()->warnings();
        REQUIRE(warnings.size() == (row.warning == nullptr ? 0 : 1));
        if (row.warning != nullptr) {
            CHECK(
                warnings[0].text() == "Liquid syntax error (line 1): " + std::string(row.warning)
            );
        }
        CHECK(show(row.source, {.data = R"({"a": "A"})", .mode = Mode::warn}) == row.output);
        auto lax = parse(plain_environment(), row.source);
        REQUIRE(lax);
        CHECK(lax.value()->warnings().empty());
    }
}

TEST_CASE("strict2 wants a name where assign, capture and counters set one") {
    CHECK(
        refusal("{% increment foo bar %}").message ==
        "Expected end_of_string but found id in \"foo bar\""
    );
    CHECK(refusal("{% decrement %}").message == "Expected id but found end_of_string in \"\"");
    CHECK(refusal("{% assign 5 = 'b' %}").message == "Expected id but found number in \"5 = 'b'\"");
    CHECK(
        refusal("{% capture 'v' %}{% endcapture %}").message ==
        "Expected id but found string in \"'v'\""
    );
    CHECK(show("{% increment foo bar %}", {.mode = Mode::strict}) == "0");
}

TEST_CASE("an error within assign is told with the whole tag") {
    CHECK(
        refusal("{% assign foo = ('X' | downcase) %}", Mode::strict).message ==
        "Expected dotdot but found pipe in \"foo = ('X' | downcase)\""
    );
    CHECK(
        refusal("{% assign foo not values %}", Mode::strict).message ==
        "Syntax Error in 'assign' - Valid syntax: assign [var] = [source] in \"foo not values\""
    );
}

TEST_CASE("a condition behind elsif is told with the line of its if") {
    CHECK(refusal("{% if a %}\nx\n{% elsif b c %}\n{% endif %}").line == 1);
}

TEST_CASE("a brace that closes nothing ends a variable too early") {
    CHECK(
        refusal("{{ '}' }}", Mode::lax).message ==
        "Variable '{{ '}' was not properly terminated with regexp: /\\}\\}/"
    );
}

TEST_CASE("an unknown tag is named with its line and column") {
    ParseError error = refusal("a\nb {% nope %}\nc");
    CHECK(error.text() == "Liquid syntax error (line 2): Unknown tag 'nope'");
    CHECK(error.column == 3);
    CHECK(error.excerpt == "b {% nope %}\n  ^");
}

TEST_CASE("an error of a render leads to its place in the template of its name") {
    auto parsed = parse(
        plain_environment(), "a\n\tb {{ 1 | divided_by: 0 }}\n{% liquid\n  echo 'x' | date: '%'\n%}"
    );
    REQUIRE(parsed);
    RenderResult result = render(**parsed, Value());
    REQUIRE(result.errors.size() >= 1);
    REQUIRE(result.errors[0].position);
    Template::Place place = parsed.value()->place(*result.errors[0].position);
    CHECK(place.line == 2);
    CHECK(place.column == 4);
    CHECK(place.excerpt == "\tb {{ 1 | divided_by: 0 }}\n\t  ^");
}

TEST_CASE("a partial's errors have places in the partial, a refused partial's have none") {
    Given given;
    given.partials = {{"p", "p\n  {{ 1 | modulo: 0 }}"}, {"broken", "{% if %}"}};
    RenderResult result = rendered(
        plain_environment(), "{% render 'p' %}{% render 'broken' %}{{ 1 | modulo: 0 }}", given
    );
    REQUIRE(result.errors.size() == 3);
    CHECK(result.errors[0].template_name == "p");
    CHECK(result.errors[0].position == 4);
    CHECK(!result.errors[1].position);
    CHECK(result.errors[2].template_name.empty());
    CHECK(result.errors[2].position == 37);
}

TEST_CASE("blocks say what is missing") {
    CHECK(refusal("{% if true %}").message == "'if' tag was never closed");
    CHECK(
        refusal("{% if true %}{% endfor %}").message ==
        "'endfor' is not a valid delimiter for if tags. use endif"
    );
    CHECK(refusal("{% else %}").message == "Unexpected outer 'else' tag");
    CHECK(
        refusal("{% capture a %}{% else %}{% endcapture %}").message ==
        "capture tag does not expect 'else' tag"
    );
    CHECK(refusal("{% endif %}").message == "Unknown tag 'endif'");
}

TEST_CASE("tags and variables say that they are not closed") {
    CHECK(
        refusal("{% if true").message ==
        "Tag '{%' was not properly terminated with regexp: /\\%\\}/"
    );
    CHECK(
        refusal("{{ a").message == "Variable '{{' was not properly terminated with regexp: /\\}\\}/"
    );
}

TEST_CASE("an unknown character is shown") {
    CHECK(refusal("{{ a & b }}").message == "Unexpected character & in \"{{ a & b }}\"");
}

TEST_CASE("an unknown filter passes the value on, or is an error if the host wants") {
    CHECK(show("{{ 'a' | nope }}") == "a");
    Given given;
    given.options.strict_filters = true;
    given.options.strict_errors = true;
    RenderResult result = rendered(plain_environment(), "{{ 'a' | nope }}", given);
    CHECK(result.failed);
    CHECK(result.errors.back().message == "undefined filter nope");
}

TEST_CASE("strict variables are an error where they are missing") {
    Given given;
    given.options.strict_variables = true;
    RenderResult result = rendered(plain_environment(), "a{{ nope }}b", given);
    CHECK(result.output == "ab");
    CHECK(result.errors.front().message == "undefined variable nope");
}

TEST_CASE("partials: an include needs no variable of its name, a render is strict about nothing") {
    Given given;
    given.partials = {{"p", "[{{ nope }}]"}, {"f", "[{{ 1 | nope }}]"}};
    given.options.strict_variables = true;
    given.options.strict_filters = true;
    RenderResult result = rendered(plain_environment(), "{% include 'p' %}", given);
    CHECK(result.output == "[]");
    REQUIRE(result.errors.size() == 1);
    CHECK(result.errors[0].message == "undefined variable nope");
    result = rendered(plain_environment(), "{% render 'p' %}{% render 'f' %}{{ 1 | nope }}", given);
    CHECK(result.output == "[][1]");
    REQUIRE(result.errors.size() == 1);
    CHECK(result.errors[0].message == "undefined filter nope");
}

TEST_CASE("strict errors end a render, others go on behind the error") {
    std::string_view source = "a{{ 1 | divided_by: 0 }}b";
    CHECK(show(source) == "aLiquid error (line 1): divided by 0b");
    Given given;
    given.options.strict_errors = true;
    RenderResult result = rendered(plain_environment(), source, given);
    CHECK(result.failed);
    CHECK(result.errors.front().text() == "Liquid error (line 1): divided by 0");
}

TEST_CASE("filters say how many arguments they want") {
    CHECK(
        show("{{ 'a' | append }}") ==
        "Liquid error (line 1): wrong number of arguments (given 1, expected 2)"
    );
    CHECK(
        show("{{ 'a' | truncate: 1, 2, 3 }}") ==
        "Liquid error (line 1): wrong number of arguments (given 4, expected 1..3)"
    );
}

TEST_CASE("a source beyond the limit is refused before it is parsed") {
    ParseOptions options;
    options.limits.source_bytes_max = 10;
    auto parsed = parse(plain_environment(), "01234567890", options);
    REQUIRE(!parsed);
    CHECK(parsed.error().message == "Template is larger than 10 bytes");
}

TEST_CASE("bytes that are no text are refused") {
    CHECK(refusal("a\xff").message == "Invalid template encoding");
}

TEST_CASE("a cycle passes over nil, except in strict2") {
    std::string_view source =
        "{% cycle 'a', nil, 'b' %}{% cycle 'a', nil, 'b' %}{% cycle 'a', 'b' %}";
    CHECK(show(source, {.mode = Mode::lax}) == "aba");
    CHECK(show(source, {.mode = Mode::strict}) == "aba");
    CHECK(show(source, {.mode = Mode::strict2}) == "aa");
    CHECK(show("{% cycle n: nil, 'x' %}|{% cycle nil %}|", {.mode = Mode::lax}) == "x||");
    // What is nil only when it is rendered has its turn.
    CHECK(
        show("{% for i in (1..3) %}{% cycle 'a', n, 'b' %},{% endfor %}", {.mode = Mode::lax}) ==
        "a,,b,"
    );
}

TEST_CASE("the caret stands below its tag behind tabs and wide letters, too") {
    CHECK(refusal("\t\tä {% nope %}").excerpt == "\t\tä {% nope %}\n\t\t  ^");
    CHECK(refusal("{% nope %}\r\nb").excerpt == "{% nope %}\n^");
}

TEST_CASE("a block that is never closed says where it was opened") {
    ParseError error = refusal("a\n {% if x %}\n{% else %}{% for i in x %}{% endfor %}\n\n");
    CHECK(error.text() == "Liquid syntax error (line 5): 'if' tag was never closed");
    CHECK(error.excerpt == " {% if x %}\n ^ opened on line 2");
    CHECK(error.column == 2);
    for (const char* tag : {"raw", "comment", "doc", "capture x", "unless x"}) {
        CAPTURE(tag);
        std::string source = "a\n{% " + std::string(tag) + " %}\nb\n";
        CHECK(refusal(source).excerpt == "{% " + std::string(tag) + " %}\n^ opened on line 2");
    }
    CHECK(refusal("{% if x %}{% nope %}").excerpt.find("opened") == std::string::npos);
}

}  // namespace liquid::test
