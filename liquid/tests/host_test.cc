// Filters, tags and drops of the host.
#include "support.h"

#include <doctest/doctest.h>

#include <new>
#include <pthread.h>
#include <stdexcept>
#include <thread>
#include <type_traits>

namespace liquid::test {
// What would turn into a truth, a number or another number on its way into a value.
static_assert(!std::is_constructible_v<Value, const Drop*>);
static_assert(!std::is_constructible_v<Value, const void*>);
static_assert(!std::is_constructible_v<Value, char>);
static_assert(!std::is_constructible_v<Value, char32_t>);
static_assert(!std::is_constructible_v<Value, std::uint64_t>);
static_assert(!std::is_constructible_v<Value, ErrorType>);
static_assert(!std::is_constructible_v<Value, std::string>);  // it would dangle
static_assert(std::is_constructible_v<Value, std::int64_t>);
static_assert(std::is_constructible_v<Value, std::uint32_t>);
static_assert(std::is_constructible_v<Value, float>);
namespace {

class Product final : public Drop {
public:
    explicit Product(std::string title) : title_(std::move(title)) {}
    Value property(std::string_view name, Render& render) override {
        ++asked;
        if (name == "title") return title_;
        if (name == "url") return render.copy("/products/" + title_);
        if (name == "broken") throw Error(ErrorType::standard, "the shop is closed");
        if (name == "failed") throw std::runtime_error("connection to 10.0.0.1 lost");
        if (name == "five") throw 5;
        if (name == "huge") throw std::bad_alloc();
        return {};
    }
    std::string_view text(Render&) override { return "ProductDrop"; }
    int asked = 0;

private:
    std::string title_;
};

class Truth final : public Drop {
public:
    explicit Truth(bool value) : value_(value) {}
    Value property(std::string_view, Render&) override { return {}; }
    std::optional<Value> to_liquid_value(Render&) override { return Value(value_); }

private:
    bool value_;
};

class Numbers final : public Drop {
public:
    Value property(std::string_view, Render&) override { return {}; }
    const Array* items(Render& render, std::uint64_t from, std::optional<std::uint64_t> to)
        override {
        Array* items = render.arena().array();
        for (std::uint64_t i = from; i < to.value_or(5); ++i) {
            items->push(static_cast<std::int64_t>(i));
        }
        return items;
    }
    std::optional<Value> size(Render&) override { return Value(5); }
};

class Shout final : public Tag {
public:
    explicit Shout(const Expression* times) : times_(times) {}
    void render(Render& render, const Body* body) const override {
        std::int64_t times = render.integer(render.evaluate(*times_));
        Value text = render.capture(*body);
        for (std::int64_t i = 0; i < times; ++i) render.write(text.string());
    }

private:
    const Expression* times_;
};

class Failing final : public Tag {
public:
    void render(Render& render, const Body*) const override {
        render.push();
        render.set("hidden", "seen");
        throw std::runtime_error("no");
    }
};

class Style final : public Tag {
public:
    explicit Style(std::string_view text) : text_(text) {}
    void render(Render& render, const Body*) const override {
        render.write("<style>");
        render.write(text_);
        render.write("</style>");
    }

private:
    std::string_view text_;
};

std::string with_drop(Drop& drop, std::string_view source) {
    Arena arena;
    Hash* data = arena.hash();
    data->set("it", Value(&drop));
    auto parsed = parse(plain_environment(), source);
    return render(**parsed, data).output;
}
}  // namespace

TEST_CASE("a drop is asked for what is printed and for nothing else") {
    Product product("lamp");
    CHECK(with_drop(product, "{% if false %}{{ it.url }}{% endif %}{{ it.title }}") == "lamp");
    CHECK(product.asked == 1);
    CHECK(
        with_drop(product, "{{ it.url }} {{ it }} {{ it.nothing }}") ==
        "/products/lamp ProductDrop "
    );
}

TEST_CASE("an error of a drop stands where it happened") {
    Product product("lamp");
    CHECK(
        with_drop(product, "a {{ it.broken }} b") == "a Liquid error (line 1): the shop is closed b"
    );
}

TEST_CASE("what else a drop throws is an internal error in its place, and tells nothing") {
    Product product("lamp");
    for (std::string_view name : {"failed", "five", "huge"}) {
        CAPTURE(name);
        std::string source = "a\n{{ it." + std::string(name) + " }}{% if it." + std::string(name) +
                             " %}c{% endif %} b";
        CHECK(
            with_drop(product, source) ==
            "a\nLiquid error (line 2): internalLiquid error (line 2): internal b"
        );
    }
    CHECK(
        with_drop(
            product,
            "{% for i in (1..2) %}{% capture x %}{{ it.five }}{% endcapture %}{{ i "
            "}}{% endfor %}{{ i }}{{ x }}"
        ) == "12Liquid error (line 1): internal"
    );
}

TEST_CASE("what else filters and tags throw is an internal error as well") {
    Environment environment;
    environment.filter("fails", 0, 0, [](FilterCall&) -> Value { throw std::runtime_error("no"); });
    environment.tag("fail", {TagShape::single, [](TagParser&) -> std::unique_ptr<Tag> {
                                 return std::make_unique<Failing>();
                             }});
    environment.tag("unmakable", {TagShape::single, [](TagParser&) -> std::unique_ptr<Tag> {
                                      throw std::runtime_error("no");
                                  }});
    RenderResult result = rendered(environment, "{{ 1 | fails }}-{% fail %}-{{ hidden }}");
    CHECK(result.output == "Liquid error (line 1): internal-Liquid error (line 1): internal-");
    REQUIRE(result.errors.size() == 2);
    CHECK(result.errors[0].type == ErrorType::internal);
    Given strict;
    strict.options.strict_errors = true;
    result = rendered(environment, "{{ 1 | fails }}b", strict);
    CHECK(result.failed);
    CHECK(result.errors.back().text() == "Liquid error (line 1): internal");
    CHECK(rendered(environment, "\n{% unmakable %}").output == "Liquid error (line 2): internal");
}

TEST_CASE("a tag that its factory doesn't make is refused where it stands") {
    Environment environment;
    environment.tag("nothing", {TagShape::block, [](TagParser&) { return nullptr; }});
    environment.tag("throwing", {TagShape::block, [](TagParser&) -> std::unique_ptr<Tag> {
                                     throw std::runtime_error("no");
                                 }});
    for (std::string name : {"nothing", "throwing"}) {
        CAPTURE(name);
        auto parsed = parse(environment, "a\nb {% " + name + " %}\n{{ c }}\n{% end" + name + " %}");
        REQUIRE(!parsed);
        CHECK(parsed.error().type == ErrorType::internal);
        CHECK(parsed.error().text() == "Liquid error (line 2): internal");
        CHECK(parsed.error().column == 3);
        CHECK(parsed.error().excerpt == "b {% " + name + " %}\n  ^");
    }
}

TEST_CASE("a block that a tag renders again and again is counted, an empty one too") {
    class Repeat final : public Tag {
    public:
        void render(Render& render, const Body* body) const override {
            for (int i = 0; i < 100'000'000; ++i) render.body(*body);
        }
    };
    class Gather final : public Tag {
    public:
        void render(Render& render, const Body* body) const override {
            for (int i = 0; i < 100'000'000; ++i) render.capture(*body);
        }
    };
    Environment environment;
    environment.tag("repeat", {TagShape::block, [](TagParser&) {
                                   return std::unique_ptr<Tag>(new Repeat);
                               }});
    environment.tag("gather", {TagShape::block, [](TagParser&) {
                                   return std::unique_ptr<Tag>(new Gather);
                               }});
    std::string_view stopped = "Liquid error: Memory limits exceeded";
    CHECK(rendered(environment, "{% repeat %}{% endrepeat %}").output == stopped);
    CHECK(rendered(environment, "{% gather %}{% endgather %}").output == stopped);
}

TEST_CASE("a render within a render leaves the workspace of the outer one alone") {
    Environment environment;
    static TemplatePointer inner;
    struct Nested final : Tag {
        void render(Render& render, const Body*) const override {
            render.write(liquid::render(*inner, {}, render.options()).output);
        }
    };
    environment.tag("nested", {TagShape::single, [](TagParser&) {
                                   return std::make_unique<Nested>();
                               }});
    inner = *parse(environment, "{% assign x = 'zz' | append: 'z' %}{{ x }}{{ x.size }}");
    Workspace workspace;
    Given given;
    given.options.workspace = &workspace;
    given.data = R"({"s":")" + std::string(2'000'000, 's') + R"("})";
    for (int round = 0; round < 2; ++round) {
        CHECK(
            rendered(environment, "A{% assign x = 'abc' | upcase %}{% nested %}[{{ x }}]", given)
                .output == "Azzz3[ABC]"
        );
        CHECK(
            rendered(
                environment,
                "{% for i in (1..2) %}{% nested %}{% assign x = s | upcase %}{% nested %}{{ x.size "
                "}} {% endfor %}",
                given
            )
                .output == "zzz3zzz32000000 zzz3zzz32000000 "
        );
    }
    inner = nullptr;
}

TEST_CASE("a thread needs no more stack than render.h says") {
#if defined(__SANITIZE_ADDRESS__)
    constexpr std::size_t STACK_BYTES = 2 * 1024 * 1024;
#elif defined(__has_feature)
    constexpr std::size_t STACK_BYTES =
        __has_feature(address_sanitizer) ? 2 * 1024 * 1024 : 512 * 1024;
#else
    constexpr std::size_t STACK_BYTES = 512 * 1024;
#endif
    struct Deep {
        std::string output;
        static void* run(void* deep) {
            Given given;
            std::string ifs;
            std::string ends;
            for (int i = 0; i < 4; ++i) ifs += "{% if true %}", ends += "{% endif %}";
            given.partials["p"] =
                ifs + "x{% capture y %}{% render 'p' %}{% endcapture %}{{ y }}" + ends;
            std::string blocks;
            for (int i = 0; i < 98; ++i) blocks += "{% case 1 %}{% when 1 %}";
            std::string brackets = "{{ ";
            for (int i = 0; i < 99; ++i) brackets += "self[";
            brackets += "'a'" + std::string(99, ']') + "}}";
            std::string liquids = "{% liquid ";
            for (int i = 1; i < 100; ++i) liquids += "liquid ";
            std::string source = blocks + brackets + liquids + "echo 1 %}{% render 'p' %}";
            for (int i = 0; i < 98; ++i) source += "{% endcase %}";
            static_cast<Deep*>(deep)->output = show(source, given);
            return nullptr;
        }
    } deep;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    pthread_t thread;
    REQUIRE(pthread_create(&thread, &attributes, Deep::run, &deep) == 0);
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
    CAPTURE(deep.output.substr(0, 200));
    CHECK(deep.output.starts_with("1xxxx"));
    CHECK(deep.output.find("Nesting too deep") != std::string::npos);
}

TEST_CASE("what a filter makes in the scratch arena is destroyed when it is given up") {
    struct Counted {
        explicit Counted(int& alive) : alive(alive) { ++alive; }
        ~Counted() { --alive; }
        int& alive;
    };
    int alive = 0;
    Environment environment;
    environment.filter("make", 0, 0, [&](FilterCall& call) {
        call.render.scratch().make<Counted>(alive);
        return call.input;
    });
    environment.filter("alive", 0, 0, [&](FilterCall&) { return Value(alive); });
    CHECK(
        rendered(environment, "{{ 1 | make }}{{ 'x' | append: 'y' }}{{ 1 | alive }}").output ==
        "1xy0"
    );
    CHECK(alive == 0);
}

TEST_CASE("a drop may stand for a value") {
    Truth no(false);
    CHECK(
        with_drop(no, "{% if it %}yes{% else %}no{% endif %}{% if it == false %}!{% endif %}") ==
        "no!"
    );
}

TEST_CASE("a drop has another text within a printed hash than alone and in a list") {
    class Named final : public Drop {
        Value property(std::string_view, Render&) override { return {}; }
        std::string_view text(Render&) override { return "Lamp"; }
        std::string_view inspected(Render&) override { return "ProductDrop"; }
    };
    Named drop;
    Arena arena;
    Array* list = arena.array();
    list->push(&drop);
    Hash* hash = arena.hash();
    hash->set("d", &drop);
    hash->set("l", list);
    Hash* data = arena.hash();
    data->set("list", list);
    data->set("hash", hash);
    auto parsed = parse(plain_environment(), "{{ list }} {{ list | join }} {{ hash }}");
    REQUIRE(parsed);
    CHECK(
        render(*parsed.value(), data).output ==
        R"(Lamp Lamp {"d"=>ProductDrop, "l"=>[ProductDrop]})"
    );
}

TEST_CASE("render for passes a drop that can't be walked as it is") {
    auto shown = [](Drop& drop) {
        Given given;
        given.partials = {{"p", "[{{ p }}{{ forloop.index }}]"}};
        auto partial = parse(plain_environment(), given.partials["p"]);
        auto parsed = parse(plain_environment(), "{% render 'p' for it %}");
        REQUIRE(parsed);
        REQUIRE(partial);
        RenderOptions options;
        options.partials = [&](std::string_view) { return Partial{partial.value(), {}, {}}; };
        Arena arena;
        Hash* data = arena.hash();
        data->set("it", &drop);
        return render(*parsed.value(), data, options).output;
    };
    Product product("Lamp");
    CHECK(shown(product) == "[ProductDrop]");
    Numbers numbers;
    CHECK(shown(numbers) == "[01][12][23][34][45]");
}

TEST_CASE("a range of texts is walked as Ruby walks it") {
    auto shown = [](std::string_view first, std::string_view last, std::string_view source) {
        Arena arena;
        Range range{first, last};
        Hash* data = arena.hash();
        data->set("r", &range);
        auto parsed = parse(plain_environment(), source);
        REQUIRE(parsed);
        return render(*parsed.value(), data).output;
    };
    CHECK(
        shown("1", "3", "{% for i in r %}{{ i }},{% endfor %}{{ r | size }}{{ r.size }}") ==
        "1,2,3,"
    );
    CHECK(shown("1", "3", "{{ r | sum }} {{ r | reverse | join }}") == "6 3 2 1");
    CHECK(shown("08", "11", "{{ r | join }}") == "08 09 10 11");
    CHECK(shown("y", "ab", "{{ r | join }}").empty());
    CHECK(shown("ay", "bb", "{{ r | join }}") == "ay az ba bb");
    CHECK(shown("Zy", "AAb", "{{ r | join }}").empty());
    CHECK(shown("a", "c", "{% if r contains 'b' %}yes{% endif %}") == "yes");
    CHECK(shown("3", "1", "{% for i in r %}{{ i }}{% else %}none{% endfor %}") == "none");
    CHECK(
        shown("1", "999999999999999999", "{% for i in r %}{% endfor %}") ==
        "Liquid error: Memory limits exceeded"
    );
    CHECK(
        shown("a", "zzzzzzzzzzzz", "{{ r | size }}{{ r | first }}{{ r | last }}") == "azzzzzzzzzzzz"
    );
    CHECK(shown("a", "zzzzzzzzzzzz", "{{ r | join }}") == "Liquid error: Memory limits exceeded");
}

TEST_CASE("a drop may be walked, in parts") {
    Numbers numbers;
    CHECK(with_drop(numbers, "{% for i in it %}{{ i }}{% endfor %}") == "01234");
    CHECK(with_drop(numbers, "{% for i in it limit: 2 offset: 1 %}{{ i }}{% endfor %}") == "12");
    CHECK(with_drop(numbers, "{{ it | join: '-' }} {{ it | size }}") == "0-1-2-3-4 5");
}

TEST_CASE("a drop may be the root of all variables") {
    Product product("lamp");
    auto parsed = parse(plain_environment(), "{{ title }}");
    CHECK(render(**parsed, Value(static_cast<Drop*>(&product))).output == "lamp");
}

TEST_CASE("a filter of the host takes arguments and keywords") {
    Environment environment;
    environment.filter(
        "money",
        0,
        1,
        [](FilterCall& call) {
            std::string text = call.keyword("currency").truthy()
                                   ? std::string(call.keyword("currency").string())
                                   : "EUR";
            text += " " + std::to_string(call.render.integer(call.input) / 100);
            return call.render.copy(text);
        },
        true
    );
    CHECK(rendered(environment, "{{ 1999 | money }}").output == "EUR 19");
    CHECK(rendered(environment, "{{ 1999 | money: currency: 'USD' }}").output == "USD 19");
}

TEST_CASE("tags of the host have a block, a verbatim text or neither") {
    Environment environment;
    environment.tag("shout", {TagShape::block, [](TagParser& parser) -> std::unique_ptr<Tag> {
                                  return std::make_unique<Shout>(parser.expression(parser.markup())
                                  );
                              }});
    environment.tag("style", {TagShape::verbatim, [](TagParser& parser) -> std::unique_ptr<Tag> {
                                  return std::make_unique<Style>(parser.verbatim_body());
                              }});
    CHECK(rendered(environment, "{% shout 1 %}x{% endshout %}").output == "x");
    CHECK(
        rendered(environment, "{% assign n = 3 %}{% shout n %}hey{% endshout %}!").output ==
        "heyheyhey!"
    );
    CHECK(
        rendered(environment, "{% style %}a { {{ b }} }{% endstyle %}").output ==
        "<style>a { {{ b }} }</style>"
    );
    CHECK(refusal("{% shout %}").message == "Unknown tag 'shout'");
}

TEST_CASE("a template is shared by threads") {
    auto parsed =
        parse(plain_environment(), "{% for i in (1..100) %}{{ i | times: n }},{% endfor %}");
    std::string outputs[4];
    {
        std::vector<std::jthread> threads;
        for (int n = 0; n < 4; ++n) {
            threads.emplace_back([&, n] {
                for (int round = 0; round < 20; ++round) {
                    Arena arena;
                    Hash* data = arena.hash();
                    data->set("n", n);
                    outputs[n] = render(**parsed, data).output;
                }
            });
        }
    }
    CHECK(outputs[0].starts_with("0,0,0,"));
    CHECK(outputs[3].starts_with("3,6,9,"));
}

TEST_CASE("a value that is read as another kind is an error in its place, never an address") {
    Environment environment;
    environment.filter("careless", 0, 0, [](FilterCall& call) {
        return Value(call.input.integer());
    });
    CHECK(rendered(environment, "{{ 7 | careless }}").output == "7");
    CHECK(
        rendered(environment, "a {{ 'abc' | careless }} b").output ==
        "a Liquid error (line 1): internal (a text read as an integer) b"
    );
    CHECK_THROWS_AS(Value(1.5).string(), Error);
    CHECK_THROWS_AS(Value(true).integer(), Error);
    CHECK(Value::symbol("name").string() == "name");
}

TEST_CASE("a render reads numbers as the reference's own filters do") {
    Environment environment;
    environment.filter("whole", 0, 0, [](FilterCall& call) {
        return Value(call.render.integer(call.input));
    });
    environment.filter("number", 0, 0, [](FilterCall& call) {
        return Value(call.render.number(call.input));
    });
    CHECK(rendered(environment, "{{ ' 12 ' | whole }}").output == "12");
    CHECK(
        rendered(environment, "{{ 99999999999999999999 | whole }}").output == "9223372036854775807"
    );
    CHECK(
        rendered(environment, "{{ '12 pieces' | whole }}").output ==
        "Liquid error (line 1): invalid integer"
    );
    CHECK(rendered(environment, "{{ '1.5' | number }} {{ 2 | number }}").output == "1.5 2.0");
    CHECK(
        rendered(environment, "{{ '12 pieces' | number }} {{ nil | number }}").output == "12.0 0.0"
    );
}

TEST_CASE("data is a static environment: render sees it, assign and increment stand in front of it"
) {
    Given given;
    given.data = R"({"x": 5, "y": 7})";
    given.partials["p"] = "[{{ x }}{{ y }}{{ z }}{% increment y %}{{ y }}]";
    CHECK(show("{% assign y = 1 %}{% assign z = 2 %}{% render 'p' %}{{ y }}", given) == "[5701]1");
    CHECK(show("{% increment x %}{% increment x %}{{ x }}", given) == "012");
}

TEST_CASE("a partial that is missing prints the host's words or the reference's") {
    Given given;
    CHECK(
        show("{% render 'x' %}", given) ==
        "Liquid error (line 1): This liquid context does not allow includes."
    );
    given.options.partials = [](std::string_view) { return Partial{}; };
    CHECK(show("{% render 'x' %}", given) == "Liquid error (line 1): No such template 'x'");
    given.options.partials = [](std::string_view) { return Partial{nullptr, "Gone", {}}; };
    CHECK(show("{% render 'x' %}", given) == "Liquid error (line 1): Gone");
}

}  // namespace liquid::test
