#include "tool/json.h"

#include "src/big.h"
#include "src/text.h"
#include "src/utf8.h"

#include <charconv>
#include <cmath>
#include <cstdlib>

namespace liquid::tool {
namespace {
constexpr int DEPTH_MAX = 512;

class Reader {
public:
    Reader(std::string_view text, Arena& arena) : text_(text), arena_(arena) {}

    std::optional<Value> read() {
        Value value;
        if (!this->value(value, 0)) return std::nullopt;
        skip();
        if (at_ != text_.size()) return std::nullopt;
        return value;
    }

private:
    void skip() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' ||
                                      text_[at_] == '\n' || text_[at_] == '\r')) {
            ++at_;
        }
    }
    bool eat(char c) {
        skip();
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    bool word(std::string_view wanted) {
        if (text_.substr(at_, wanted.size()) != wanted) return false;
        at_ += wanted.size();
        return true;
    }

    bool value(Value& value, int depth) {
        skip();
        if (at_ >= text_.size() || depth > DEPTH_MAX) return false;
        switch (text_[at_]) {
            case '{':
                return object(value, depth);
            case '[':
                return array(value, depth);
            case '"':
                return string(value);
            case 't':
                value = true;
                return word("true");
            case 'f':
                value = false;
                return word("false");
            case 'n':
                value = {};
                return word("null");
            default:
                return number(value);
        }
    }

    bool object(Value& value, int depth) {
        ++at_;
        Hash* hash = arena_.hash();
        value = hash;
        if (eat('}')) return true;
        do {
            Value key;
            Value entry;
            skip();
            if (at_ >= text_.size() || text_[at_] != '"' || !string(key) || !eat(':') ||
                !this->value(entry, depth + 1)) {
                return false;
            }
            hash->set(key, entry);
        } while (eat(','));
        return eat('}');
    }

    bool array(Value& value, int depth) {
        ++at_;
        Array* array = arena_.array();
        value = array;
        if (eat(']')) return true;
        do {
            Value item;
            if (!this->value(item, depth + 1)) return false;
            array->push(item);
        } while (eat(','));
        return eat(']');
    }

    bool next(char c) {
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    bool digits() {
        std::size_t start = at_;
        while (at_ < text_.size() && utf8::is_digit(text_[at_])) ++at_;
        return at_ > start;
    }

    // Moves behind a number as RFC 8259 writes it. Only a real one has a fraction or an exponent.
    bool number_text(bool& real) {
        next('-');
        std::size_t start = at_;
        if (!digits() || (text_[start] == '0' && at_ > start + 1)) return false;
        if (next('.')) {
            real = true;
            if (!digits()) return false;
        }
        if (next('e') || next('E')) {
            real = true;
            if (!next('+')) next('-');
            return digits();
        }
        return true;
    }

    bool number(Value& value) {
        std::size_t start = at_;
        bool real = false;
        if (!number_text(real)) return false;
        std::string_view written = text_.substr(start, at_ - start);
        const char* end = written.data() + written.size();
        if (real) {
            double parsed = 0;
            if (std::from_chars(written.data(), end, parsed).ec == std::errc::result_out_of_range) {
                parsed = std::strtod(std::string(written).c_str(), nullptr);  // 0 or infinite
            }
            value = parsed;
            return true;
        }
        std::int64_t small = 0;
        if (std::from_chars(written.data(), end, small).ec == std::errc()) {
            value = small;
        } else {
            constexpr std::size_t DIGITS_MAX = 19'000;  // what the engine computes with
            if (written.size() > DIGITS_MAX) return false;
            value = arena_.make<BigInteger>(Big::parse(written));
        }
        return true;
    }

    bool string(Value& value) {
        ++at_;
        std::string made;
        while (at_ < text_.size() && text_[at_] != '"') {
            if (static_cast<unsigned char>(text_[at_]) < 0x20) return false;
            if (text_[at_] != '\\') {
                made += text_[at_++];
                continue;
            }
            if (at_ + 1 >= text_.size()) return false;
            char c = text_[at_ + 1];
            at_ += 2;
            static constexpr std::string_view LETTERS = "bfnrt\"\\/";
            static constexpr std::string_view MEANT = "\b\f\n\r\t\"\\/";
            if (std::size_t found = LETTERS.find(c); found != std::string_view::npos) {
                made += MEANT[found];
            } else if (c == 'u') {
                std::uint32_t point = 0;
                if (!code_point(point)) return false;
                utf8::append(made, point);
            } else {
                return false;
            }
        }
        if (at_ >= text_.size()) return false;
        ++at_;
        value = arena_.copy(made);
        return true;
    }

    bool four_digits(std::uint32_t& value) {
        if (at_ + 4 > text_.size()) return false;
        const char* begin = text_.data() + at_;
        auto result = std::from_chars(begin, begin + 4, value, 16);
        at_ += 4;
        return result.ec == std::errc() && result.ptr == begin + 4;
    }

    bool code_point(std::uint32_t& point) {
        if (!four_digits(point)) return false;
        std::size_t behind = at_;
        if (point >= 0xd800 && point < 0xdc00 && word("\\u")) {
            std::uint32_t low = 0;
            if (!four_digits(low)) return false;
            if (low >= 0xdc00 && low < 0xe000) {
                point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
            } else {
                at_ = behind;  // half a pair; what follows stands for itself
            }
        }
        if (point >= 0xd800 && point < 0xe000) point = 0xfffd;
        return true;
    }

    std::string_view text_;
    Arena& arena_;
    std::size_t at_ = 0;
};
}  // namespace

std::optional<Value> read_json(std::string_view text, Arena& arena) {
    return Reader(text, arena).read();
}

void write_json_string(std::string_view value, std::string& text) {
    text += '"';
    for (std::size_t at = 0; at < value.size();) {
        std::size_t bytes = 1;
        std::int32_t point = utf8::decode(value, at, bytes);
        if (point < 0) {
            text += "\xef\xbf\xbd";
        } else if (point == '"' || point == '\\') {
            text += '\\';
            text += static_cast<char>(point);
        } else if (point < 0x20) {
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(point));
            text += escaped;
        } else {
            text += value.substr(at, bytes);
        }
        at += bytes;
    }
    text += '"';
}

void write_json_key(const Value& key, std::string& text) {
    if (key.is(Kind::string) || key.is(Kind::symbol)) return write_json_string(key.string(), text);
    std::string written;
    write_json(key, written);
    write_json_string(written, text);
}

void write_json(const Value& value, std::string& text) {
    switch (value.kind()) {
        case Kind::boolean:
            text += value.boolean() ? "true" : "false";
            return;
        case Kind::integer:
            text += text_of(value.integer()).view();
            return;
        case Kind::big_integer:
            text += value.big_integer().value.text();
            return;
        case Kind::real:
            text += std::isfinite(value.real()) ? text_of(value.real()).view() : "null";
            return;
        case Kind::string:
        case Kind::symbol:
            write_json_string(value.string(), text);
            return;
        case Kind::array: {
            text += '[';
            bool first = true;
            for (const Value& item : value.array()) {
                if (!first) text += ',';
                first = false;
                write_json(item, text);
            }
            text += ']';
            return;
        }
        case Kind::hash: {
            text += '{';
            bool first = true;
            for (const Hash::Entry& entry : value.hash()) {
                if (!first) text += ',';
                first = false;
                write_json_key(entry.key, text);
                text += ':';
                write_json(entry.value, text);
            }
            text += '}';
            return;
        }
        default:
            text += "null";
    }
}

}  // namespace liquid::tool
