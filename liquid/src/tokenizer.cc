#include "tokenizer.h"

#include <algorithm>

namespace liquid {

Tokenizer::Tokenizer(std::string_view source, std::uint32_t line, bool for_liquid_tag)
    : source_(source), line_(line), for_liquid_tag_(for_liquid_tag) {
    // Ruby's split drops empty lines at the end; they would count as lines.
    while (for_liquid_tag && !source_.empty() && source_.back() == '\n') source_.remove_suffix(1);
}

std::optional<std::string_view> Tokenizer::shift() {
    if (at_ >= source_.size()) return std::nullopt;
    if (for_liquid_tag_) {
        ++line_;
        return next_line();
    }
    std::string_view token = next();
    line_ += static_cast<std::uint32_t>(std::count(token.begin(), token.end(), '\n'));
    return token;
}

std::string_view Tokenizer::next_line() {
    std::size_t start = at_;
    std::size_t end = std::min(source_.find('\n', start), source_.size());
    at_ = end + 1;
    return source_.substr(start, end - start);
}

std::string_view Tokenizer::next() {
    if (source_[at_] == '{' && at_ + 1 < source_.size()) {
        std::size_t start = at_;
        if (source_[at_ + 1] == '%') return at_ += 2, next_tag(start);
        if (source_[at_ + 1] == '{') return at_ += 2, next_variable(start);
    }
    return next_text();
}

std::string_view Tokenizer::next_text() {
    std::size_t start = at_;
    std::size_t found = start;
    while (true) {
        found = source_.find('{', found);
        if (found == std::string_view::npos || found + 1 >= source_.size()) {
            at_ = source_.size();
            return source_.substr(start);
        }
        if (source_[found + 1] == '{' || source_[found + 1] == '%') break;
        ++found;
    }
    at_ = found;
    return source_.substr(start, found - start);
}

std::string_view Tokenizer::next_tag(std::size_t start) {
    std::size_t end = find_tag_end(at_);
    if (end == std::string_view::npos) return source_.substr(start, 2);
    at_ = end + 2;
    return source_.substr(start, at_ - start);
}

std::size_t Tokenizer::find_tag_end(std::size_t at) {
    if (no_tag_ends_) return std::string_view::npos;
    while ((at = source_.find('%', at)) != std::string_view::npos) {
        while (at < source_.size() && source_[at] == '%') ++at;
        if (at < source_.size() && source_[at] == '}') return at - 1;
    }
    no_tag_ends_ = true;
    return std::string_view::npos;
}

std::size_t Tokenizer::find_brace(std::size_t at) const {
    for (; at < source_.size(); ++at) {
        if (source_[at] == '{' || source_[at] == '}') return at;
    }
    return std::string_view::npos;
}

// Behind a } that has its { the variable may still end as it should before anything else begins;
// at_ is then on its last character.
bool Tokenizer::closes_later() {
    std::size_t found = find_brace(at_);
    while (found != std::string_view::npos && found + 1 < source_.size()) {
        char next = source_[found + 1];
        if (source_[found] == '}' && next == '}') return at_ = found + 1, true;
        if (source_[found] == '{' && (next == '{' || next == '%')) return false;
        found = find_brace(found + 1);
    }
    return false;
}

// A variable ends at }}; an incomplete end makes a token that the parser refuses. A {% before it
// turns the token into a tag.
std::string_view Tokenizer::next_variable(std::size_t start) {
    bool open = false;  // a { stands within
    while (true) {
        std::size_t found = find_brace(at_);
        if (found == std::string_view::npos) {
            at_ = source_.size();
            return source_.substr(start, 2);
        }
        at_ = found + 1;
        char first = source_[found];
        if (at_ == source_.size()) return source_.substr(start, first == '}' ? at_ - start : 2);
        char second = source_[at_];
        if (first == '}') {
            if (second == '}' || (open && closes_later())) ++at_;
            return source_.substr(start, at_ - start);
        }
        if (second == '%') {
            std::size_t end = find_tag_end(at_ + 1);
            if (end == std::string_view::npos) return at_ += 1, source_.substr(start, at_ - start);
            at_ = end + 2;
            return source_.substr(start, at_ - start);
        }
        open = true;
    }
}

}  // namespace liquid
