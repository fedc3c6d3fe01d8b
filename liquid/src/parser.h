// Turns a source into a Template. One instance a source.
#pragma once
#include "lexer.h"
#include "messages.h"
#include "nodes.h"
#include "tokenizer.h"
#include "utf8.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace liquid {

class TemplateParser {
public:
    TemplateParser(const Environment& environment, ParseOptions options);
    Result<TemplatePointer> parse(std::string_view source);

private:
    friend class HostTagParser;

    // What ended a run of nodes: a tag that is no tag here, such as `endif` or `else`.
    struct Ending {
        std::string_view name;
        std::string_view markup;
    };
    // Names out of a source collide no more than keys of data do.
    struct NameHash {
        std::size_t operator()(std::string_view name) const { return hash_of(name); }
    };
    // Nodes of a body before it is frozen.
    struct Nodes {
        std::vector<Node*> list;
        bool blank = true;
    };
    // The block tag whose body is being parsed.
    struct Block {
        std::string_view name;
        bool blank = true;
        std::string_view opened = {};  // the tag that opened it
    };
    // What a block makes of a tag that the engine doesn't know: false refuses it.
    using Unknown = bool (TemplateParser::*)(Block&, std::string_view, std::string_view);

    // parser.cc
    void show_place(ParseError& refusal);
    void parse_document(Tokenizer& tokenizer, Body& body);
    std::optional<Ending> parse_nodes(Tokenizer& tokenizer, Nodes& nodes);
    std::optional<Ending> parse_document_nodes(Tokenizer& tokenizer, Nodes& nodes);
    std::optional<Ending> parse_liquid_nodes(Tokenizer& tokenizer, Nodes& nodes);
    void parse_liquid_tag(std::string_view markup, Nodes& nodes);
    bool split_tag(std::string_view token, std::string_view& name, std::string_view& markup);
    bool add_tag(
        std::string_view name, std::string_view markup, Tokenizer& tokenizer, Nodes& nodes
    );
    void add_output(std::string_view token, Nodes& nodes);
    void add_text(std::string_view token, Nodes& nodes);
    void trim_before(std::string_view token, Nodes& nodes);
    Node* parse_tag(
        std::string_view name, std::string_view markup, Tokenizer& tokenizer, bool& known
    );
    // Parses up to the end of the block (returns nullopt) or up to a tag that is unknown here.
    std::optional<Ending> parse_block(Tokenizer& tokenizer, Block& block, Nodes& nodes);
    [[noreturn]] void refuse_in_block(const Block& block, std::string_view name);
    void parse_whole_block(Tokenizer& tokenizer, Block& block, Body& body, bool keep_blank);
    void add_node(Node* node, Nodes& nodes);
    Body freeze(Nodes& nodes, bool drop_blank_text);
    Error located(Error error) const;

    // parse_expression.cc
    const Expression* expression(std::string_view markup, std::uint32_t depth = 0);
    void count_work(std::size_t bytes);
    const Expression* condition_operand(std::string_view markup);
    const Expression* lookup(std::string_view markup, std::uint32_t depth);
    bool number(std::string_view markup, Value& value);
    const Expression* literal(const Value& value);
    const Expression* range(std::string_view first, std::string_view last, std::uint32_t depth);
    const Filtered* filtered(std::string_view markup);
    void strict_filtered(TokenParser& tokens, Filtered& chain);
    void strict2_filtered(TokenParser& tokens, Filtered& chain);
    void lax_filtered(std::string_view markup, Filtered& chain);
    struct FilterDraft {
        std::string_view name;
        std::vector<const Expression*> arguments;
        std::vector<Name> keyword_names;
        std::vector<const Expression*> keyword_values;
    };
    FilterDraft& add_draft(std::string_view name);
    void set_filters(Filtered& chain);
    void add_argument(FilterDraft& draft, std::string_view markup);
    void set_keyword(FilterDraft& draft, std::string_view name, const Expression* value);
    TokenParser tokens(std::string_view markup);
    // The same name is the same text in memory, so that most comparisons end at once.
    Name interned(std::string_view text);

    // Runs the parser of the mode, which fills `made`; adds line and context to what it refuses.
    template <class Made, class Strict, class Lax>
    void by_mode(Made& made, std::string_view markup, Strict strict, Lax lax) {
        by_mode(made, markup, strict, lax, line_);
    }
    template <class Made, class Strict, class Lax>
    void by_mode(Made& made, std::string_view markup, Strict strict, Lax lax, std::uint32_t line);
    // The strict parser of tags is that of strict2.
    bool strict2() const { return options_.mode == Mode::strict2 || options_.mode == Mode::warn; }
    void warn(const Error& refused);

