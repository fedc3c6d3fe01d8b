// A drop is an object of the host that a template may look into.
//
//     class ProductDrop : public liquid::Drop {
//         liquid::Value property(std::string_view name, liquid::Render& render) override {
//             if (name == "title") return product_.title;                     // borrowed
//             if (name == "url") return render.copy("/products/" + product_.handle);
//             return {};
//         }
//         …
//     };
//
// Nothing is loaded until the template asks. What a drop returns must live until the render ends:
// borrowed from the drop, or made with render.copy, render.arena().make<OtherDrop>(…).
#pragma once
#include "liquid/value.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace liquid {

class Render;

class Drop {
public:
    virtual ~Drop() = default;

    // {{ drop.name }} and {{ drop['name'] }}. nil for what the drop does not have; throw
    // liquid::Error to report an error in place of the output. Anything else that is thrown here,
    // by a filter or by a tag is the error "internal" in its place: it may tell what is not a
    // template's to know.
    virtual Value property(std::string_view name, Render& render) = 0;

    // {{ drop[0] }}: any key that is not a string.
    virtual Value index(const Value& key, Render& render);

    // {{ drop }}.
    virtual std::string_view text(Render& render);

    // Within a printed hash, or a list that a filter turned into text: Ruby shows the name of the
    // drop's class there. What text() says unless overridden.
    virtual std::string_view inspected(Render& render);

    // What the drop stands for in conditions, comparisons and keys: a boolean, number or string.
    // nullopt: the drop itself, which is true.
    virtual std::optional<Value> to_liquid_value(Render& render);

    // What the drop turns into as soon as a template names it; itself unless overridden.
    virtual Value to_liquid(Render& render);

    // {% for item in drop %}: the items from `from` up to before `to`, or nullptr if the drop
    // can't be walked. It may return fewer than asked for.
    virtual const Array* items(Render& render, std::uint64_t from, std::optional<std::uint64_t> to);

    // What arithmetic filters see; nullopt counts as 0.
    virtual std::optional<Value> to_number(Render& render);

    // `==` with another value, after to_liquid_value of both.
    virtual bool equals(const Value& other, Render& render);

    // The `size` filter; nullopt where there is none.
    virtual std::optional<Value> size(Render& render);
};

}  // namespace liquid
