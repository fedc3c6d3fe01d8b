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

TEST_CASE("an error costs many steps, so that errors can't fill the time") {
    constexpr std::string_view LOOP = "{% for i in (1..50) %}{{ 1 | divided_by: 0 }}{% endfor %}";
    CHECK(with({}, LOOP).counts.steps >= 50 * 100);
}

TEST_CASE("what an error says is kept in part where it is long, and counts as memory") {
    std::string name(100'000, 'a');
    Given given;
    given.mode = Mode::lax;
    given.options.strict_filters = given.options.strict_variables = true;
    given.data = R"({"s":")" + std::string(50'000, 's') + R"(","h":{}})";
    for (const std::string& one : {
             "{% if 1 " + name + " 2 %}{% endif %}",
             "{% if 'a' " + name + " 'b' %}{% endif %}",
             "{{ " + name + " }}",
             "{{ 1 | " + name + " }}",
             std::string("{{ 1 | map: s }}"),
             "{% if h['" + name + "'] %}{% endif %}",
         }) {
        RenderResult result = rendered(plain_environment(), one, given);
        CAPTURE(one.substr(0, 20));
        REQUIRE(result.errors.size() == 1);
        CHECK(result.errors[0].message.size() > 4'000);
        CHECK(result.errors[0].message.size() < 5'000);
        std::string often = "{% for i in (1..400) %}" + one + "{% endfor %}";
        result = rendered(plain_environment(), often, given);
        CHECK(result.counts.memory_bytes > 400 * 4'000);
        given.options.limits.memory_bytes_max = 1'000'000;
        CHECK(rendered(plain_environment(), often, given).output == STOPPED);
        given.options.limits.memory_bytes_max = 0;
        CHECK(rendered(plain_environment(), often, given).errors.size() == 400);
        given.options.limits = {};
    }
}

TEST_CASE("a message of the host is bounded, too") {
    Given given;
    given.options.partials = [](std::string_view name) {
        std::string text(50'000, 'x');
        if (name == "missing") return Partial{nullptr, text, {}};
        ParseError refused;
        refused.message = text;
        return Partial{nullptr, {}, refused};
    };
    RenderResult result =
        rendered(plain_environment(), "{% render 'missing' %}{% render 'broken' %}", given);
    REQUIRE(result.errors.size() == 2);
    for (const RenderError& error : result.errors) CHECK(error.message.size() < 5'000);
}

TEST_CASE("a partial is asked for once, be it found, missing or refused") {
    Given given;
    int asked = 0;
    auto found = parse(plain_environment(), "x");
    given.options.partials = [&](std::string_view name) {
        ++asked;
        if (name == "found") return Partial{*found, {}, {}};
        if (name == "missing") return Partial{nullptr, "Gone", {}};
        return Partial{nullptr, {}, refusal("{% if %}")};
    };
    for (std::string name : {"found", "missing", "broken"}) {
        CAPTURE(name);
        asked = 0;
        std::string output = show("{% render '" + name + "' %}", given);
        CHECK(asked == 1);
        asked = 0;
        CHECK(
            show("{% for i in (1..3) %}{% render '" + name + "' %}{% endfor %}", given) ==
            output + output + output
        );
        CHECK(asked == 1);
    }
}

TEST_CASE("looking for a partial counts by its name and by how many there are") {
    Given given;
    for (int i = 0; i < 128; ++i) given.partials["p" + std::to_string(i)] = "x";
    std::string many =
        "{% for i in (1..127) %}{% assign name = 'p' | append: i %}{% include name %}{% endfor %}";
    constexpr std::string_view USE = "{% for i in (1..100) %}{% render 'p0' %}{% endfor %}";
    std::uint64_t alone = with({}, USE, given).counts.steps;
    std::uint64_t before = with({}, many, given).counts.steps;
    CHECK(with({}, many + std::string(USE), given).counts.steps >= before + alone + 100 * 3);
    std::string long_name(4'000, 'n');
    alone = with({}, "{% for i in (1..9) %}{% include 'n' %}{% endfor %}", given).counts.steps;
    CHECK(
        with({}, "{% for i in (1..9) %}{% include '" + long_name + "' %}{% endfor %}", given)
            .counts.steps >= alone + 9 * 30
    );
}

TEST_CASE("bodies within bodies have a depth of their own, over all partials") {
    Limits limits;
    limits.render_depth_max = 6;
    Given given;
    given.partials = {{"p", "{% if true %}{% if true %}x{% endif %}{% endif %}"}};
    CHECK(
        with(limits, "{% if true %}{% if true %}{% render 'p' %}{% endif %}{% endif %}", given)
            .output == "x"
    );
    CHECK(
        with(
            limits,
            "{% if true %}{% if true %}{% if true %}{% render 'p' %}y{% endif %}{% endif %}{% "
            "endif "
            "%}",
            given
        )
            .output == "Liquid error (p line 1): Nesting too deepy"
    );
}

TEST_CASE("the text form of lists is bounded before it is counted") {
    Given given;
    given.data = R"({"l":[)";
    for (int i = 0; i < 5; ++i) given.data += '"' + std::string(1'000'000, 'x') + "\",";
    given.data += "1]}";
    Limits limits;
    limits.steps_max = 100'000'000;
    limits.filter_bytes_max = limits.memory_bytes_max = limits.scratch_bytes_max = 100'000'000;
    CHECK(with(limits, "{{ l | append: '' | size }}", given).output == STOPPED);
}

TEST_CASE("expressions that only the lax grammar takes are counted") {
    auto parsed_with = [](int count) {
        std::string source;
        for (int i = 0; i < count; ++i) source += "{{a b}}";
        return parse(plain_environment(), source, {.mode = Mode::warn});
    };
    CHECK(parsed_with(8'000));
    auto refused = parsed_with(8'001);
    REQUIRE(!refused);
    CHECK(refused.error().text() == "Liquid error: Memory limits exceeded");
}

TEST_CASE("what ifchanged compares with counts as memory") {
    Given given;
    given.data = R"({"s":")" + std::string(200'000, 's') + R"("})";
    RenderResult result = with({}, "{% ifchanged %}{{ s }}{% endifchanged %}", given);
    CHECK(result.counts.memory_bytes >= 200'000);
    given.partials = {{"p", "{% ifchanged %}{{ s }}{% endifchanged %}"}};
    Limits limits;
    limits.memory_bytes_max = 300'000;
    CHECK(with(limits, "{% for i in (1..9) %}{% render 'p' %}{% endfor %}", given).errors.empty());
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
