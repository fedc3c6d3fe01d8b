#include "lax.h"

#include "lexer.h"
#include "utf8.h"

#include <algorithm>

namespace liquid::lax {
namespace {
bool plain(char c) {
    return !utf8::is_space(c) && c != ',' && c != '|' && c != '\'' && c != '"';
}
bool quote(char c) {
    return c == '"' || c == '\'';
}

// The run of the second kind: plain characters and quoted strings.
std::size_t run_end(std::string_view text, std::size_t at) {
    std::size_t start = at;
    while (at < text.size()) {
        if (plain(text[at])) {
            ++at;
        } else if (quote(text[at])) {
            std::size_t end = quoted_string_end(text, at);
            if (end == NONE) break;
            at = end;
        } else {
            break;
        }
    }
    return at == start ? NONE : at;
}

template <class T>
void add(std::vector<T>& list, T item) {
    if (list.size() == PARTS_MAX) throw LimitReached{};
    list.push_back(std::move(item));
}

bool word_boundary(std::string_view text, std::size_t at) {
    bool before = at > 0 && utf8::is_word(text[at - 1]);
    bool after = at < text.size() && utf8::is_word(text[at]);
    return before != after;
}

// \b(?:\s?and\s?|\s?or\s?)\b at `at`: its end, or NONE.
std::size_t operator_end(std::string_view text, std::size_t at) {
    if (!word_boundary(text, at)) return NONE;
    for (std::string_view word : {std::string_view("and"), std::string_view("or")}) {
        std::size_t start = at;
        if (start < text.size() && utf8::is_space(text[start])) ++start;
        if (text.substr(start, word.size()) != word) continue;
        std::size_t end = start + word.size();
        if (end < text.size() && utf8::is_space(text[end]) && word_boundary(text, end + 1)) {
            return end + 1;
        }
        if (word_boundary(text, end)) return end;
    }
    return NONE;
}
}  // namespace

std::size_t quoted_string_end(std::string_view text, std::size_t at) {
    if (at >= text.size() || !quote(text[at])) return NONE;
    std::size_t close = text.find(text[at], at + 1);
    return close == std::string_view::npos ? NONE : close + 1;
}

std::size_t fragment_end(std::string_view text, std::size_t at) {
    if (std::size_t end = quoted_string_end(text, at); end != NONE) return end;
    return run_end(text, at);
}

std::size_t fragments_end(std::string_view text, std::size_t at) {
    std::size_t end = NONE;
    for (std::size_t next = fragment_end(text, at); next != NONE; next = fragment_end(text, next)) {
        end = next;
    }
    return end;
}

bool find_fragment(std::string_view text, std::size_t at, std::size_t& start, std::size_t& end) {
    for (; at < text.size(); ++at) {
        end = fragment_end(text, at);
        if (end != NONE) return start = at, true;
    }
    return false;
}

std::size_t segment_end(std::string_view text, std::size_t at) {
    std::size_t start = at;
    while (at < text.size() && (utf8::is_word(text[at]) || text[at] == '-')) ++at;
    return at == start ? NONE : at;
}

std::size_t skip_space(std::string_view text, std::size_t at) {
    while (at < text.size() && utf8::is_space(text[at])) ++at;
    return at;
}

std::size_t word_end(std::string_view text, std::size_t at) {
    while (at < text.size() && utf8::is_word(text[at])) ++at;
    return at;
}

std::vector<Attribute> attributes(std::string_view text) {
    std::vector<Attribute> found;
    for (std::size_t at = 0; at < text.size();) {
        if (!utf8::is_word(text[at])) {
            ++at;
            continue;
        }
        std::size_t name_end = segment_end(text, at);
        std::size_t colon = skip_space(text, name_end);
        if (colon >= text.size() || text[colon] != ':') {
            at = name_end;
            continue;
        }
        std::size_t value = skip_space(text, colon + 1);
        std::size_t end = fragment_end(text, value);
        if (end == NONE) {
            at = colon + 1;
            continue;
        }
        add(found, {text.substr(at, name_end - at), text.substr(value, end - value)});
        at = end;
    }
    return found;
}

bool is_attribute(std::string_view text, Attribute& attribute) {
    if (text.empty() || !utf8::is_word(text[0])) return false;
    std::size_t name_end = segment_end(text, 0);
    std::size_t colon = skip_space(text, name_end);
    if (colon >= text.size() || text[colon] != ':') return false;
    std::size_t value = skip_space(text, colon + 1);
    std::size_t end = fragment_end(text, value);
    // The value may have to be a run that begins with a quoted string to reach the end.
    if (end != NONE && end != text.size()) end = run_end(text, value);
    if (end != text.size()) return false;
    attribute = {text.substr(0, name_end), text.substr(value)};
    return true;
}

void lookups(std::string_view text, std::vector<std::string_view>& found) {
    found.clear();
    // Pairs every [ with its ] in one pass; NONE for those without.
    std::vector<std::size_t> closing;
    if (text.find('[') != std::string_view::npos) {
        constexpr std::size_t BRACKETED_BYTES_MAX = 128 * 1024;
        if (text.size() > BRACKETED_BYTES_MAX) throw LimitReached{};
        closing.assign(text.size(), NONE);
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '[') open.push_back(i);
            if (text[i] == ']' && !open.empty()) closing[open.back()] = i, open.pop_back();
        }
    }
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '[' && closing[at] != NONE) {
            add(found, text.substr(at, closing[at] + 1 - at));
            at = closing[at] + 1;
        } else if (std::size_t end = segment_end(text, at); end != NONE) {
            if (end < text.size() && text[end] == '?') ++end;
            add(found, text.substr(at, end - at));
            at = end;
        } else {
            ++at;
        }
    }
}

