// What Ruby's inspected form of a hash tells of its keys: {:a=>1, 2=>3, "c"=>4} or {a: 1, 2 => 3}.
#pragma once
#include "liquid/value.h"

#include <string_view>

namespace liquid::tool {

class InspectedHash {
public:
    InspectedHash(std::string_view text, Arena& arena) : text_(text), arena_(arena) { eat('{'); }

    // The next key; `name` is its to_s. nil if it can't be read.
    Value next(std::string_view name);

private:
    Value key(std::string_view name);
    void skip_entry();
    bool value(Value& value, int depth);
    bool list(Value& value, int depth);
    bool hash(Value& value, int depth);
    bool pair_key(Value& key, int depth);
    Value word(std::string_view written);
    std::string_view text();
    std::string_view bare();
    void spaces();
    bool eat(char c);
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    std::string_view text_;
    Arena& arena_;
    std::size_t at_ = 0;
};

}  // namespace liquid::tool
