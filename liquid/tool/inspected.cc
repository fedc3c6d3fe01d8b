#include "tool/inspected.h"

#include "tool/json.h"

#include <string>

namespace liquid::tool {
namespace {
constexpr int DEPTH_MAX = 64;

// A letter behind a backslash.
char escaped(char c) {
    static constexpr std::string_view LETTERS = "abefnrtv";
    static constexpr std::string_view MEANT = "\a\b\x1b\f\n\r\t\v";
    std::size_t found = LETTERS.find(c);
    return found == std::string_view::npos ? c : MEANT[found];
}
}  // namespace

Value InspectedHash::next(std::string_view name) {
    spaces();
    Value key = this->key(name);
    skip_entry();
    return key;
}

Value InspectedHash::key(std::string_view name) {
    std::size_t start = at_;
    Value key;
    if (peek() == '"') {
        text();
        key = peek() == ':' ? Value::symbol(name) : Value(name);
    } else if (peek() == ':') {
        key = Value::symbol(name);
    } else if (peek() == '[' || peek() == '{') {
        if (!value(key, 0)) key = {};
    } else {
        std::string_view written = bare();
        key = peek() == ':' ? Value::symbol(name) : word(written);
        if (key.is(Kind::string)) key = name;
    }
    at_ = start;
    return key;
}

// Moves behind a key and its value. Objects, which look like #<A @b=1, @c={}>, may be in both.
void InspectedHash::skip_entry() {
    std::string open;
    for (; at_ < text_.size(); ++at_) {
        char c = text_[at_];
        if (c == '"') {
            text();
            --at_;
        } else if (c == '[' || c == '{' || (c == '<' && at_ > 0 && text_[at_ - 1] == '#')) {
            open += c;
        } else if (c == ']' || c == '}' || (c == '>' && open.ends_with('<'))) {
            if (open.empty()) return;
            open.pop_back();
        } else if (c == ',' && open.empty()) {
            ++at_;
            return;
        }
    }
}

bool InspectedHash::value(Value& value, int depth) {
    spaces();
    if (depth > DEPTH_MAX || at_ >= text_.size()) return false;
    if (peek() == '[') return list(value, depth);
    if (peek() == '{') return hash(value, depth);
    if (peek() == '"') return value = text(), true;
    if (eat(':')) return value = Value::symbol(peek() == '"' ? text() : bare()), true;
    std::string_view written = bare();
    value = word(written);
    return !written.empty();
}

bool InspectedHash::list(Value& value, int depth) {
    ++at_;
    Array* items = arena_.array();
    value = items;
    if (eat(']')) return true;
    do {
        Value item;
        if (!this->value(item, depth + 1)) return false;
        items->push(item);
    } while (eat(','));
    return eat(']');
}

bool InspectedHash::hash(Value& value, int depth) {
    ++at_;
    Hash* entries = arena_.hash();
    value = entries;
    if (eat('}')) return true;
    do {
        Value key;
        Value entry;
        if (!pair_key(key, depth + 1) || !this->value(entry, depth + 1)) return false;
        entries->set(key, entry);
    } while (eat(','));
    return eat('}');
}

// a: or :a=> or 1 =>
bool InspectedHash::pair_key(Value& key, int depth) {
    spaces();
    std::size_t start = at_;
    if (!value(key, depth)) return false;
    if (peek() == ':') {
        std::string_view written = text_.substr(start, at_ - start);
        key = Value::symbol(key.is(Kind::string) ? key.string() : written);
        return eat(':');
    }
    return eat('=') && eat('>');
}

// nil, true, false, a number or a range of two; else the text as it stands.
Value InspectedHash::word(std::string_view written) {
    if (written == "nil") return {};
    if (std::size_t dots = written.find(".."); dots != std::string_view::npos) {
        auto first = read_json(written.substr(0, dots), arena_);
        auto last = read_json(written.substr(dots + 2), arena_);
        bool counted = first && last && first->is(Kind::integer) && last->is(Kind::integer);
        return counted ? Value(arena_.make<Range>(Range{*first, *last})) : Value(written);
    }
    auto read = read_json(written, arena_);
    bool plain = read && (read->is(Kind::integer) || read->is(Kind::real) ||
                          read->is(Kind::big_integer) || read->is(Kind::boolean));
    return plain ? *read : Value(written);
}

std::string_view InspectedHash::text() {
    std::string made;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
        if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
            made += escaped(text_[++at_]);
        } else {
            made += text_[at_];
        }
    }
    if (at_ < text_.size()) ++at_;
    return arena_.copy(made);
}

std::string_view InspectedHash::bare() {
    std::size_t start = at_;
    at_ = std::min(text_.find_first_of(" ,=:]}", at_), text_.size());
    return text_.substr(start, at_ - start);
}

void InspectedHash::spaces() {
    while (peek() == ' ') ++at_;
}

bool InspectedHash::eat(char c) {
    spaces();
    if (peek() != c) return false;
    ++at_;
    return true;
}

}  // namespace liquid::tool
