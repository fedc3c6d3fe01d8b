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

TEST_CASE("an unknown tag is named with its line and column") {
    ParseError error = refusal("a\nb {% nope %}\nc");
    CHECK(error.text() == "Liquid syntax error (line 2): Unknown tag 'nope'");
    CHECK(error.column == 3);
    CHECK(error.excerpt == "b {% nope %}\n  ^");
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
