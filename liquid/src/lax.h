// The lax grammar: what the reference finds with regular expressions, found by hand in one pass.
#pragma once
#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

namespace liquid::lax {

inline constexpr std::size_t NONE = static_cast<std::size_t>(-1);

// "…" or '…' at `at`: where it ends, or NONE.
std::size_t quoted_string_end(std::string_view text, std::size_t at);
// A quoted string, or a run without blanks, commas, pipes and loose quotes.
std::size_t fragment_end(std::string_view text, std::size_t at);
// One such after another.
std::size_t fragments_end(std::string_view text, std::size_t at);
// The first fragment at or behind `at`; false if there is none.
bool find_fragment(std::string_view text, std::size_t at, std::size_t& start, std::size_t& end);
// Letters, digits, _ and -.
std::size_t segment_end(std::string_view text, std::size_t at);
std::size_t skip_space(std::string_view text, std::size_t at);
std::size_t word_end(std::string_view text, std::size_t at);

// name: value, wherever it stands.
struct Attribute {
    std::string_view name;
    std::string_view value;
};
std::vector<Attribute> attributes(std::string_view text);
// The whole text is one attribute.
bool is_attribute(std::string_view text, Attribute& attribute);

// The pieces of `a.b["c"][d]`, brackets included.
void lookups(std::string_view text, std::vector<std::string_view>& found);

// `left op right`: the parts of one comparison.
struct Comparison {
    std::string_view left, op, right;
    bool has_right = false;
};
bool comparison(std::string_view text, Comparison& found);
// Comparisons and the `and` and `or` between them, in turn.
std::vector<std::string_view> conditions(std::string_view text);

// The filters behind a value: name and arguments as written.
struct Filter {
    std::string_view name;
    std::vector<std::string_view> arguments;
};
std::vector<Filter> filters(std::string_view text);

// `name: ` in front of the values of a cycle.
bool cycle_name(std::string_view text, std::string_view& name, std::string_view& rest);

}  // namespace liquid::lax
