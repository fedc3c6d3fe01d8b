#include "lax.h"
#include "messages.h"
#include "parser.h"
#include "text.h"

namespace liquid {
namespace {
bool says_nil(std::string_view expression) {
    return expression == "nil" || expression == "null";
}
}  // namespace

Node* TemplateParser::parse_for(std::string_view markup, Tokenizer& tokenizer) {
    auto* node = make_node<ForNode>(NodeKind::for_loop);
    by_mode(*node, markup, [&] { strict_for(markup, *node); }, [&] { lax_for(markup, *node); });
    Block block{"for", true};
    Nodes body;
    Nodes otherwise;
    bool has_else = false;
    if (auto ending = parse_block(tokenizer, block, body)) {
        if (ending->name != "else") refuse_in_block(block, ending->name);
        has_else = true;
        // A second `else` replaces the first, and what follows it is not the loop's any more.
        if (auto second = parse_block(tokenizer, block, otherwise)) {
            if (second->name != "else") refuse_in_block(block, second->name);
            otherwise = {};
        }
    }
    node->body = freeze(body, block.blank);
    if (has_else) {
        node->otherwise = make<Body>();
        *node->otherwise = freeze(otherwise, block.blank);
    }
    node->blank = block.blank;
    return node;
}

void TemplateParser::strict_for(std::string_view markup, ForNode& node) {
    TokenParser parser = tokens(markup);
    node.variable = interned(parser.consume(TokenType::id));
    if (!parser.id_if("in")) refuse(messages::FOR_INVALID_IN);
    std::string_view collection = parser.expression();
    node.collection = expression(collection);
    node.loop_name =
        Name(arena().copy(std::string(node.variable.text) + "-" + std::string(collection)));
    node.reversed = parser.id_if("reversed");
    while (parser.look(TokenType::comma) || parser.look(TokenType::id)) {
        parser.consume_if(TokenType::comma);
        std::string_view name = parser.text();
        if (!parser.id_if("limit") && !parser.id_if("offset")) {
            refuse(messages::FOR_INVALID_ATTRIBUTE);
        }
        parser.consume(TokenType::colon);
        set_for_attribute(node, name, parser.expression());
    }
    parser.consume(TokenType::end_of_string);
}

// \A([\w-]+)\s+in\s+(fragments)\s*(reversed)?
void TemplateParser::lax_for(std::string_view markup, ForNode& node) {
    std::size_t name = lax::segment_end(markup, 0);
    if (name == lax::NONE) refuse(messages::FOR);
    std::size_t in = lax::skip_space(markup, name);
    if (in == name || markup.substr(in, 2) != "in") refuse(messages::FOR);
    std::size_t start = lax::skip_space(markup, in + 2);
    std::size_t end = start == in + 2 ? lax::NONE : lax::fragments_end(markup, start);
    if (end == lax::NONE) refuse(messages::FOR);
    node.variable = interned(markup.substr(0, name));
    std::string_view collection = markup.substr(start, end - start);
    node.reversed = markup.substr(lax::skip_space(markup, end)).starts_with("reversed");
    node.loop_name =
        Name(arena().copy(std::string(node.variable.text) + "-" + std::string(collection)));
    node.collection = expression(collection);
    for (const lax::Attribute& attribute : lax::attributes(markup)) {
        set_for_attribute(node, attribute.name, attribute.value);
    }
}

void TemplateParser::set_for_attribute(
    ForNode& node, std::string_view name, std::string_view value
) {
    if (name == "limit") node.limit = expression(value);
    if (name != "offset") return;
    node.continues = value == "continue";
    node.offset = node.continues ? nullptr : expression(value);
}

Node* TemplateParser::parse_tablerow(std::string_view markup, Tokenizer& tokenizer) {
    auto* node = make_node<TablerowNode>(NodeKind::tablerow);
    by_mode(
        *node,
        markup,
        [&] {
            if (strict2()) {
                strict2_tablerow(markup, *node);
            } else {
                lax_tablerow(markup, *node);
            }
        },
        [&] { lax_tablerow(markup, *node); }
    );
    Block block{"tablerow", true};
    parse_whole_block(tokenizer, block, node->body, true);
    node->blank = block.blank;
    return node;
}

void TemplateParser::strict2_tablerow(std::string_view markup, TablerowNode& node) {
    TokenParser parser = tokens(markup);
    node.variable = interned(parser.consume(TokenType::id));
    if (!parser.id_if("in")) refuse(messages::FOR_INVALID_IN);
    node.collection = expression(parser.expression());
    parser.consume_if(TokenType::comma);
    while (parser.look(TokenType::id)) {
        std::string_view name = parser.consume();
        if (name != "cols" && name != "limit" && name != "offset" && name != "range") {
            refuse(messages::table_row_invalid_attribute(name));
        }
        parser.consume(TokenType::colon);
        set_tablerow_attribute(node, name, expression(parser.expression()));
        parser.consume_if(TokenType::comma);
    }
    parser.consume(TokenType::end_of_string);
}

// (\w+)\s+in\s+(fragments), wherever it stands.
void TemplateParser::lax_tablerow(std::string_view markup, TablerowNode& node) {
    for (std::size_t at = 0; at < markup.size();) {
        if (!utf8::is_word(markup[at])) {
            ++at;
            continue;
        }
        std::size_t name = lax::word_end(markup, at);
        std::size_t in = lax::skip_space(markup, name);
        std::size_t start = lax::skip_space(markup, in + 2);
        bool fits = in > name && markup.substr(in, 2) == "in" && start > in + 2;
        std::size_t end = fits ? lax::fragments_end(markup, start) : lax::NONE;
        if (end == lax::NONE) {
            at = name;
            continue;
        }
        node.variable = interned(markup.substr(at, name - at));
        node.collection = expression(markup.substr(start, end - start));
        for (const lax::Attribute& attribute : lax::attributes(markup)) {
            set_tablerow_attribute(node, attribute.name, expression(attribute.value));
        }
        return;
    }
    refuse(messages::TABLE_ROW);
}

void TemplateParser::set_tablerow_attribute(
    TablerowNode& node, std::string_view name, const Expression* value
) {
    if (name == "limit") node.limit = value;
    if (name == "offset") node.offset = value;
    if (name == "cols") {
        node.columns = value;
        node.has_columns = true;
    }
}

// Unnamed cycles of the same constants share a counter, which a cycle named "[1, 2]" shares too,
// and so do those of a template that say the same ranges; a variable makes its cycle unique.
std::string_view TemplateParser::cycle_key(
    const std::vector<const Expression*>& values,
    const std::vector<std::string_view>& written,
    const Node* node
) {
    std::string text = "[";
    BoundedText key(text, options_.limits.source_bytes_max);
    const void* owner = nullptr;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i != 0) key += ", ";
        if (values[i]->kind == ExpressionKind::literal) {
            const Value& value = static_cast<const Literal*>(values[i])->value;
            inspect_constant(value, key);
            if (value.is_nil() && !says_nil(written[i])) owner = node;  // a name without letters
        } else if (values[i]->kind == ExpressionKind::range) {
            key += written[i];
            if (owner == nullptr) owner = &arena();
        } else {
            owner = node;
        }
    }
    key += ']';
    if (owner != nullptr) key += std::to_string(reinterpret_cast<std::uintptr_t>(owner));
    return arena().copy(text);
}

