#include "lexer.h"

#include "liquid/error.h"
#include "messages.h"
#include "text.h"
#include "utf8.h"

namespace liquid {
namespace {
[[noreturn]] void refuse(const std::string& message) {
    throw Error(ErrorType::syntax, message);
}

bool special(char c, TokenType& type) {
    switch (c) {
        case '|':
            return type = TokenType::pipe, true;
        case '.':
            return type = TokenType::dot, true;
        case ':':
            return type = TokenType::colon, true;
        case ',':
            return type = TokenType::comma, true;
        case '[':
            return type = TokenType::open_square, true;
        case ']':
            return type = TokenType::close_square, true;
        case '(':
            return type = TokenType::open_round, true;
        case ')':
            return type = TokenType::close_round, true;
        case '?':
            return type = TokenType::question, true;
        case '-':
            return type = TokenType::dash, true;
        default:
            return false;
    }
}

std::size_t number_end(std::string_view text, std::size_t at) {
    if (text[at] == '-') ++at;
    while (at < text.size() && utf8::is_digit(text[at])) ++at;
    if (at + 1 < text.size() && text[at] == '.' && utf8::is_digit(text[at + 1])) {
        for (++at; at < text.size() && utf8::is_digit(text[at]);) ++at;
    }
    return at;
}

std::size_t id_end(std::string_view text, std::size_t at) {
    while (at < text.size() && (utf8::is_word(text[at]) || text[at] == '-')) ++at;
    if (at < text.size() && text[at] == '?') ++at;
    return at;
}

std::size_t comparison_bytes(std::string_view text, std::size_t at) {
    char first = text[at];
    char second = at + 1 < text.size() ? text[at + 1] : '\0';
    if (first == '<') return second == '=' || second == '>' ? 2 : 1;
    if (first == '>') return second == '=' ? 2 : 1;
    if (first == '=' || first == '!') return second == '=' ? 2 : 0;
    return 0;
}

// Where the token that begins here ends; 0 if none does.
std::size_t token_end(std::string_view text, std::size_t at, TokenType& type, bool after_dot) {
    char c = text[at];
    bool digit_follows = at + 1 < text.size() && utf8::is_digit(text[at + 1]);
    if (utf8::is_digit(c) || (c == '-' && digit_follows)) {
        type = TokenType::number;
        return number_end(text, at);
    }
    if (c == '.' && at + 1 < text.size() && text[at + 1] == '.') {
        type = TokenType::dotdot;
        return at + 2;
    }
    if (special(c, type)) return at + 1;
    if (std::size_t bytes = comparison_bytes(text, at); bytes != 0) {
        type = TokenType::comparison;
        return at + bytes;
    }
    if (utf8::is_word(c)) {  // digits are taken already
        type = TokenType::id;
        std::size_t end = id_end(text, at);
        if (text.substr(at, end - at) == "contains" && !after_dot) type = TokenType::comparison;
        return end;
    }
    if (c == '"' || c == '\'') {
        type = TokenType::string;
        std::size_t close = text.find(c, at + 1);
        return close == std::string_view::npos ? 0 : close + 1;
    }
    return 0;
}
}  // namespace

std::string_view name_of(TokenType type) {
    static constexpr std::string_view NAMES[] = {
        "pipe",
        "dot",
        "colon",
        "comma",
        "open_square",
        "close_square",
        "open_round",
        "close_round",
        "question",
        "dash",
        "dotdot",
        "comparison",
        "string",
        "number",
        "id",
        "end_of_string"
    };
    return NAMES[static_cast<std::size_t>(type)];
}

TokenParser::TokenParser(
    std::string_view markup,
    Arena& arena,
    std::vector<Token>& storage,
    std::uint32_t depth_max,
    bool allow_bare_brackets
)
    : tokens_(storage),
      arena_(arena),
      depth_max_(depth_max),
      allow_bare_brackets_(allow_bare_brackets) {
    tokens_.clear();
    tokenize(markup);
}

void TokenParser::tokenize(std::string_view markup) {
    std::size_t at = 0;
    while (true) {
        while (at < markup.size() && utf8::is_space(markup[at])) ++at;
        if (at == markup.size()) break;
        TokenType type = TokenType::id;
        bool after_dot = !tokens_.empty() && tokens_.back().type == TokenType::dot;
        std::size_t end = token_end(markup, at, type, after_dot);
        if (end == 0) {
            std::string_view character = markup.substr(at, utf8::width(markup, at));
            refuse("Unexpected character " + std::string(character));
        }
        if (tokens_.size() == PARTS_MAX) throw LimitReached{};
        tokens_.push_back({type, markup.substr(at, end - at)});
        at = end;
    }
    tokens_.push_back({TokenType::end_of_string, markup.substr(markup.size())});
}

std::string_view TokenParser::consume(TokenType type) {
    if (tokens_[at_].type != type) {
        refuse(
            "Expected " + std::string(name_of(type)) + " but found " +
            std::string(name_of(tokens_[at_].type))
        );
    }
    // The end is never passed.
    return type == TokenType::end_of_string ? tokens_[at_].text : tokens_[at_++].text;
}

bool TokenParser::consume_if(TokenType type) {
    if (tokens_[at_].type != type || type == TokenType::end_of_string) return false;
    ++at_;
    return true;
}

bool TokenParser::id_if(std::string_view name) {
    if (tokens_[at_].type != TokenType::id || tokens_[at_].text != name) return false;
    ++at_;
    return true;
}

bool TokenParser::look(TokenType type, std::size_t ahead) const {
    return at_ + ahead < tokens_.size() && tokens_[at_ + ahead].type == type;
}

std::string_view TokenParser::expression() {
    std::size_t first = at_;
    walk_expression(0);
    return joined(first, at_, false);
}

std::string_view TokenParser::argument() {
    std::size_t first = at_;
    bool keyword = look(TokenType::id) && look(TokenType::colon, 1);
    if (keyword) at_ += 2;
    walk_expression(0);
    return joined(first, at_, keyword);
}

void TokenParser::walk_expression(std::uint32_t depth) {
    if (depth > depth_max_) throw Error(ErrorType::stack_level, std::string(messages::NESTING));
    switch (tokens_[at_].type) {
        case TokenType::id:
            ++at_;
            return walk_lookups(depth);
        case TokenType::string:
        case TokenType::number:
            ++at_;
            return;
        case TokenType::open_square:
            if (!allow_bare_brackets_) refuse(std::string(messages::BARE_BRACKET));
            ++at_;
            walk_expression(depth + 1);
            consume(TokenType::close_square);
            return walk_lookups(depth);
        case TokenType::open_round:
            ++at_;
            walk_expression(depth + 1);
            consume(TokenType::dotdot);
            walk_expression(depth + 1);
            consume(TokenType::close_round);
            return;
        default:
            break;
    }
    std::string shown = "[:" + std::string(name_of(tokens_[at_].type));
    if (tokens_[at_].type != TokenType::end_of_string) {
        shown += ", \"";
        for (char c : tokens_[at_].text) shown += c == '"' ? "\\\"" : std::string(1, c);
        shown += '"';
    }
    refuse(shown + "] is not a valid expression");
}

void TokenParser::walk_lookups(std::uint32_t depth) {
    while (true) {
        if (consume_if(TokenType::open_square)) {
            walk_expression(depth + 1);
            consume(TokenType::close_square);
        } else if (consume_if(TokenType::dot)) {
            consume(TokenType::id);
        } else {
            return;
        }
    }
}

std::string_view TokenParser::joined(std::size_t first, std::size_t last, bool keyword) {
    const char* begin = tokens_[first].text.data();
    std::string_view tail = tokens_[last - 1].text;
    auto span = static_cast<std::size_t>(tail.data() + tail.size() - begin);
    std::size_t bytes = 0;
    for (std::size_t i = first; i < last; ++i) bytes += tokens_[i].text.size();
    if (bytes == span && !keyword) return {begin, bytes};
    char* text = arena_.text(bytes + 1);
    char* at = text;
    for (std::size_t i = first; i < last; ++i) {
        at = std::copy(tokens_[i].text.begin(), tokens_[i].text.end(), at);
        if (keyword && i == first + 1) *at++ = ' ';
    }
    return {text, static_cast<std::size_t>(at - text)};
}

}  // namespace liquid
