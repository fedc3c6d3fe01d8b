// Counts the allocations of whole renders: none of them may be per output.
#include "support.h"
#include "tool/json.h"

#include <doctest/doctest.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> allocations = 0;
std::atomic<std::size_t> largest = 0;                                   // of a single allocation
std::atomic<std::size_t> refused_bytes = static_cast<std::size_t>(-1);  // and what is larger
}  // namespace

void* operator new(std::size_t bytes) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    if (bytes > largest) largest = bytes;
    if (bytes >= refused_bytes) throw std::bad_alloc();
    if (void* memory = std::malloc(bytes == 0 ? 1 : bytes)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace liquid::test {
namespace {
std::size_t count_render(const Template& source, const Value& data, Workspace& workspace) {
    static const auto card = *parse(
        plain_environment(),
        "{% assign t = product.title | upcase %}{% for i in (1..2) %}{{ t }}{{ i }}{% endfor %}"
    );
    RenderOptions options;
    options.workspace = &workspace;
    options.partials = [](std::string_view) { return Partial{card, {}, {}}; };
    render(source, data, options);  // grows what is kept
    render(source, data, options);
    std::size_t before = allocations;
    render(source, data, options);
    return allocations - before;
}

std::size_t count_with(std::string_view source, int items) {
    auto parsed = parse(plain_environment(), source);
    Arena arena;
    Hash* data = arena.hash();
    Array* products = arena.array();
    for (int i = 0; i < items; ++i) {
        Hash* product = arena.hash();
        product->set("title", "A lamp with a fairly long title, longer than any small buffer");
        product->set("price", 1999 + i);
        product->set("weight", 2.5 + i);
        product->set("day", "2021-03-04");
        product->set("moment", "Thu, 4 Mar 2021 05:06:07 +0100");
        product->set("time", arena.make<Time>(Time{1'600'000'000 + i, 0, 0, "UTC", false}));
        products->push(product);
    }
    data->set("products", products);
    Workspace workspace;
    return count_render(**parsed, data, workspace);
}
}  // namespace

TEST_CASE("a render in the steady state allocates nothing per output") {
    constexpr std::string_view SOURCE =
        "{% for product in products %}<li class='{% cycle 'odd', 'even' %}'>{{ product.title | "
        "escape | upcase | truncate: 40 }} {{ product.price | divided_by: 100 | floor }} {{ "
        "forloop.index "
        "}}{% if product.price > 2000 %} sale{% endif %}{% assign x = product.title | append: '!' "
        "%}{% capture y %}{{ x }}{% endcapture %}{{ y | split: ' ' | join: '-' }}</li>{% endfor %}";
    std::size_t few = count_with(SOURCE, 10);
    std::size_t many = count_with(SOURCE, 200);
    CHECK(many == few);
    // The output's own copy, and nothing else.
    CHECK(few <= 2);
}

TEST_CASE("nor does it per price that is computed in decimals") {
    constexpr std::string_view SOURCE =
        "{% for product in products %}{{ product.price | times: 1.19 | divided_by: 100.0 | round: "
        "2 }} "
        "{{ '1234567.8901' | plus: 0.01 | minus: product.price | abs }} "
        "{{ product.price | divided_by: 7.0 }} {{ 2.5 | ceil | at_least: 1.5 }} {{ product.price | "
        "modulo: 3.7 }} "
        "{% if product.price > 1999.5 %}x{% endif %}{{ products | sum: 'price' }}{% endfor %}";
    CHECK(count_with(SOURCE, 40) == count_with(SOURCE, 10));
}

TEST_CASE("nor does any other way to compute and to print") {
    for (std::string_view each : {
             "{{ product.day | date: '%d.%m.%Y' }}",
             "{{ product.moment | date: '%A, %d %B %Y %H:%M:%S %z' }}",
             "{{ product.price | date: '%c %s' }}",
             "{{ product.time }}{{ product.time | date: '%F' }}",
             "{{ product.price | times: 99999999999999999999 | plus: product.price }}",
             "{{ '123456789012345678901234567890' | plus: 1 | append: '' }}",
             "{{ product.weight | floor }}{{ product.weight | ceil }}{{ product.weight | round }}",
             "{{ products | sum: 'price' }}{{ products | map: 'price' | sum }}",
             "{% tablerow i in (1..5) cols: 2 %}{{ i }}{% endtablerow %}",
             "{% for i in ('1'..'3') %}{{ i }}{% endfor %}{{ product.title | slice: '2', '3' }}",
         }) {
        CAPTURE(each);
        std::string source = "{% for product in products %}";
        source += each;
        source += "{% endfor %}";
        CHECK(count_with(source, 40) == count_with(source, 10));
    }
}

TEST_CASE("nor does it per partial that is rendered") {
    constexpr std::string_view SOURCE =
        "{% for product in products %}{% render 'card', product: product %}{% include 'card' %}"
        "{% endfor %}{% render 'card' for products as product %}";
    CHECK(count_with(SOURCE, 200) == count_with(SOURCE, 10));
}

TEST_CASE("what is printed looks at the limit before it takes memory") {
    Given given;
    given.data = R"({"s":")" + std::string(2'000'000, '\'') + R"(","t":")" +
                 std::string(2'000'000, 't') + R"("})";
    std::string lists = "{% assign l = t | split: '#' %}{% ifchanged %}{{ l ";
    for (int i = 0; i < 50; ++i) lists += "| concat: l ";
    for (const std::string& source : {
             lists + "}}{% endifchanged %}",
             std::string("{{ s | escape }}"),
             std::string("{{ t }}{{ t }}{{ t }}"),
             std::string("{% capture x %}{{ t }}{{ t }}{{ t }}{% endcapture %}"),
         }) {
        CAPTURE(source.substr(0, 100));
        Arena arena;
        auto parsed = parse(plain_environment(), source);
        auto data = tool::read_json(given.data, arena);
        largest = 0;
        RenderResult result = render(**parsed, *data);
        CHECK(largest <= Limits{}.output_bytes_max + 64);
        CHECK(result.output == "Liquid error: Memory limits exceeded");
    }
}

TEST_CASE("a list of nodes looks at the limit before it takes memory") {
    std::string source;
    for (int i = 0; i < 800'000; ++i) source += "{%#%}";
    largest = 0;
    auto parsed = parse(plain_environment(), source);
    CHECK(largest <= source.size() + 64);
    REQUIRE(!parsed);
    CHECK(parsed.error().text() == "Liquid error: Memory limits exceeded");
}

TEST_CASE("memory that the machine refuses ends the render as a limit does") {
    std::string source(100'000, 'x');
    auto parsed = parse(plain_environment(), source);
    REQUIRE(parsed);
    RenderResult result;
    {
        struct Refusing {
            Refusing() { refused_bytes = 50'000; }
            ~Refusing() { refused_bytes = static_cast<std::size_t>(-1); }
        } refusing;
        result = render(**parsed, {});
    }
    CHECK(result.output == "Liquid error: Memory limits exceeded");
    CHECK(result.counts.limit_reached);
    CHECK(render(**parsed, {}).output == source);
}

}  // namespace liquid::test
