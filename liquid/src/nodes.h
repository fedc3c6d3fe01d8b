// The compiled template: plain structs in the template's arena, told apart by `kind`.
#pragma once
#include "liquid/environment.h"
#include "liquid/template.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace liquid {

// A name with its hash computed once, when parsing.
struct Name {
    std::string_view text;
    std::uint32_t code = 0;
    Name() = default;
    explicit Name(std::string_view text) : text(text), code(hash_of(text)) {}
    bool operator==(const Name& other) const {
        return code == other.code && same_text(text, other.text);
    }
};

struct FilterUse;

enum class ExpressionKind : std::uint8_t { literal, variable, range, filtered };

struct Expression {
    ExpressionKind kind;
};

struct Literal : Expression {
    Value value;
};

// What `.size`, `.first` and `.last` mean where there is no such key.
enum class Command : std::uint8_t { none, size, first, last };

struct Step {
    const Expression* dynamic;  // [expression], unless it is a constant
    Value key;
    std::uint32_t code;  // of a string key
    Command command;
};

struct Variable : Expression {
    const Expression* dynamic_name;  // [expression].rest
    Name name;
    Step* steps;
    std::uint32_t step_count;
};

struct RangeExpression : Expression {
    const Expression* first;
    const Expression* last;
};

struct FilterUse {
    const Filter* filter;  // nullptr: unknown
    std::string_view name;
    const Expression** arguments;
    const Name* keyword_names;
    const Expression** keyword_values;
    std::uint16_t argument_count;
    std::uint16_t keyword_count;
};

// A value and the filters that it runs through.
struct Filtered : Expression {
    const Expression* value;
    const FilterUse* filters;
    std::uint32_t filter_count;
};

enum class Operator : std::uint8_t {
    none,
    equal,
    not_equal,
    less,
    greater,
    less_or_equal,
    greater_or_equal,
    contains,
    unknown,
};
enum class Relation : std::uint8_t { none, logical_and, logical_or };

struct Condition {
    const Expression* left = nullptr;  // nullptr: else
    const Expression* right = nullptr;
    Operator op = Operator::none;
    Relation relation = Relation::none;
    std::string_view op_text;
    Condition* child = nullptr;
};

enum class NodeKind : std::uint8_t {
    text,
    raw,
    nothing,  // comments: they count in the score
    output,   // {{ }}
    echo,
    assign,
    capture,
    condition,  // if and unless
    case_when,
    for_loop,
    tablerow,
    cycle,
    increment,
    decrement,
    include,
    render,
    ifchanged,
    interrupt_break,
    interrupt_continue,
    host_tag,
};

struct Node {
    NodeKind kind;
    bool blank = false;
    std::uint32_t line = 0;
    std::uint32_t position = 0;  // in the source
};

struct Body {
    Node** nodes = nullptr;
    std::uint32_t count = 0;
    bool blank = true;
};

struct TextNode : Node {
    std::string_view text;
};

struct OutputNode : Node {
    const Filtered* value;
};

struct AssignNode : Node {
    Name target;
    const Filtered* value;
};

struct CaptureNode : Node {
    Name target;
    Body body;
};

struct Branch {
    Condition* condition;
    Body* body;
};

struct ConditionNode : Node {
    bool negated;  // unless
    Branch* branches;
    std::uint32_t branch_count;
};

struct CaseNode : Node {
    Branch* branches;
    std::uint32_t branch_count;
};

struct ForNode : Node {
    Name variable;
    Name loop_name;  // "item-collection": the key for offset:continue
    const Expression* collection;
    const Expression* limit = nullptr;
    const Expression* offset = nullptr;
    bool continues = false;
    bool reversed = false;
    Body body;
    Body* otherwise = nullptr;
};

struct TablerowNode : Node {
    Name variable;
    const Expression* collection;
    const Expression* limit = nullptr;
    const Expression* offset = nullptr;
    const Expression* columns = nullptr;
    bool has_columns = false;
    Body body;
};

struct CycleNode : Node {
    const Expression* name;     // named cycles
    std::string_view text_key;  // unnamed ones: their values as Ruby shows a list of them
    const Expression** values;
    std::uint32_t value_count;
};

struct CounterNode : Node {
    Name variable;
};

struct PartialNode : Node {
    const Expression* template_name;
    const Expression* variable = nullptr;
    std::string_view alias;
    bool is_loop = false;
    const Name* attribute_names = nullptr;
    const Expression** attribute_values = nullptr;
    std::uint32_t attribute_count = 0;
};

struct BlockNode : Node {
    Body body;
};

struct HostNode : Node {
    const Tag* tag;
    Body* body;
};

struct Template::Parts {
    std::string source;
    std::string name;
    Mode mode = Mode::lax;
    bool line_numbers = true;
    Arena arena;
    Body body;
    std::vector<ParseError> warnings;
    std::vector<std::unique_ptr<Tag>> host_tags;
};

}  // namespace liquid
