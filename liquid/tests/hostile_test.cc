// Templates of strangers: each is stopped by counting, within bounded bytes. What it takes in time
// is for the bench to say (liquid_hostile): a clock decides no test.
#include "attack.h"

#include <doctest/doctest.h>

namespace liquid::test {
namespace {
constexpr std::size_t MEMORY_BYTES_MAX = 16 * 1024 * 1024;

void check_counts(const RenderResult& result) {
    const Limits limits;
    // The counter that stops a render may be beyond its limit by what one step adds.
    CHECK(result.counts.filter_bytes <= limits.filter_bytes_max + limits.memory_bytes_max);
    CHECK(result.counts.memory_bytes + result.output.size() <= MEMORY_BYTES_MAX);
    CHECK(result.output.size() <= limits.output_bytes_max);
    CHECK(result.counts.errors <= limits.errors_max + 1);
    if (!result.counts.limit_reached) CHECK(result.counts.steps <= limits.steps_max);
}

void check_outcome(const RenderResult& result, const std::string& expected) {
    std::string kind = expected.substr(0, expected.find(' '));
    std::string rest = expected.substr(std::min(kind.size() + 1, expected.size()));
    std::string shown = result.output.substr(0, 300);
    CAPTURE(shown);
    if (kind == "limit") {
        CHECK(result.counts.limit_reached);
        CHECK(result.output == "Liquid error: Memory limits exceeded");
    } else if (kind == "parse") {
        CHECK(result.failed);
        CHECK(result.output.find(rest) != std::string::npos);
    } else if (kind == "text") {
        CHECK(result.output.find(rest) != std::string::npos);
    } else if (kind == "output_max") {
        CHECK_FALSE(result.failed);
        CHECK(result.output.size() <= std::stoul(rest));
    } else {
        FAIL("no expectation");
    }
}

// Never the same answer twice, and never a true one.
class Liar final : public Drop {
public:
    Value property(std::string_view, Render& render) override {
        switch (++turn_ % 5) {
            case 0:
                return this;
            case 1:
                return turn_;
            case 2:
                return render.copy(std::to_string(turn_));
            case 3:
                return {};
            default:
                throw Error(ErrorType::standard, "not today");
        }
    }
    Value index(const Value&, Render& render) override { return property("", render); }
    std::optional<Value> to_liquid_value(Render&) override { return ++turn_ % 2 == 0; }
    bool equals(const Value&, Render&) override { return ++turn_ % 3 == 0; }
    std::optional<Value> size(Render&) override { return -1; }
    std::optional<Value> to_number(Render&) override { return "abc"; }
    const Array* items(Render& render, std::uint64_t, std::optional<std::uint64_t>) override {
        Array* items = render.arena().array();
        for (int i = 0; i < 50; ++i) items->push(this);
        return items;
    }

private:
    int turn_ = 0;
};
}  // namespace

TEST_CASE("hostile templates are stopped by counting") {
    std::vector<std::filesystem::path> files = attacks();
    REQUIRE(files.size() >= 200);
    for (const auto& file : files) {
        CAPTURE(file.filename().string());
        Attack attack = read_attack(file.string());
        RenderResult result = rendered(plain_environment(), attack.source, attack.given);
        check_counts(result);
        check_outcome(result, attack.expected);
    }
    MESSAGE("hostile templates: ", files.size());
}

TEST_CASE("drops that lie are bounded as well") {
    for (std::string_view source : {
             "{{ it | sort | uniq | join }}",
             "{{ it | sort: 'a' | map: 'b' | join }}",
             "{% for a in it %}{% for b in it %}{% for c in it %}{{ c.x }}{% endfor %}{% endfor "
             "%}{% endfor %}",
             "{{ it | where: 'a', it | size }}",
             "{{ it | sum: 'x' }}",
             "{{ it | plus: it }}",
             "{% if it == it and it contains it or it > it %}x{% endif %}",
             "{{ it.a.b.c.d.e.f.g.h }}",
             "{{ it | sort_natural: 'a' | join }}",
             "{{ it[it][it] }}",
             "{{ it | first }}{{ it | last }}{{ it | size }}",
             "{% tablerow x in it cols: it %}{{ x.y }}{% endtablerow %}",
             "{% case it %}{% when it %}a{% when 1 %}b{% else %}c{% endcase %}",
             "{% cycle it: it, it %}{{ it | default: it }}",
         }) {
        CAPTURE(source);
        Liar liar;
        Arena arena;
        Hash* data = arena.hash();
        data->set("it", Value(&liar));
        auto parsed = parse(plain_environment(), source);
        REQUIRE(parsed);
        check_counts(render(**parsed, data));
    }
}

TEST_CASE("data that holds itself is printed and compared to an end") {
    Arena arena;
    Hash* data = arena.hash();
    data->set("h", Value(data));
    Array* list = arena.array();
    list->push(list);
    data->set("l", Value(list));
    auto parsed = parse(
        plain_environment(),
        "{{ h | size }}{{ h }}{% if h == h %}{% endif %}{{ l }}{{ l | join }}{{ l | uniq | size }}"
        "{% assign x = h %}{{ l | sort }}"
    );
    REQUIRE(parsed);
    RenderResult result = render(**parsed, data);
    check_counts(result);
}

}  // namespace liquid::test
