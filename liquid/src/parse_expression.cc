#include "big.h"
#include "filters.h"
#include "lax.h"
#include "messages.h"
#include "parser.h"
#include "utf8.h"

#include <charconv>
#include <cmath>

namespace liquid {
namespace {
Command command_of(std::string_view name) {
    if (name == "size") return Command::size;
    if (name == "first") return Command::first;
    if (name == "last") return Command::last;
    return Command::none;
}

bool bracketed(std::string_view text) {
    return text.size() >= 2 && text.front() == '[' && text.back() == ']';
}

double real_of(std::string_view digits) {
    double value = 0;
    auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (parsed.ec == std::errc::result_out_of_range) {
        bool small = digits.find_first_not_of("-0.") > digits.find('.');
        return small ? 0.0 : digits[0] == '-' ? -INFINITY : INFINITY;
    }
    return value;
}

// What a range's constant end counts as: Ruby's to_i.
bool constant_bound(const Expression& expression, Value& bound) {
    if (expression.kind != ExpressionKind::literal) return false;
    const Value& value = static_cast<const Literal&>(expression).value;
    switch (value.kind()) {
        case Kind::integer:
        case Kind::big_integer:
            bound = value;
            return true;
        case Kind::nil:
            bound = 0;
            return true;
        case Kind::string:
            bound = integer_prefix(value.string());
            return true;
        case Kind::real:
            if (!std::isfinite(value.real()) || std::fabs(value.real()) >= 9e18) return false;
            bound = static_cast<std::int64_t>(value.real());
            return true;
        default:
            return false;
    }
}
}  // namespace

TokenParser TemplateParser::tokens(std::string_view markup) {
    bool allow_bare_brackets = options_.mode != Mode::strict2;
    return {markup, arena(), token_storage_, options_.limits.parse_depth_max, allow_bare_brackets};
}

Name TemplateParser::interned(std::string_view text) {
    return Name(*names_.insert(text).first);
}

const Expression* TemplateParser::literal(const Value& value) {
    auto* made = make<Literal>();
    made->kind = ExpressionKind::literal;
    made->value = value;
    return made;
}

const Expression* TemplateParser::expression(std::string_view markup, std::uint32_t depth) {
    if (depth > options_.limits.parse_depth_max) {
        throw Error(ErrorType::stack_level, std::string(messages::NESTING));
    }
    if (depth > 0) count_work(markup.size());
    markup = utf8::strip(markup);
    if (!markup.empty() && (markup.front() == '"' || markup.front() == '\'') &&
        markup.back() == markup.front()) {
        return literal(markup.size() < 2 ? "" : markup.substr(1, markup.size() - 2));
    }
    if (markup.empty() || markup == "nil" || markup == "null") return literal({});
    if (markup == "true") return literal(true);
    if (markup == "false") return literal(false);
    if (markup == "blank" || markup == "empty") return literal("");
    if (markup.front() == '(' && markup.back() == ')') {
        // \A\(\s*(?>(\S+)\s*\.\.)\s*(\S+)\s*\)\z: the first part runs to the last ".." that fits.
        std::string_view inner = utf8::strip(markup.substr(1, markup.size() - 2));
        std::size_t word = 0;
        while (word < inner.size() && !utf8::is_space(inner[word])) ++word;
        std::size_t dots = inner.substr(0, word).rfind("..");
        if (word < inner.size()) {
            std::size_t next = lax::skip_space(inner, word);
            if (inner.substr(next, 2) == "..") dots = next;
        }
        if (dots != std::string_view::npos && dots > 0) {
            std::string_view first = utf8::strip(inner.substr(0, dots));
            std::string_view last = utf8::strip(inner.substr(dots + 2));
            bool one_word = !last.empty() && last.find_first_of(" \t\r\n\f\v") == last.npos;
            if (one_word) return range(first, last, depth);
        }
    }
    Value value;
    if (number(markup, value)) return literal(value);
    return lookup(markup, depth);
}

// What stands in a hundred brackets is looked through a hundred times; the digits of a number take
// time by their square.
void TemplateParser::count_work(std::size_t bytes) {
    constexpr std::size_t BYTES_MAX = 4 * 1024 * 1024;
    work_ += bytes;
    if (work_ > BYTES_MAX) throw LimitReached{};
}

const Expression* TemplateParser::range(
    std::string_view first, std::string_view last, std::uint32_t depth
) {
    const Expression* from = expression(first, depth + 1);
    const Expression* to = expression(last, depth + 1);
    Value from_bound;
    Value to_bound;
    if (constant_bound(*from, from_bound) && constant_bound(*to, to_bound)) {
        return literal(arena().make<Range>(Range{from_bound, to_bound}));
    }
    auto refuse_bound = [&](const Expression& bound, std::string_view written) {
        if (bound.kind != ExpressionKind::literal) return;
        Kind kind = static_cast<const Literal&>(bound).value.kind();
        if (kind != Kind::boolean && kind != Kind::range) return;
        refuse("Invalid expression type '" + std::string(written) + "' in range expression");
    };
    if (from->kind == ExpressionKind::literal && to->kind == ExpressionKind::literal) {
        refuse_bound(*from, first);
        refuse_bound(*to, last);
    }
    auto* made = make<RangeExpression>();
    made->kind = ExpressionKind::range;
    made->first = from;
    made->last = to;
    return made;
}

bool TemplateParser::number(std::string_view markup, Value& value) {
    std::size_t at = markup.front() == '-' ? 1 : 0;
    if (at == markup.size() || !utf8::is_digit(markup[at])) return false;
    if (markup.find_first_not_of("0123456789.", at) != std::string_view::npos) return false;
    std::size_t dot = markup.find('.');
    if (dot == std::string_view::npos) {
        count_work(markup.size() * markup.size() / 512);
        std::int64_t integer = 0;
        auto parsed = std::from_chars(markup.data(), markup.data() + markup.size(), integer);
        if (parsed.ec == std::errc()) {
            value = integer;
        } else {
            value = arena().make<BigInteger>(Big::parse(markup));
        }
        return true;
    }
    // 1.2.3 reads as 1.2, and 1. as 1.0.
    std::size_t second = markup.find('.', dot + 1);
    std::string_view digits = markup.substr(0, std::min(second, markup.size()));
    if (digits.back() == '.') digits.remove_suffix(1);
    value = real_of(digits);
    return true;
}

const Expression* TemplateParser::lookup(std::string_view markup, std::uint32_t depth) {
    if (lookup_storage_.size() <= depth) lookup_storage_.resize(depth + 1);
    // Its place may move when a bracket within needs a deeper one.
    lax::lookups(markup, lookup_storage_[depth]);
    if (markup == "-") lookup_storage_[depth].assign(1, "-");
    auto part = [&](std::size_t i) { return lookup_storage_[depth][i]; };
    std::size_t count = lookup_storage_[depth].size();
    if (count == 0) return literal({});
    auto* made = make<Variable>();
    made->kind = ExpressionKind::variable;
    if (bracketed(part(0))) {
        made->dynamic_name = expression(part(0).substr(1, part(0).size() - 2), depth + 1);
    } else {
        made->name = interned(part(0));
    }
    made->step_count = static_cast<std::uint32_t>(count - 1);
    made->steps = arena().many<Step>(count - 1);
    for (std::size_t i = 1; i < count; ++i) {
        Step& step = *new (&made->steps[i - 1]) Step();
        std::string_view text = part(i);
        if (bracketed(text)) {
            const Expression* key = expression(text.substr(1, text.size() - 2), depth + 1);
            if (key->kind == ExpressionKind::literal) {
                step.key = static_cast<const Literal*>(key)->value;
            } else {
                step.dynamic = key;
            }
        } else {
            step.key = interned(text).text;
            step.command = command_of(text);
        }
        step.code = step.key.is(Kind::string) ? hash_of(step.key.string()) : 0;
    }
    return made;
}

const Expression* TemplateParser::condition_operand(std::string_view markup) {
    if (markup == "blank") return literal(Value::keyword(Kind::blank));
    if (markup == "empty") return literal(Value::keyword(Kind::empty));
    return expression(markup);
}

const Filtered* TemplateParser::filtered(std::string_view markup) {
    auto* chain = make<Filtered>();
    chain->kind = ExpressionKind::filtered;
    try {
        TokenParser parser = tokens(markup);
        if (options_.mode == Mode::strict2) {
            strict2_filtered(parser, *chain);
        } else {
            strict_filtered(parser, *chain);
        }
    } catch (Error& error) {
        // What is nested too deeply for the strict grammar may still be plain to the lax one.
        bool lax = options_.mode == Mode::lax || options_.mode == Mode::warn;
        bool retry = lax && error.type == ErrorType::stack_level;
        if (error.type != ErrorType::syntax && !retry) throw;
        error.line = line_;
        error.markup_context = "in \"{{" + messages::quoted(markup) + "}}\"";
        if (!lax) throw;
        warn(error);
        lax_filtered(markup, *chain);
    }
    if (chain->value == nullptr) chain->value = literal({});
    fold_constants(*chain, arena());
    return chain;
}

// What the lax grammar takes instead. Each costs an exception, so they are counted.
void TemplateParser::warn(const Error& refused) {
    constexpr std::uint32_t SLOPPY_MAX = 8'000;
    if (++sloppy_ > SLOPPY_MAX) throw LimitReached{};
    constexpr std::size_t WARNINGS_MAX = 100;
    if (options_.mode != Mode::warn || parts_->warnings.size() >= WARNINGS_MAX) return;
    ParseError warning;
    warning.message = refused.what() + (" " + refused.markup_context);
    warning.line = options_.line_numbers ? refused.line : 0;
    parts_->warnings.push_back(std::move(warning));
}

void TemplateParser::strict_filtered(TokenParser& parser, Filtered& chain) {
    if (parser.look(TokenType::end_of_string)) return;
    chain.value = expression(parser.expression());
    draft_count_ = 0;
    while (parser.consume_if(TokenType::pipe)) {
        FilterDraft& draft = add_draft(parser.consume(TokenType::id));
        if (parser.consume_if(TokenType::colon)) {
            do {
                add_argument(draft, parser.argument());
            } while (parser.consume_if(TokenType::comma));
        }
    }
    parser.consume(TokenType::end_of_string);
    set_filters(chain);
}

void TemplateParser::strict2_filtered(TokenParser& parser, Filtered& chain) {
    if (parser.look(TokenType::end_of_string)) return;
    chain.value = expression(parser.expression());
    draft_count_ = 0;
    auto ended = [&] {
        return parser.look(TokenType::pipe) || parser.look(TokenType::end_of_string);
    };
    while (parser.consume_if(TokenType::pipe)) {
        FilterDraft& draft = add_draft(parser.consume(TokenType::id));
        auto argument = [&] {
            if (parser.look(TokenType::id) && parser.look(TokenType::colon, 1)) {
                std::string_view name = parser.consume(TokenType::id);
                parser.consume(TokenType::colon);
                set_keyword(draft, name, expression(parser.expression()));
            } else {
                draft.arguments.push_back(expression(parser.expression()));
            }
        };
        if (parser.consume_if(TokenType::colon)) {
            if (!ended()) argument();
            while (parser.consume_if(TokenType::comma) && !ended()) argument();
        }
    }
    parser.consume(TokenType::end_of_string);
    set_filters(chain);
}

void TemplateParser::lax_filtered(std::string_view markup, Filtered& chain) {
    chain.value = nullptr;
    std::size_t start = 0;
    std::size_t end = 0;
    if (!lax::find_fragment(markup, 0, start, end)) return;
    chain.value = expression(markup.substr(start, end - start));
    std::string_view rest = markup.substr(end);
    std::size_t pipe = rest.find('|');
    if (pipe == std::string_view::npos) return;
    draft_count_ = 0;
    for (const lax::Filter& filter : lax::filters(utf8::strip_left(rest.substr(pipe + 1)))) {
        FilterDraft& draft = add_draft(filter.name);
        for (std::string_view argument : filter.arguments) add_argument(draft, argument);
    }
    set_filters(chain);
}

void TemplateParser::add_argument(FilterDraft& draft, std::string_view markup) {
    lax::Attribute attribute;
    if (lax::is_attribute(markup, attribute)) {
        set_keyword(draft, attribute.name, expression(attribute.value));
    } else {
        draft.arguments.push_back(expression(markup));
    }
}

void TemplateParser::set_keyword(
    FilterDraft& draft, std::string_view name, const Expression* value
) {
    for (std::size_t i = 0; i < draft.keyword_names.size(); ++i) {
        if (draft.keyword_names[i].text == name) {
            draft.keyword_values[i] = value;
            return;
        }
    }
    draft.keyword_names.push_back(Name(name));
    draft.keyword_values.push_back(value);
}

TemplateParser::FilterDraft& TemplateParser::add_draft(std::string_view name) {
    if (draft_count_ == drafts_.size()) {
        if (draft_count_ == PARTS_MAX) throw LimitReached{};
        drafts_.emplace_back();
    }
    FilterDraft& draft = drafts_[draft_count_++];
    draft.name = name;
    draft.arguments.clear();
    draft.keyword_names.clear();
    draft.keyword_values.clear();
    return draft;
}

void TemplateParser::set_filters(Filtered& chain) {
    constexpr std::size_t ARGUMENTS_MAX = 1000;
    auto* uses = arena().many<FilterUse>(draft_count_);
    for (std::size_t i = 0; i < draft_count_; ++i) {
        const FilterDraft& draft = drafts_[i];
        if (draft.arguments.size() > ARGUMENTS_MAX || draft.keyword_names.size() > ARGUMENTS_MAX) {
            throw LimitReached{};
        }
        uses[i].filter = environment_.find_filter(draft.name);
        uses[i].name = draft.name;
        uses[i].arguments = copied(draft.arguments);
        uses[i].argument_count = static_cast<std::uint16_t>(draft.arguments.size());
        uses[i].keyword_names = copied(draft.keyword_names);
        uses[i].keyword_values = copied(draft.keyword_values);
        uses[i].keyword_count = static_cast<std::uint16_t>(draft.keyword_names.size());
    }
    chain.filters = uses;
    chain.filter_count = static_cast<std::uint32_t>(draft_count_);
}

}  // namespace liquid