Node* TemplateParser::parse_cycle(std::string_view markup) {
    auto* node = make_node<CycleNode>(NodeKind::cycle);
    std::vector<const Expression*> values;
    std::vector<std::string_view> written;
    node->name = nullptr;
    auto add = [&](std::string_view value) {
        values.push_back(expression(value));
        written.push_back(value);
    };
    auto lax = [&] {
        values.clear();
        written.clear();
        std::string_view name;
        std::string_view rest = markup;
        if (lax::cycle_name(markup, name, rest)) {
            node->name = expression(name);
        } else if (lax::fragment_end(markup, 0) == lax::NONE) {
            refuse(messages::CYCLE);
        }
        for (std::size_t at = 0; at <= rest.size();) {
            std::size_t comma = std::min(rest.find(',', at), rest.size());
            std::string_view part = rest.substr(at, comma - at);
            std::size_t start = 0;
            std::size_t end = 0;
            if (lax::find_fragment(part, 0, start, end)) {
                std::string_view value = part.substr(start, end - start);
                if (!says_nil(value)) add(value);  // the reference drops it here
            }
            at = comma + 1;
        }
    };
    auto strict = [&] {
        if (!strict2()) return lax();
        TokenParser parser = tokens(markup);
        if (parser.look(TokenType::end_of_string)) refuse(messages::CYCLE);
        std::string_view first = parser.expression();
        if (parser.consume_if(TokenType::colon)) {
            node->name = expression(first);
            add(parser.expression());
        } else {
            add(first);
        }
        while (parser.consume_if(TokenType::comma)) {
            if (parser.look(TokenType::end_of_string)) break;
            add(parser.expression());
        }
        parser.consume(TokenType::end_of_string);
    };
    by_mode(*node, markup, strict, lax);

    node->text_key = cycle_key(values, written, node);
    node->values = copied(values);
    node->value_count = static_cast<std::uint32_t>(values.size());
    return node;
}

}  // namespace liquid