bool comparison(std::string_view text, Comparison& found) {
    std::size_t start = 0;
    std::size_t end = 0;
    if (!find_fragment(text, 0, start, end)) return false;
    found.left = text.substr(start, end - start);
    std::size_t op = skip_space(text, end);
    std::size_t op_end = op;
    auto operator_character = [](char c) {
        return c == '=' || c == '!' || c == '<' || c == '>' || c == '_' || (c >= 'a' && c <= 'z');
    };
    while (op_end < text.size() && operator_character(text[op_end])) ++op_end;
    found.op = text.substr(op, op_end - op);
    std::size_t right = skip_space(text, op_end);
    std::size_t right_end = fragment_end(text, right);
    found.has_right = right_end != NONE;
    if (found.has_right) found.right = text.substr(right, right_end - right);
    return true;
}

std::vector<std::string_view> conditions(std::string_view text) {
    std::vector<std::string_view> found;
    for (std::size_t at = 0; at < text.size();) {
        if (std::size_t end = operator_end(text, at); end != NONE) {
            add(found, text.substr(at, end - at));
            at = end;
            continue;
        }
        std::size_t start = at;
        std::size_t good = at;
        while (true) {
            std::size_t next = skip_space(text, good);
            // With blanks given back the operator may fail to match where it stands, but then it
            // matches one blank earlier; so looking here alone is enough.
            if (next >= text.size() || operator_end(text, next) != NONE) break;
            std::size_t end = fragment_end(text, next);
            if (end == NONE) {
                for (end = next; end < text.size() && !utf8::is_space(text[end]);) ++end;
            }
            good = skip_space(text, end);
        }
        if (good == start) {  // blanks at the end, or in front of an operator
            at = std::max(skip_space(text, start), start + 1);
        } else {
            add(found, text.substr(start, good - start));
            at = good;
        }
    }
    return found;
}

std::vector<Filter> filters(std::string_view text) {
    std::vector<Filter> found;
    for (std::size_t at = 0; at < text.size();) {
        // One piece: blanks, fragments and commas.
        std::size_t start = at;
        while (at < text.size()) {
            if (utf8::is_space(text[at]) || text[at] == ',') {
                ++at;
            } else if (std::size_t end = fragment_end(text, at); end != NONE) {
                at = end;
            } else {
                break;
            }
        }
        if (at == start) {
            ++at;
            continue;
        }
        std::string_view piece = text.substr(start, at - start);
        std::size_t name = 0;
        while (name < piece.size() && !utf8::is_word(piece[name])) ++name;
        if (name == piece.size()) continue;
        Filter filter{piece.substr(name, word_end(piece, name) - name), {}};
        for (std::size_t i = 0; i < piece.size();) {
            if (piece[i] != ':' && piece[i] != ',') {
                ++i;
                continue;
            }
            std::size_t argument = skip_space(piece, i + 1);
            std::size_t value = argument;
            std::size_t keyword = word_end(piece, argument);
            std::size_t colon = skip_space(piece, keyword);
            std::size_t end = NONE;
            if (keyword != argument && colon < piece.size() && piece[colon] == ':') {
                value = skip_space(piece, colon + 1);
                end = fragment_end(piece, value);
            }
            if (end == NONE) end = fragment_end(piece, argument);
            if (end == NONE) {
                ++i;
                continue;
            }
            add(filter.arguments, piece.substr(argument, end - argument));
            i = end;
        }
        add(found, std::move(filter));
    }
    return found;
}

bool cycle_name(std::string_view text, std::string_view& name, std::string_view& rest) {
    auto named = [&](std::size_t end) {
        std::size_t colon = skip_space(text, end);
        if (end == 0 || colon >= text.size() || text[colon] != ':') return false;
        name = text.substr(0, end);
        rest = text.substr(skip_space(text, colon + 1));
        return true;
    };
    if (std::size_t end = quoted_string_end(text, 0); end != NONE && named(end)) return true;
    std::size_t end = run_end(text, 0);
    if (end == NONE) return false;
    if (named(end)) return true;
    // The run may have swallowed the colon itself: the last one outside of quotes counts.
    std::size_t last = NONE;
    for (std::size_t at = 0; at < end;) {
        if (quote(text[at])) {
            at = quoted_string_end(text, at);
            continue;
        }
        if (text[at] == ':') last = at;
        ++at;
    }
    return last != NONE && last != 0 && named(last);
}

}  // namespace liquid::lax
