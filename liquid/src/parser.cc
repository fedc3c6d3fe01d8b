#include "parser.h"

#include "messages.h"
#include "utf8.h"

#include <algorithm>

namespace liquid {
namespace {
bool blank_text(std::string_view text) {
    return std::all_of(text.begin(), text.end(), utf8::is_space);
}

std::uint32_t line_of(std::string_view source, std::size_t offset) {
    std::string_view before = source.substr(0, offset);
    return static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n') + 1);
}

std::string excerpt_of(std::string_view source, std::size_t offset, std::uint32_t& column) {
    std::size_t begin = offset == 0 ? 0 : source.rfind('\n', offset - 1);
    begin = begin == std::string_view::npos || offset == 0 ? 0 : begin + 1;
    std::size_t end = std::min(source.find('\n', offset), source.size());
    constexpr std::size_t SHOWN_MAX = 160;
    std::size_t from = offset - begin > SHOWN_MAX / 2 ? offset - SHOWN_MAX / 2 : begin;
    std::string shown(source.substr(from, std::min(end - from, SHOWN_MAX)));
    column = static_cast<std::uint32_t>(utf8::length(source.substr(begin, offset - begin)) + 1);
    if (shown.ends_with('\r')) shown.pop_back();
    // Under a tab stands a tab, however wide it is shown.
    std::string_view before = source.substr(from, offset - from);
    std::string indent;
    for (std::size_t at = 0; at < before.size(); at += utf8::width(before, at)) {
        indent += before[at] == '\t' ? '\t' : ' ';
    }
    return shown + "\n" + indent + "^";
}
}  // namespace

TemplateParser::TemplateParser(const Environment& environment, ParseOptions options)
    : environment_(environment), options_(std::move(options)) {}

void TemplateParser::refuse(std::string_view message) {
    throw Error(ErrorType::syntax, std::string(message));
}

// The reference's line is the last one of the source; the excerpt leads to the tag.
void TemplateParser::refuse_unclosed(std::string_view name, std::string_view opened) {
    position_ = opened;
    unclosed_ = true;
    refuse(messages::never_closed(name));
}

Result<TemplatePointer> TemplateParser::parse(std::string_view source) {
    ParseError refusal;
    refusal.template_name = options_.name;
    if (source.size() > options_.limits.source_bytes_max) {
        refusal.type = ErrorType::memory;
        refusal.message = "Template is larger than " +
                          std::to_string(options_.limits.source_bytes_max) + " bytes";
        return refusal;
    }
    std::shared_ptr<Template> made(new Template());
    parts_ = made->parts_.get();
    parts_->source = source;
    parts_->arena.limit(options_.limits.template_bytes_max);
    // A theme has hundreds of small snippets: each takes about what it needs.
    parts_->arena.start_with(std::clamp<std::size_t>(4 * source.size(), 512, 16 * 1024));
    parts_->name = options_.name;
    parts_->mode = options_.mode;
    parts_->line_numbers = options_.line_numbers;
    position_ = std::string_view(parts_->source).substr(0, 0);
    try {
        if (!utf8::valid(source)) {
            refusal.type = ErrorType::standard;
            refusal.message = "Invalid template encoding";
            return refusal;
        }
        Tokenizer tokenizer(parts_->source, 1, false);
        parse_document(tokenizer, parts_->body);
        return TemplatePointer(std::move(made));
    } catch (const Error& error) {
        refusal.type = error.type;
        refusal.message = error.what();
        if (!error.markup_context.empty()) refusal.message += " " + error.markup_context;
        if (options_.line_numbers) {
            refusal.line = error.type == ErrorType::syntax && error.line == 0 ? line_ : error.line;
        }
        show_place(refusal);
        return refusal;
    } catch (const LimitReached&) {
        refusal.type = ErrorType::memory;
        refusal.message = std::string(messages::LIMIT);
        return refusal;
    } catch (...) {  // a host's tag failed in a way of its own
        refusal.type = ErrorType::internal;
        refusal.message = std::string(messages::INTERNAL);
        if (options_.line_numbers) refusal.line = line_;
        show_place(refusal);
        return refusal;
    }
}

void TemplateParser::show_place(ParseError& refusal) {
    auto offset = static_cast<std::size_t>(position_.data() - parts_->source.data());
    refusal.excerpt = excerpt_of(parts_->source, offset, refusal.column);
    if (!unclosed_ || !options_.line_numbers) return;
    refusal.excerpt += " opened on line " + std::to_string(line_of(parts_->source, offset));
}

void TemplateParser::parse_document(Tokenizer& tokenizer, Body& body) {
    Nodes nodes;
    if (auto ending = parse_nodes(tokenizer, nodes)) {
        if (ending->name == "else" || ending->name == "end") {
            refuse(messages::unexpected_outer(ending->name));
        }
        refuse(messages::unknown_tag(ending->name));
    }
    body = freeze(nodes, false);
}

std::optional<TemplateParser::Ending> TemplateParser::parse_nodes(
    Tokenizer& tokenizer, Nodes& nodes
) {
    line_ = tokenizer.line();
    return tokenizer.for_liquid_tag() ? parse_liquid_nodes(tokenizer, nodes)
                                      : parse_document_nodes(tokenizer, nodes);
}

std::optional<TemplateParser::Ending> TemplateParser::parse_document_nodes(
    Tokenizer& tokenizer, Nodes& nodes
) {
    while (auto token = tokenizer.shift()) {
        if (token->starts_with("{%")) {
            position_ = *token;
            trim_before(*token, nodes);
            std::string_view name;
            std::string_view markup;
            if (!split_tag(*token, name, markup)) {
                if (token->ends_with("%}")) return Ending{*token, *token};
                refuse(messages::tag_not_terminated(*token));
            }
            if (name == "liquid") {
                parse_liquid_tag(markup, nodes);
                line_ = tokenizer.line();
                continue;
            }
            if (!add_tag(name, markup, tokenizer, nodes)) return Ending{name, markup};
        } else if (token->starts_with("{{")) {
            position_ = *token;
            trim_before(*token, nodes);
            add_output(*token, nodes);
        } else {
            add_text(*token, nodes);
        }
        line_ = tokenizer.line();
    }
    return std::nullopt;
}

std::optional<TemplateParser::Ending> TemplateParser::parse_liquid_nodes(
    Tokenizer& tokenizer, Nodes& nodes
) {
    while (auto token = tokenizer.shift()) {
        if (!blank_text(*token)) {
            position_ = *token;
            std::string_view line = utf8::strip_left(*token);
            std::size_t end = line.starts_with('#') ? 1 : 0;
            while (end == 0 || line[0] != '#') {
                if (end >= line.size() || !utf8::is_word(line[end])) break;
                ++end;
            }
            if (end == 0) return Ending{*token, *token};
            std::string_view name = line.substr(0, end);
            std::string_view markup = utf8::strip_left(line.substr(end));
            if (name == "liquid") {
                --line_;  // the reference counts so
                parse_liquid_tag(markup, nodes);
                continue;
            }
            if (!add_tag(name, markup, tokenizer, nodes)) return Ending{name, markup};
        }
        line_ = tokenizer.line();
    }
    return std::nullopt;
}

// Its depth has a counter of its own: to the reference a liquid tag is no block, so a hundred
// blocks may still hold one.
void TemplateParser::parse_liquid_tag(std::string_view markup, Nodes& nodes) {
    if (liquid_depth_ >= options_.limits.parse_depth_max) {
        throw Error(ErrorType::stack_level, std::string(messages::NESTING));
    }
    ++liquid_depth_;
    Tokenizer lines(markup, line_, true);
    if (auto ending = parse_nodes(lines, nodes)) {
        refuse_in_block(Block{"liquid", true}, ending->name);
    }
    --liquid_depth_;
}

// {%-? (blanks) name (blanks) markup -?%}; counts the lines of the blanks.
bool TemplateParser::split_tag(
    std::string_view token, std::string_view& name, std::string_view& markup
) {
    if (token.size() < 4 || !token.ends_with("%}")) return false;
    std::string_view inner = token.substr(2, token.size() - 4);
    if (inner.starts_with('-')) inner.remove_prefix(1);
    std::string_view rest = inner;
    while (!rest.empty() && utf8::is_space(rest.front())) rest.remove_prefix(1);
    auto lines = [](std::string_view blanks) {
        return static_cast<std::uint32_t>(std::count(blanks.begin(), blanks.end(), '\n'));
    };
    std::uint32_t counted = lines(inner.substr(0, inner.size() - rest.size()));
    std::size_t end = 0;
    if (rest.starts_with('#')) {
        end = 1;
    } else {
        while (end < rest.size() && utf8::is_word(rest[end])) ++end;
    }
    if (end == 0) return false;
    name = rest.substr(0, end);
    rest.remove_prefix(end);
    markup = rest;
    while (!markup.empty() && utf8::is_space(markup.front())) markup.remove_prefix(1);
    counted += lines(rest.substr(0, rest.size() - markup.size()));
    if (markup.ends_with('-')) markup.remove_suffix(1);
    line_ += counted;
    return true;
}

void TemplateParser::trim_before(std::string_view token, Nodes& nodes) {
    if (token.size() > 2 && token[2] == '-' && !nodes.list.empty() &&
        nodes.list.back()->kind == NodeKind::text) {
        auto* text = static_cast<TextNode*>(nodes.list.back());
        text->text = utf8::strip_right(text->text);
    }
    trim_ = token.size() > 2 && token[token.size() - 3] == '-';
}

// False for a tag that is unknown here.
bool TemplateParser::add_tag(
    std::string_view name, std::string_view markup, Tokenizer& tokenizer, Nodes& nodes
) {
    bool known = true;
    Node* node = parse_tag(name, markup, tokenizer, known);
    if (!known) return false;
    nodes.blank = nodes.blank && node->blank;
    add_node(node, nodes);
    return true;
}

void TemplateParser::add_text(std::string_view token, Nodes& nodes) {
    if (trim_) token = utf8::strip_left(token);
    trim_ = false;
    auto* node = make_node<TextNode>(NodeKind::text);
    node->text = token;
    add_node(node, nodes);
    nodes.blank = nodes.blank && blank_text(token);
}

void TemplateParser::add_output(std::string_view token, Nodes& nodes) {
    if (!token.ends_with("}}")) refuse(messages::variable_not_terminated(token));
    std::size_t first = token.size() > 2 && token[2] == '-' ? 3 : 2;
    std::size_t last = token.size() - 3;  // the last character of the markup
    if (last < token.size() && token[last] == '-') --last;
    std::string_view markup;
    if (last + 1 > first && last < token.size()) markup = token.substr(first, last + 1 - first);
    auto* node = make_node<OutputNode>(NodeKind::output);
    node->value = filtered(markup);
    add_node(node, nodes);
    nodes.blank = false;
}

Node* TemplateParser::parse_tag(
    std::string_view name, std::string_view markup, Tokenizer& tokenizer, bool& known
) {
    // A tag of the host may replace one of the language.
    if (const TagDefinition* tag = environment_.find_tag(name)) {
        return parse_host(*tag, name, markup, tokenizer);
    }
    if (name == "if" || name == "unless") return parse_if(name, markup, tokenizer);
    if (name == "assign") return parse_assign(markup);
    if (name == "for") return parse_for(markup, tokenizer);
    if (name == "render") return parse_partial(NodeKind::render, markup);
    if (name == "include") return parse_partial(NodeKind::include, markup);
    if (name == "capture") return parse_capture(markup, tokenizer);
    if (name == "case") return parse_case(markup, tokenizer);
    if (name == "comment") return parse_comment(tokenizer);
    if (name == "#") return parse_inline_comment(markup);
    if (name == "echo") {
        auto* node = make_node<OutputNode>(NodeKind::echo);
        node->value = filtered(markup);
        return node;
    }
    if (name == "cycle") return parse_cycle(markup);
    if (name == "tablerow") return parse_tablerow(markup, tokenizer);
    if (name == "increment") return parse_counter(NodeKind::increment, markup);
    if (name == "decrement") return parse_counter(NodeKind::decrement, markup);
    if (name == "raw" || name == "doc") return parse_verbatim(name, markup, tokenizer);
    if (name == "ifchanged") return parse_ifchanged(tokenizer);
    if (name == "break") return make_node<Node>(NodeKind::interrupt_break);
    if (name == "continue") return make_node<Node>(NodeKind::interrupt_continue);
    known = false;
    return nullptr;
}

std::optional<TemplateParser::Ending> TemplateParser::parse_block(
    Tokenizer& tokenizer, Block& block, Nodes& nodes
) {
    if (depth_ >= options_.limits.parse_depth_max) {
        throw Error(ErrorType::stack_level, std::string(messages::NESTING));
    }
    ++depth_;
    // What opened the block; its later branches are parsed behind an `else`.
    if (block.opened.data() == nullptr) block.opened = position_;
    auto ending = parse_nodes(tokenizer, nodes);
    --depth_;
    block.blank = block.blank && nodes.blank;
    if (!ending) refuse_unclosed(block.name, block.opened);
    if (ending->name.starts_with("end") && ending->name.substr(3) == block.name) {
        return std::nullopt;
    }
    return ending;
}

void TemplateParser::refuse_in_block(const Block& block, std::string_view name) {
    if (name == "else") refuse(messages::unexpected_else(block.name));
    if (name.starts_with("end")) {
        std::string delimiter = block.name == "liquid" ? "%}" : "end" + std::string(block.name);
        refuse(messages::invalid_delimiter(name, block.name, delimiter));
    }
    refuse(messages::unknown_tag(name));
}

void TemplateParser::parse_whole_block(
    Tokenizer& tokenizer, Block& block, Body& body, bool keep_blank
) {
    Nodes nodes;
    if (auto ending = parse_block(tokenizer, block, nodes)) refuse_in_block(block, ending->name);
    body = freeze(nodes, !keep_blank && block.blank);
}

// A list is memory beside the template: it counts before it grows.
void TemplateParser::add_node(Node* node, Nodes& nodes) {
    std::vector<Node*>& list = nodes.list;
    if (list.size() == list.capacity()) {
        listed_bytes_ += std::max<std::size_t>(list.capacity(), 1) * sizeof(Node*);
        std::size_t bytes_max = options_.limits.template_bytes_max;
        if (bytes_max != 0 && arena().bytes_reserved() + listed_bytes_ > bytes_max) {
            throw LimitReached{};
        }
    }
    list.push_back(node);
}

Body TemplateParser::freeze(Nodes& nodes, bool drop_blank_text) {
    if (drop_blank_text) {
        std::erase_if(nodes.list, [](Node* node) { return node->kind == NodeKind::text; });
    }
    Body body;
    listed_bytes_ -= nodes.list.capacity() * sizeof(Node*);
    body.nodes = copied(nodes.list);
    body.count = static_cast<std::uint32_t>(nodes.list.size());
    body.blank = nodes.blank;
    return body;
}

Template::Template() : parts_(std::make_unique<Parts>()) {}
Template::~Template() = default;
const std::string& Template::name() const {
    return parts_->name;
}
const Body& Template::body() const {
    return parts_->body;
}
Mode Template::mode() const {
    return parts_->mode;
}
const std::vector<ParseError>& Template::warnings() const {
    return parts_->warnings;
}
std::size_t Template::bytes() const {
    return sizeof(Template) + sizeof(Parts) + parts_->source.capacity() +
           parts_->arena.bytes_reserved();
}

Template::Place Template::place(std::size_t position) const {
    std::string_view source = parts_->source;
    position = std::min(position, source.size());
    Place place{line_of(source, position), 0, {}};
    place.excerpt = excerpt_of(source, position, place.column);
    return place;
}

Result<TemplatePointer> parse(
    const Environment& environment, std::string_view source, ParseOptions options
) {
    return TemplateParser(environment, std::move(options)).parse(source);
}

}  // namespace liquid
