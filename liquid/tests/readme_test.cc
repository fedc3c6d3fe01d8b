// The example of the README, compiled and run. A test compares the two texts.
#include "support.h"

#include <doctest/doctest.h>

#include <iostream>
#include <string>

// clang-format off
// README begins
#include <liquid/liquid.h>

// A drop: an object that a template may look into. Nothing is computed until the template asks.
class ProductDrop : public liquid::Drop {
public:
    ProductDrop(std::string title, int cents) : title_(std::move(title)), cents_(cents) {}
    liquid::Value property(std::string_view name, liquid::Render& render) override {
        if (name == "title") return title_;  // borrowed: the drop outlives the render
        if (name == "price") return cents_;
        if (name == "url") return render.copy("/products/" + title_);
        return {};
    }

private:
    std::string title_;
    int cents_;
};

// A tag with a block: {% twice %}…{% endtwice %}.
class Twice : public liquid::Tag {
public:
    void render(liquid::Render& render, const liquid::Body* body) const override {
        render.body(*body);
        render.body(*body);
    }
};

liquid::Environment environment_of_the_example() {
    liquid::Environment environment;
    environment.filter("money", 0, 0, [](liquid::FilterCall& call) {
        // A template hands over what it likes: this reads 1905 and "1905", else says so in the output.
        std::string cents = std::to_string(call.render.integer(call.input));
        std::string sign = cents.starts_with('-') ? "-" : "";
        cents.erase(0, sign.size());
        if (cents.size() < 3) cents.insert(0, 3 - cents.size(), '0');
        return call.render.copy(sign + cents.insert(cents.size() - 2, ".") + " €");
    });
    environment.tag("twice", {liquid::TagShape::block, [](liquid::TagParser&) {
        return std::unique_ptr<liquid::Tag>(new Twice);
    }});
    return environment;
}

std::string example() {
    liquid::Environment environment = environment_of_the_example();
    auto parsed = liquid::parse(
        environment,
        "{% twice %}<a href=\"{{ product.url }}\">{{ product.title | upcase }}</a> {% endtwice %}"
        "{{ product.price | money }}",
        {.mode = liquid::Mode::strict2}
    );
    if (!parsed) return parsed.error().text() + "\n" + parsed.error().excerpt;

    ProductDrop lamp("lamp", 1999);
    liquid::Arena arena;
    liquid::Hash* data = arena.hash();
    data->set("product", &lamp);
    return liquid::render(**parsed, data).output;
}
// README ends
// clang-format on

namespace liquid::test {

TEST_CASE("the example of the README works") {
    CHECK(
        example() ==
        "<a href=\"/products/lamp\">LAMP</a> <a href=\"/products/lamp\">LAMP</a> 19.99 €"
    );
}

TEST_CASE("the filter of the README puts two digits behind the point and refuses what is no number"
) {
    Environment environment = environment_of_the_example();
    auto money = [&](std::string_view value) {
        return rendered(environment, "{{ " + std::string(value) + " | money }}").output;
    };
    CHECK(money("1905") == "19.05 €");
    CHECK(money("'1905'") == "19.05 €");
    CHECK(money("5") == "0.05 €");
    CHECK(money("0") == "0.00 €");
    CHECK(money("-150") == "-1.50 €");
    CHECK(money("-5") == "-0.05 €");
    CHECK(money("'abc'") == "Liquid error (line 1): invalid integer");
    CHECK(money("1.5") == "Liquid error (line 1): invalid integer");
    CHECK(money("nil") == "Liquid error (line 1): invalid integer");
}

TEST_CASE("the example of the README is the one that is compiled") {
    std::string source = read_file(folder("readme_test.cc"));
    std::string readme = read_file(folder("../README.md"));
    std::string begin = "// README begins\n";
    std::size_t from = source.find(begin) + begin.size();
    std::string code = source.substr(from, source.find("// README ends") - from);
    CHECK(readme.find("```cpp\n" + code + "```") != std::string::npos);
}

}  // namespace liquid::test
