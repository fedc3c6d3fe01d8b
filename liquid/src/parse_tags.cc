#include "lax.h"
#include "messages.h"
#include "parser.h"

#include <stdexcept>

namespace liquid {
namespace {
// \(?[\w\-\.\[\]]\)? once or more: the names that assign and capture take.
std::size_t signature_end(std::string_view text, std::size_t at) {
    auto character = [](char c) {
        return utf8::is_word(c) || c == '-' || c == '.' || c == '[' || c == ']';
    };
    std::size_t end = lax::NONE;
    while (at < text.size()) {
        std::size_t next = at;
        if (text[next] == '(') ++next;
        if (next >= text.size() || !character(text[next])) break;
        ++next;
        if (next < text.size() && text[next] == ')') ++next;
        end = at = next;
    }
    return end;
}

// (…){% name …%} at the end of a token; valid or not inside.
bool closing_tag(std::string_view token, std::string_view& text, std::string_view& name) {
    if (!token.ends_with("%}")) return false;
    // The regular expression is greedy: the last {% that a name follows.
    for (std::size_t open = token.rfind("{%"); open != std::string_view::npos;
         open = open == 0 ? std::string_view::npos : token.rfind("{%", open - 1)) {
        std::size_t at = open + 2;
        if (at < token.size() && token[at] == '-') ++at;
        at = lax::skip_space(token, at);
        std::size_t end = lax::word_end(token, at);
        if (end == at) continue;
        text = token.substr(0, open);
        name = token.substr(at, end - at);
        return true;
    }
    return false;
}
}  // namespace

Node* TemplateParser::parse_assign(std::string_view markup) {
    auto* node = make_node<AssignNode>(NodeKind::assign);
    node->blank = true;
    by_mode(
        *node,
        markup,
        [&] { assign(markup, *node, strict2()); },
        [&] { assign(markup, *node, false); }
    );
    return node;
}

// (signature)+\s*=\s*(.*), wherever it stands.
void TemplateParser::assign(std::string_view markup, AssignNode& node, bool one_name) {
    for (std::size_t at = 0; at < markup.size();) {
        std::size_t end = signature_end(markup, at);
        if (end == lax::NONE) {
            ++at;
            continue;
        }
        std::size_t equals = lax::skip_space(markup, end);
        if (equals < markup.size() && markup[equals] == '=') {
            std::string_view target = markup.substr(at, end - at);
            node.target = interned(one_name ? id_alone(target) : target);
            node.value = filtered(markup.substr(lax::skip_space(markup, equals + 1)));
            return;
        }
        at = end;
    }
    refuse(messages::ASSIGN);
}

// The whole markup is one name, as strict2 wants it.
std::string_view TemplateParser::id_alone(std::string_view markup) {
    TokenParser parser = tokens(utf8::strip(markup));
    std::string_view name = parser.consume(TokenType::id);
    parser.consume(TokenType::end_of_string);
    return name;
}

Node* TemplateParser::parse_capture(std::string_view markup, Tokenizer& tokenizer) {
    auto* node = make_node<CaptureNode>(NodeKind::capture);
    node->blank = true;
    auto lax = [&] {
        std::size_t at = 0;
        while (at < markup.size() && signature_end(markup, at) == lax::NONE) ++at;
        if (at >= markup.size()) refuse(messages::CAPTURE);
        node->target = interned(markup.substr(at, signature_end(markup, at) - at));
    };
    auto strict = [&] {
        if (!strict2()) return lax();
        node->target = interned(id_alone(markup));
    };
    by_mode(*node, markup, strict, lax);
    Block block{"capture", true};
    parse_whole_block(tokenizer, block, node->body, true);
    return node;
}

Node* TemplateParser::parse_counter(NodeKind kind, std::string_view markup) {
    auto* node = make_node<CounterNode>(kind);
    auto lax = [&] { node->variable = interned(utf8::strip(markup)); };
    auto strict = [&] {
        if (!strict2()) return lax();
        node->variable = interned(id_alone(markup));
    };
    by_mode(*node, markup, strict, lax);
    return node;
}

Node* TemplateParser::parse_comment(Tokenizer& tokenizer) {
    auto* node = make_node<Node>(NodeKind::nothing);
    node->blank = true;
    if (depth_ >= options_.limits.parse_depth_max) {
        throw Error(ErrorType::stack_level, std::string(messages::NESTING));
    }
    std::uint32_t open = 1;
    while (auto token = tokenizer.shift()) {
        std::string_view name;
        std::string_view markup;
        if (tokenizer.for_liquid_tag()) {
            std::string_view line = utf8::strip_left(*token);
            name = line.substr(0, lax::word_end(line, 0));
        } else {
            std::uint32_t line = line_;
            if (!token->starts_with("{%") || !split_tag(*token, name, markup)) name = {};
            line_ = line;
        }
        if (name == "raw") {
            std::string_view text;
            std::string_view closing;
            bool closed = false;
            while (!closed) {
                auto inner = tokenizer.shift();
                if (!inner || tokenizer.no_tag_ends()) refuse_unclosed("raw", position_);
                closed = closing_tag(*inner, text, closing) && closing == "endraw";
            }
        } else if (name == "comment") {
            ++open;
        } else if (name == "endcomment") {
            --open;
        }
        if (tokenizer.no_tag_ends()) break;
        if (open == 0) {
            if (!tokenizer.for_liquid_tag()) trim_ = token->ends_with("-%}");
            return node;
        }
    }
    refuse_unclosed("comment", position_);
}

// Every line of an inline comment begins with #.
Node* TemplateParser::parse_inline_comment(std::string_view markup) {
    for (std::size_t at = markup.find('\n'); at != markup.npos; at = markup.find('\n', at)) {
        at = lax::skip_space(markup, at);
        if (at < markup.size() && markup[at] != '#') refuse(messages::INLINE_COMMENT);
        if (at >= markup.size()) break;
    }
    auto* node = make_node<Node>(NodeKind::nothing);
    node->blank = true;
    return node;
}

Node* TemplateParser::parse_verbatim(
    std::string_view name, std::string_view markup, Tokenizer& tokenizer
) {
    bool doc = name == "doc";
    if (!utf8::strip(markup).empty()) {
        refuse(doc ? messages::tag_invalid_arguments(name) : messages::raw_invalid_arguments(name));
    }
    auto* node = make_node<TextNode>(doc ? NodeKind::nothing : NodeKind::raw);
    node->text = verbatim_body(name, tokenizer, doc);
    node->blank = node->text.empty();
    return node;
}

std::string_view TemplateParser::verbatim_body(
    std::string_view name, Tokenizer& tokenizer, bool nested_is_error
) {
    std::string_view body;
    auto extend = [&](std::string_view part) {
        if (part.empty()) return;
        // Tokens follow one another in the source, so the body is one piece of it.
        body = body.empty() ? part
                            : std::string_view(
                                  body.data(),
                                  static_cast<std::size_t>(part.data() + part.size() - body.data())
                              );
    };
    while (auto token = tokenizer.shift()) {
        std::string_view text;
        std::string_view closing;
        if (closing_tag(*token, text, closing)) {
            if (nested_is_error && closing == name) refuse(messages::DOC_NESTED);
            if (closing.starts_with("end") && closing.substr(3) == name) {
                trim_ = token->ends_with("-%}");
                extend(text);
                return body;
            }
        }
        if (tokenizer.no_tag_ends()) break;
        extend(*token);
    }
    refuse_unclosed(name, position_);
}

Node* TemplateParser::parse_partial(NodeKind kind, std::string_view markup) {
    auto* node = make_node<PartialNode>(kind);
    by_mode(
        *node,
        markup,
        [&] {
            if (strict2()) {
                strict2_partial(kind, markup, *node);
            } else {
                lax_partial(kind, markup, *node);
            }
        },
        [&] { lax_partial(kind, markup, *node); }
    );
    return node;
}

void TemplateParser::strict2_partial(NodeKind kind, std::string_view markup, PartialNode& node) {
    TokenParser parser = tokens(markup);
    node.template_name = expression(
        kind == NodeKind::render ? parser.consume(TokenType::string) : parser.expression()
    );
    bool loop = parser.id_if("for");
    if (loop || parser.id_if("with")) node.variable = expression(parser.expression());
    node.is_loop = loop;
    if (parser.id_if("as")) node.alias = parser.consume(TokenType::id);
    parser.consume_if(TokenType::comma);
    std::vector<Name> names;
    std::vector<const Expression*> values;
    while (parser.look(TokenType::id)) {
        names.push_back(interned(parser.consume()));
        parser.consume(TokenType::colon);
        values.push_back(expression(parser.expression()));
        parser.consume_if(TokenType::comma);
    }
    parser.consume(TokenType::end_of_string);
    node.attribute_names = copied(names);
    node.attribute_values = copied(values);
    node.attribute_count = static_cast<std::uint32_t>(names.size());
}

// (name)(\s+(with|for)\s+(fragments))?(\s+as\s+(segment))?
void TemplateParser::lax_partial(NodeKind kind, std::string_view markup, PartialNode& node) {
    bool quoted = kind == NodeKind::render;
    std::size_t start = 0;
    std::size_t end = lax::NONE;
    for (; start < markup.size() && end == lax::NONE; ++start) {
        end = quoted ? lax::quoted_string_end(markup, start) : lax::fragments_end(markup, start);
        if (end != lax::NONE) break;
    }
    if (end == lax::NONE) refuse(quoted ? messages::RENDER : messages::INCLUDE);
    while (quoted && lax::quoted_string_end(markup, end) != lax::NONE) {
        end = lax::quoted_string_end(markup, end);
    }
    node.template_name = expression(markup.substr(start, end - start));
    std::size_t word = lax::skip_space(markup, end);
    bool with = markup.substr(word, 4) == "with";
    bool loop = markup.substr(word, 3) == "for";
    if (word > end && (with || loop)) {
        std::size_t behind = word + (with ? 4 : 3);
        std::size_t value = lax::skip_space(markup, behind);
        std::size_t value_end = value > behind ? lax::fragments_end(markup, value) : lax::NONE;
        if (value_end != lax::NONE) {
            node.variable = expression(markup.substr(value, value_end - value));
            node.is_loop = loop;
            end = value_end;
        }
    }
    word = lax::skip_space(markup, end);
    if (word > end && markup.substr(word, 2) == "as") {
        std::size_t alias = lax::skip_space(markup, word + 2);
        std::size_t alias_end = alias > word + 2 ? lax::segment_end(markup, alias) : lax::NONE;
        if (alias_end != lax::NONE) node.alias = markup.substr(alias, alias_end - alias);
    }
    std::vector<Name> names;
    std::vector<const Expression*> values;
    for (const lax::Attribute& attribute : lax::attributes(markup)) {
        names.push_back(interned(attribute.name));
        values.push_back(expression(attribute.value));
    }
    node.attribute_names = copied(names);
    node.attribute_values = copied(values);
    node.attribute_count = static_cast<std::uint32_t>(names.size());
}

Node* TemplateParser::parse_ifchanged(Tokenizer& tokenizer) {
    auto* node = make_node<BlockNode>(NodeKind::ifchanged);
    Block block{"ifchanged", true};
    parse_whole_block(tokenizer, block, node->body, true);
    node->blank = block.blank;
    return node;
}

// What a host's tag sees while it is parsed.
class HostTagParser final : public TagParser {
public:
    HostTagParser(
        TemplateParser& parser,
        std::string_view name,
        std::string_view markup,
        std::uint32_t line,
        std::string_view body
    )
        : parser_(parser), name_(name), markup_(markup), line_(line), body_(body) {}
    std::string_view name() const override { return name_; }
    std::string_view markup() const override { return markup_; }
    std::uint32_t line() const override { return line_; }
    std::string_view verbatim_body() const override { return body_; }
    const Expression* expression(std::string_view markup) override {
        return parser_.expression(parser_.arena().copy(markup));
    }
    const Expression* filtered(std::string_view markup) override {
        return parser_.filtered(parser_.arena().copy(markup));
    }
    std::vector<Attribute> attributes(std::string_view markup) override {
        std::vector<Attribute> found;
        for (const lax::Attribute& attribute : lax::attributes(parser_.arena().copy(markup))) {
            found.push_back({attribute.name, parser_.expression(attribute.value)});
        }
        return found;
    }

private:
    TemplateParser& parser_;
    std::string_view name_;
    std::string_view markup_;
    std::uint32_t line_;
    std::string_view body_;
};

Node* TemplateParser::parse_host(
    const TagDefinition& tag, std::string_view name, std::string_view markup, Tokenizer& tokenizer
) {
    auto* node = make_node<HostNode>(NodeKind::host_tag);
    node->body = nullptr;
    std::string_view text;
    bool blank_body = true;
    std::uint32_t line = line_;
    std::string_view opened = position_;
    if (tag.shape == TagShape::verbatim) text = verbatim_body(name, tokenizer, false);
    if (tag.shape == TagShape::block) {
        Block block{name, true};
        node->body = make<Body>();
        parse_whole_block(tokenizer, block, *node->body, true);
        blank_body = block.blank;
    }
    HostTagParser parser(*this, name, markup, line, text);
    // What its host finds wrong is wrong where it begins, not where its block ends.
    line_ = line;
    position_ = opened;
    std::unique_ptr<Tag> made = tag.make(parser);
    if (made == nullptr) throw std::logic_error("no tag");  // told as what a factory throws is
    node->tag = made.get();
    parts_->host_tags.push_back(std::move(made));
    node->blank = node->tag->blank() && blank_body;
    return node;
}

}  // namespace liquid
