#include "lax.h"
#include "messages.h"
#include "parser.h"

namespace liquid {
namespace {
Operator operator_of(std::string_view text) {
    if (text.empty()) return Operator::none;
    if (text == "==") return Operator::equal;
    if (text == "!=" || text == "<>") return Operator::not_equal;
    if (text == "<") return Operator::less;
    if (text == ">") return Operator::greater;
    if (text == "<=") return Operator::less_or_equal;
    if (text == ">=") return Operator::greater_or_equal;
    if (text == "contains") return Operator::contains;
    return Operator::unknown;
}
}  // namespace

Node* TemplateParser::parse_if(
    std::string_view name, std::string_view markup, Tokenizer& tokenizer
) {
    auto* node = make_node<ConditionNode>(NodeKind::condition);
    node->negated = name == "unless";
    Block block{name, true};
    std::uint32_t opened = line_;
    std::vector<Branch> branches{{condition(markup, opened), make<Body>()}};
    std::vector<Nodes> bodies(1);
    while (auto ending = parse_block(tokenizer, block, bodies.back())) {
        if (ending->name == "elsif") {
            // The reference says the line of the `if`.
            branches.push_back({condition(ending->markup, opened), make<Body>()});
        } else if (ending->name == "else") {
            branches.push_back({make<Condition>(), make<Body>()});
        } else {
            refuse_in_block(block, ending->name);
        }
        bodies.emplace_back();
    }
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        *branches[i].body = freeze(bodies[i], block.blank);
    }
    node->branches = copied(branches);
    node->branch_count = static_cast<std::uint32_t>(branches.size());
    node->blank = block.blank;
    return node;
}

Condition* TemplateParser::condition(std::string_view markup, std::uint32_t line) {
    Condition* made = nullptr;
    by_mode(
        made,
        markup,
        [&] {
            TokenParser parser = tokens(markup);
            made = strict_condition(parser);
        },
        [&] { made = lax_condition(markup); },
        line
    );
    return made;
}

Condition* TemplateParser::strict_condition(TokenParser& parser) {
    auto comparison = [&] {
        auto* made = make<Condition>();
        made->left = condition_operand(parser.expression());
        if (parser.look(TokenType::comparison)) {
            made->op_text = parser.consume();
            made->op = operator_of(made->op_text);
            made->right = condition_operand(parser.expression());
        }
        return made;
    };
    Condition* first = comparison();
    Condition* last = first;
    while (true) {
        Relation relation = parser.id_if("and")  ? Relation::logical_and
                            : parser.id_if("or") ? Relation::logical_or
                                                 : Relation::none;
        if (relation == Relation::none) break;
        last->child = comparison();
        last->relation = relation;
        last = last->child;
    }
    parser.consume(TokenType::end_of_string);
    return first;
}

Condition* TemplateParser::lax_comparison(std::string_view markup) {
    lax::Comparison parts;
    if (!lax::comparison(markup, parts)) refuse(messages::IF);
    auto* made = make<Condition>();
    made->left = condition_operand(parts.left);
    made->op_text = parts.op;
    made->op = operator_of(parts.op);
    made->right = parts.has_right ? condition_operand(parts.right) : literal({});
    return made;
}

// From the right, as the reference does: `a and b or c` is `a and (b or c)`.
Condition* TemplateParser::lax_condition(std::string_view markup) {
    std::vector<std::string_view> parts = lax::conditions(markup);
    if (parts.empty()) refuse(messages::IF);
    Condition* condition = lax_comparison(parts.back());
    parts.pop_back();
    while (!parts.empty()) {
        std::string_view word = utf8::strip(parts.back());
        parts.pop_back();
        if (parts.empty()) refuse(messages::IF);
        Condition* left = lax_comparison(parts.back());
        parts.pop_back();
        if (word != "and" && word != "or") refuse(messages::IF);
        left->relation = word == "and" ? Relation::logical_and : Relation::logical_or;
        left->child = condition;
        condition = left;
    }
    return condition;
}

Node* TemplateParser::parse_case(std::string_view markup, Tokenizer& tokenizer) {
    auto* node = make_node<CaseNode>(NodeKind::case_when);
    const Expression* left = nullptr;
    auto lax_left = [&] {
        std::size_t start = 0;
        std::size_t end = 0;
        if (!lax::find_fragment(markup, 0, start, end)) refuse(messages::CASE);
        left = expression(markup.substr(start, end - start));
    };
    auto strict_left = [&] {
        if (!strict2()) return lax_left();
        TokenParser parser = tokens(markup);
        left = expression(parser.expression());
        parser.consume(TokenType::end_of_string);
    };
    by_mode(left, markup, strict_left, lax_left);

    Block block{"case", true};
    std::vector<Branch> branches;
    std::vector<Nodes> bodies(1);  // the first, in front of any `when`, is thrown away
    std::vector<Body*> targets{make<Body>()};
    while (auto ending = parse_block(tokenizer, block, bodies.back())) {
        if (ending->name == "when") {
            targets.push_back(make<Body>());
            add_when(left, ending->markup, branches, targets.back());
        } else if (ending->name == "else") {
            if (!utf8::strip(ending->markup).empty()) refuse(messages::CASE_INVALID_ELSE);
            targets.push_back(make<Body>());
            branches.push_back({make<Condition>(), targets.back()});
        } else {
            refuse_in_block(block, ending->name);
        }
        bodies.emplace_back();
    }
    for (std::size_t i = 0; i < bodies.size(); ++i) *targets[i] = freeze(bodies[i], block.blank);
    node->branches = copied(branches);
    node->branch_count = static_cast<std::uint32_t>(branches.size());
    node->blank = block.blank;
    return node;
}

void TemplateParser::add_when(
    const Expression* left, std::string_view markup, std::vector<Branch>& branches, Body* body
) {
    auto add = [&](std::string_view value) {
        auto* made = make<Condition>();
        made->left = left;
        made->op = Operator::equal;
        made->right = condition_operand(value);
        branches.push_back({made, body});
    };
    if (options_.mode == Mode::strict2) {
        TokenParser parser = tokens(markup);
        do {
            add(parser.expression());
        } while (parser.id_if("or") || parser.consume_if(TokenType::comma));
        parser.consume(TokenType::end_of_string);
        return;
    }
    std::size_t at = 0;
    while (true) {
        std::size_t start = 0;
        std::size_t end = 0;
        if (!lax::find_fragment(markup, at, start, end)) refuse(messages::CASE_INVALID_WHEN);
        add(markup.substr(start, end - start));
        // (?:\s+or\s+|\s*,\s*) and another value, or the rest is ignored.
        std::size_t next = lax::skip_space(markup, end);
        std::size_t value = lax::NONE;
        if (next > end && markup.substr(next, 2) == "or") {
            std::size_t behind = lax::skip_space(markup, next + 2);
            if (behind > next + 2) value = behind;
        }
        if (value == lax::NONE && next < markup.size() && markup[next] == ',') {
            value = lax::skip_space(markup, next + 1);
        }
        if (value == lax::NONE || lax::fragment_end(markup, value) == lax::NONE) return;
        at = value;
    }
}

}  // namespace liquid
