// Filters and tags that templates may use. Filled once, then shared by all threads.
#pragma once
#include "liquid/error.h"
#include "liquid/value.h"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace liquid {

class Render;
struct Body;
struct Expression;

// One use of a filter: {{ input | name: args…, key: value… }}.
struct FilterCall {
    Render& render;
    Value input;
    std::span<const Value> arguments;
    const Hash* keywords;  // nullptr if there are none

    // The argument at `index`, or `otherwise` where the template gave none.
    Value argument(std::size_t index, Value otherwise = {}) const {
        return index < arguments.size() ? arguments[index] : otherwise;
    }
    Value keyword(std::string_view name) const {
        const Value* found = keywords == nullptr ? nullptr : keywords->find(name);
        return found == nullptr ? Value() : *found;
    }
};

using FilterFunction = std::function<Value(FilterCall&)>;

struct Filter {
    std::string name;
    Value (*function)(FilterCall&) = nullptr;  // the engine's own filters
    FilterFunction host_function;              // those of the host
    std::uint8_t arguments_min = 0;
    std::uint8_t arguments_max = 0;
    bool accepts_keywords = false;
    bool escapes = false;  // the engine's own `escape`, which is written straight into the output
    bool pure = false;     // depends on its arguments alone, so constants are folded when parsing
};

// What a tag of the host sees while a template is parsed.
class TagParser {
public:
    virtual ~TagParser() = default;
    virtual std::string_view name() const = 0;
    virtual std::string_view markup() const = 0;  // what stands behind the name
    virtual std::uint32_t line() const = 0;
    virtual std::string_view verbatim_body() const = 0;  // for tags with a verbatim body
    // Expressions live as long as the template.
    virtual const Expression* expression(std::string_view markup) = 0;
    // The value of a filter chain, as in {% assign x = value | filter: 1 %}.
    virtual const Expression* filtered(std::string_view markup) = 0;
    struct Attribute {
        std::string_view name;
        const Expression* value;
    };
    // `name: value, name: value` wherever they stand in the markup.
    virtual std::vector<Attribute> attributes(std::string_view markup) = 0;
};

// One use of a tag in a template, made when parsing; immutable and shared by threads afterwards.
class Tag {
public:
    virtual ~Tag() = default;
    // Writes with render.write(…); renders its block with render.body(body).
    virtual void render(Render& render, const Body* body) const = 0;
    // A blank tag prints nothing, so that whitespace around it in a block may be dropped.
    virtual bool blank() const { return false; }
};

enum class TagShape : std::uint8_t {
    single,    // {% name … %}
    block,     // {% name … %} liquid {% endname %}
    verbatim,  // {% name %} text as it stands {% endname %}
};

struct TagDefinition {
    TagShape shape = TagShape::single;
    // Refuses the template by throwing an Error; nullptr or what else it throws is "internal".
    std::function<std::unique_ptr<Tag>(TagParser&)> make;
};

class Environment {
public:
    // With all of the language's own tags and filters.
    Environment();
    ~Environment();
    Environment(Environment&&) noexcept;

    // environment.filter("money", 0, 1, [](liquid::FilterCall& call) { … });
    void filter(
        std::string name,
        std::uint8_t arguments_min,
        std::uint8_t arguments_max,
        FilterFunction function,
        bool accepts_keywords = false
    );
    void tag(std::string name, TagDefinition definition);

    const Filter* find_filter(std::string_view name) const;
    const TagDefinition* find_tag(std::string_view name) const;

private:
    friend struct StandardFilters;
    std::unordered_map<std::string_view, std::unique_ptr<Filter>> filters_;
    std::unordered_map<std::string, std::unique_ptr<TagDefinition>> tags_;
};

}  // namespace liquid
