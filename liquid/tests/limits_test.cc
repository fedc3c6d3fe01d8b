// Each limit on its own, and that it ends the render with one sentence.
#include "support.h"

#include <doctest/doctest.h>

namespace liquid::test {
namespace {
constexpr std::string_view STOPPED = "Liquid error: Memory limits exceeded";

RenderResult with(Limits limits, std::string_view source, Given given = {}) {
    given.options.limits = limits;
    return rendered(plain_environment(), source, given);
}
}  // namespace

TEST_CASE("steps are counted") {
    Limits limits;
    limits.steps_max = 100;
    CHECK(with(limits, "{% for i in (1..20) %}x{% endfor %}").output.size() == 20);
    RenderResult result = with(limits, "a{% for i in (1..200) %}x{% endfor %}b");
    CHECK(result.output == STOPPED);
    CHECK(result.counts.limit_reached);
    CHECK(result.errors.back().type == ErrorType::memory);
}

TEST_CASE("what walks through bytes is counted in steps, each time") {
    Given given;
    given.data = R"({"s":")" + std::string(6'400, ' ') + R"(","t":")" + std::string(6'400, 'a') +
                 R"(","u":")" + std::string(6'399, 'a') + R"(b"})";
    auto steps = [&](const std::string& source) {
        return rendered(plain_environment(), source, given).counts.steps;
    };
    std::uint64_t least = 6'400 / 256;
    for (const char* source : {
             "{% if s == blank %}{% endif %}",
             "{% case s %}{% when blank %}{% endcase %}",
             "{% ifchanged %}{{ t }}{% endifchanged %}",
             "{% if t contains 'b' %}{% endif %}",
             "{% if t == u %}{% endif %}",
             "{% if t < u %}{% endif %}",
             "{% for i in (1..3) limit: s %}{% endfor %}",
             "{% for i in (s..s) %}{% endfor %}",
             "{% tablerow i in (1..2) cols: s %}{% endtablerow %}",
             "{% cycle t: 1 %}{% cycle u: 1 %}",
             "{{ t | split: 'b' | size }}",
             "{{ t | slice: 3 }}",
             "{{ t | truncate: 3 }}",
             "{{ 'b' | truncate: s }}",
             "{{ s | plus: 1 }}",
             "{{ t.size }}",
             "{{ t.last }}",
         }) {
        CAPTURE(source);
        CHECK(steps(source) >= least);
    }
}

TEST_CASE("many conditions, branches, values and steps of a path count as such") {
    auto steps = [&](const char* head, const char* each, const char* tail) {
        std::string source = head;
        for (int i = 0; i < 200; ++i) source += each;
        return rendered(plain_environment(), source + tail).counts.steps;
    };
    CHECK(steps("{% if false", " or false", " %}{% endif %}") >= 200);
    CHECK(steps("{% if false %}", "{% elsif false %}", "{% endif %}") >= 200);
    CHECK(steps("{% case 1 %}", "{% when 2 %}", "{% endcase %}") >= 200);
    CHECK(steps("{% assign s = 'x' %}{{ s", ".first", " }}") >= 200);
    CHECK(steps("{{ 1", " | unknown", " }}") >= 200);
    CHECK(steps("{{ 1 | unknown: 1", ", 1", " }}") >= 100);
    Given nested;
    for (int i = 0; i < 50; ++i) nested.data = R"({"a":)" + nested.data + "}";
    std::string path = "{{ a";
    for (int i = 1; i < 50; ++i) path += "['a']";
    CHECK(rendered(plain_environment(), path + " }}", nested).counts.steps >= 50);
}

TEST_CASE("hashes and lists are told apart in steps that grow with their size") {
    Given given;
    given.data = R"({"o":[)";
    for (int i = 0; i < 1000; ++i) given.data += R"({"a":1,"b":)" + std::to_string(i) + "},";
    given.data += R"({"a":1,"b":0}]})";
    RenderResult result = rendered(plain_environment(), "{{ o | uniq | size }}", given);
    CHECK(result.output == "1000");
    CHECK(result.counts.steps > 4'000);
    CHECK(result.counts.steps < 20'000);
}

TEST_CASE("liquid tags within each other are as deep as blocks may be, and no block") {
    auto nested = [](int depth) {
        std::string source = "{% liquid ";
        for (int i = 1; i < depth; ++i) source += "liquid ";
        return source + "echo 1 %}";
    };
    CHECK(show(nested(100)) == "1");
    CHECK(show(nested(101)) == "Liquid error: Nesting too deep");
    std::string blocks;
    std::string ends;
    for (int i = 0; i < 100; ++i) blocks += "{% if true %}", ends += "{% endif %}";
    CHECK(show(blocks + "{% liquid echo 2 %}" + ends) == "2");
}

TEST_CASE("an error quotes a long source in part") {
    std::string message = refusal("{{ " + std::string(100'000, '#') + " }}").message;
    CHECK(message.size() < 10'000);
    CHECK(message.ends_with("…}}\""));
}

TEST_CASE("output is counted") {
    Limits limits;
    limits.output_bytes_max = 10;
    CHECK(with(limits, "{{ 'abcdefghij' }}").output == "abcdefghij");
    CHECK(with(limits, "{{ 'abcdefghij' }}k").output == STOPPED);
}

TEST_CASE("what filters make is counted") {
    Limits limits;
    limits.filter_bytes_max = 100;
    CHECK(
        with(limits, "{% assign a = x | upcase %}{{ a }}", {.data = R"({"x":"abc"})"}).output ==
        "ABC"
    );
    CHECK(
        with(
            limits,
            "{% for i in (1..50) %}{% assign a = x | upcase %}{% endfor %}",
            {.data = R"({"x":"abc"})"}
        )
            .output == STOPPED
    );
}

TEST_CASE("what is assigned and captured is counted as the reference does") {
    RenderResult result =
        with({}, "{% assign a = 'four' %}{% capture b %}{{ a }}{{ a }}{% endcapture %}");
    CHECK(result.counts.assigned_bytes == 12);
    Limits limits;
    limits.assigned_bytes_max = 11;
    CHECK(
        with(limits, "{% assign a = 'four' %}{% capture b %}{{ a }}{{ a }}{% endcapture %}")
            .output == STOPPED
    );
}

TEST_CASE("the render score is the reference's: the nodes of each body that is rendered") {
    RenderResult result = with({}, "a{% for i in (1..3) %}{{ i }}b{% endfor %}");
    CHECK(result.counts.render_score == 2 + 3 * 2);
    Limits limits;
    limits.render_score_max = 7;
    CHECK(with(limits, "a{% for i in (1..3) %}{{ i }}b{% endfor %}").output == STOPPED);
}

TEST_CASE("a score limit ends the partial that went beyond it, the sum of all ends the render") {
    Given given;
    given.partials = {{"p", "{% for i in (1..10) %}x{% endfor %}"}};
    Limits limits;
    limits.render_score_max = 5;
    RenderResult result = with(limits, "a{% render 'p' %}b", given);
    CHECK(result.output.starts_with("a"));
    CHECK(result.output.ends_with("b"));
    CHECK(result.errors.size() == 1);
}

TEST_CASE("beyond the sum of all scores a partial ends, and the next one ends what asks for it") {
    Given given;
    given.partials = {{"p", "a{{ x }}b{{ 1 }}c"}, {"q", "<{% render 'p' %}-{% render 'p' %}>"}};
    Limits limits;
    limits.cumulative_render_score_max = 8;
    CHECK(with(limits, "T{% render 'p' %}U", given).output == "Tab1cU");
    CHECK(with(limits, "T{% render 'p' %}U{% render 'p' %}V", given).output == STOPPED);
    CHECK(with(limits, "T{% include 'p' %}U{% include 'p' %}V", given).output == STOPPED);
    CHECK(with(limits, "T{% render 'q' %}V", given).output == "T<-V");
}

TEST_CASE("a score limit of 0 is one") {
    Limits limits;
    limits.render_score_max = 0;
    CHECK(with(limits, "a").output == STOPPED);
    CHECK(with(limits, "").output.empty());
    limits.render_score_max = std::nullopt;
    CHECK(with(limits, "a").output == "a");
    limits.cumulative_render_score_max = 0;
    CHECK(with(limits, "a").output == STOPPED);
}

TEST_CASE("what partials hold counts as memory") {
    Given given;
    for (int i = 0; i < 40; ++i) given.partials["p" + std::to_string(i)] = std::string(10'000, 'x');
    constexpr std::string_view ALL =
        "{% for i in (0..39) %}{% assign name = 'p' | append: i %}{% include name %}{% endfor %}";
    RenderResult whole = with({}, ALL, given);
    CHECK(whole.output.size() == 400'000);
    CHECK(whole.counts.memory_bytes > 400'000);
    Limits limits;
    limits.memory_bytes_max = 300'000;
    CHECK(with(limits, ALL, given).output == STOPPED);
    CHECK(with(limits, "{% for i in (1..39) %}{% render 'p1' %}{% endfor %}", given).errors.empty()
    );
}

TEST_CASE("a small template takes little memory") {
    auto parsed = parse(plain_environment(), "{{ product.title | escape }}");
    REQUIRE(parsed);
    CHECK(parsed.value()->bytes() < 1'500);
}

TEST_CASE("errors are counted") {
    Limits limits;
    limits.errors_max = 3;
    CHECK(
        with(limits, "{% for i in (1..3) %}{{ 1 | divided_by: 0 }}{% endfor %}").errors.size() == 3
    );
    CHECK(
        with(limits, "{% for i in (1..4) %}{{ 1 | divided_by: 0 }}{% endfor %}").output == STOPPED
    );
}

TEST_CASE("the reference's depth of scopes is an error in its place") {
    Given given;
    given.partials = {{"p", "x{% include 'p' %}"}};
    std::string output = show("{% include 'p' %}", given);
    CHECK(output.find("Nesting too deep") != std::string::npos);
    CHECK(output.starts_with("xxxx"));
}

TEST_CASE("a template holds a bounded number of nodes") {
    ParseOptions options;
    options.limits.template_bytes_max = 64 * 1024;
    std::string source;
    for (int i = 0; i < 10'000; ++i) source += "{{ a }}";
    auto parsed = parse(plain_environment(), source, options);
    REQUIRE(!parsed);
    CHECK(parsed.error().text() == "Liquid error: Memory limits exceeded");
}

TEST_CASE("a workspace serves again after a limit was reached in it") {
    Workspace workspace;
    Given given;
    given.options.workspace = &workspace;
    given.options.limits.steps_max = 100;
    CHECK(
        rendered(
            plain_environment(), "{% for i in (1..999) %}{% assign x = i %}{% endfor %}", given
        )
            .output == STOPPED
    );
    CHECK(rendered(plain_environment(), "{{ x }}ok", given).output == "ok");
}

}  // namespace liquid::test