    // parse_conditions.cc
    Node* parse_if(std::string_view name, std::string_view markup, Tokenizer& tokenizer);
    Condition* condition(std::string_view markup, std::uint32_t line);
    Condition* strict_condition(TokenParser& tokens);
    Condition* lax_condition(std::string_view markup);
    Condition* lax_comparison(std::string_view markup);
    Node* parse_case(std::string_view markup, Tokenizer& tokenizer);
    void add_when(
        const Expression* left, std::string_view markup, std::vector<Branch>& branches, Body* body
    );

    // parse_loops.cc
    Node* parse_for(std::string_view markup, Tokenizer& tokenizer);
    void strict_for(std::string_view markup, ForNode& node);
    void lax_for(std::string_view markup, ForNode& node);
    void set_for_attribute(ForNode& node, std::string_view name, std::string_view value);
    Node* parse_tablerow(std::string_view markup, Tokenizer& tokenizer);
    void strict2_tablerow(std::string_view markup, TablerowNode& node);
    void lax_tablerow(std::string_view markup, TablerowNode& node);
    void set_tablerow_attribute(TablerowNode& node, std::string_view name, const Expression* value);
    Node* parse_cycle(std::string_view markup);
    std::string_view cycle_key(
        const std::vector<const Expression*>& values,
        const std::vector<std::string_view>& written,
        const Node* node
    );

    // parse_tags.cc
    Node* parse_assign(std::string_view markup);
    void assign(std::string_view markup, AssignNode& node, bool one_name);
    std::string_view id_alone(std::string_view markup);
    Node* parse_capture(std::string_view markup, Tokenizer& tokenizer);
    Node* parse_counter(NodeKind kind, std::string_view markup);
    Node* parse_comment(Tokenizer& tokenizer);
    Node* parse_inline_comment(std::string_view markup);
    Node* parse_verbatim(std::string_view name, std::string_view markup, Tokenizer& tokenizer);
    std::string_view verbatim_body(
        std::string_view name, Tokenizer& tokenizer, bool nested_is_error
    );
    Node* parse_partial(NodeKind kind, std::string_view markup);
    void strict2_partial(NodeKind kind, std::string_view markup, PartialNode& node);
    void lax_partial(NodeKind kind, std::string_view markup, PartialNode& node);
    Node* parse_ifchanged(Tokenizer& tokenizer);
    Node* parse_host(
        const TagDefinition& tag,
        std::string_view name,
        std::string_view markup,
        Tokenizer& tokenizer
    );

    template <class T>
    T* make_node(NodeKind kind) {
        T* node = new (arena().allocate(sizeof(T), alignof(T))) T();
        node->kind = kind;
        node->line = options_.line_numbers ? line_ : 0;
        node->position = static_cast<std::uint32_t>(position_.data() - parts_->source.data());
        return node;
    }
    template <class T>
    T* make() {
        return new (arena().allocate(sizeof(T), alignof(T))) T();
    }
    template <class T>
    T* copied(const std::vector<T>& list) {
        T* items = arena().many<T>(list.size());
        std::copy(list.begin(), list.end(), items);
        return items;
    }
    Arena& arena() { return parts_->arena; }
    [[noreturn]] void refuse(std::string_view message);
    [[noreturn]] void refuse_unclosed(std::string_view name, std::string_view opened);

    const Environment& environment_;
    ParseOptions options_;
    Template::Parts* parts_ = nullptr;
    // Kept from one expression to the next, so that parsing allocates little beside the template.
    std::unordered_set<std::string_view, NameHash> names_;
    std::vector<Token> token_storage_;
    std::vector<std::vector<std::string_view>> lookup_storage_;  // by depth of brackets
    std::vector<FilterDraft> drafts_;
    std::size_t draft_count_ = 0;
    std::size_t listed_bytes_ = 0;  // what the lists of bodies take that are not yet frozen
    std::uint32_t line_ = 1;
    std::uint32_t depth_ = 0;
    std::uint32_t liquid_depth_ = 0;  // of liquid tags within each other
    std::size_t work_ = 0;            // beside going through the source once
    std::uint32_t sloppy_ = 0;        // expressions that only the lax grammar takes
    bool trim_ = false;          // a token ended with -: the next text loses its leading blanks
    std::string_view position_;  // the token being parsed, for the column of errors
    bool unclosed_ = false;      // the source ended within the block that it opened
};

template <class Made, class Strict, class Lax>
void TemplateParser::by_mode(
    Made& made, std::string_view markup, Strict strict, Lax lax, std::uint32_t line
) {
    if (options_.mode == Mode::lax) return lax();
    Made before = made;
    try {
        return strict();
    } catch (Error& error) {
        if (error.type != ErrorType::syntax) throw;
        // The tag's own context takes the place of that of a chain of filters within.
        error.line = line;
        error.markup_context = "in \"" + messages::quoted(utf8::strip(markup)) + "\"";
        if (options_.mode != Mode::warn) throw;
        warn(error);
    }
    made = before;
    lax();
}

}  // namespace liquid
