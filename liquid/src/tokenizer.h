// Cuts a source into text, {% tags %} and {{ variables }}.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace liquid {

class Tokenizer {
public:
    // A {% liquid %} tag has one tag a line.
    Tokenizer(std::string_view source, std::uint32_t line, bool for_liquid_tag);

    // The next token, counting the lines in it; nullopt at the end.
    std::optional<std::string_view> shift();
    std::uint32_t line() const { return line_; }
    // Nothing that is left can close a block.
    bool no_tag_ends() const { return no_tag_ends_; }
    bool for_liquid_tag() const { return for_liquid_tag_; }

private:
    std::string_view next();
    std::string_view next_line();
    std::string_view next_text();
    std::string_view next_tag(std::size_t start);
    std::string_view next_variable(std::size_t start);
    bool closes_later();
    std::size_t find_tag_end(std::size_t at);
    std::size_t find_brace(std::size_t at) const;

    std::string_view source_;
    std::size_t at_ = 0;
    std::uint32_t line_;
    bool for_liquid_tag_;
    bool no_tag_ends_ = false;  // no %} is left, so nothing is searched for it again
};

}  // namespace liquid
