// The strict grammar: markup as a list of tokens.
#pragma once
#include "liquid/arena.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liquid {

enum class TokenType : std::uint8_t {
    pipe,
    dot,
    colon,
    comma,
    open_square,
    close_square,
    open_round,
    close_round,
    question,
    dash,
    dotdot,
    comparison,
    string,
    number,
    id,
    end_of_string,
};
std::string_view name_of(TokenType type);

// No markup has more tokens, filters or attributes than so many: a list of them stays small,
// however long the source may be.
inline constexpr std::size_t PARTS_MAX = 32 * 1024;

struct Token {
    TokenType type;
    std::string_view text;
};

// Walks through the tokens of one markup; throws Error(syntax) with the reference's words.
class TokenParser {
public:
    // The tokens are kept in `storage`, which serves one parser at a time.
    TokenParser(
        std::string_view markup,
        Arena& arena,
        std::vector<Token>& storage,
        std::uint32_t depth_max,
        bool allow_bare_brackets
    );

    std::string_view consume(TokenType type);
    std::string_view consume() { return tokens_[at_++].text; }
    // Empty if the next token is of another type; else its text.
    bool consume_if(TokenType type);
    bool id_if(std::string_view name);
    bool look(TokenType type, std::size_t ahead = 0) const;
    std::string_view text() const { return tokens_[at_].text; }

    // The markup of one expression, without the whitespace between its tokens.
    std::string_view expression();
    // The same, with "name: " in front if it is a keyword argument.
    std::string_view argument();

private:
    void tokenize(std::string_view markup);
    void walk_expression(std::uint32_t depth);
    void walk_lookups(std::uint32_t depth);
    std::string_view joined(std::size_t first, std::size_t last, bool keyword);

    std::vector<Token>& tokens_;
    std::size_t at_ = 0;
    Arena& arena_;
    std::uint32_t depth_max_;
    bool allow_bare_brackets_;
};

}  // namespace liquid
