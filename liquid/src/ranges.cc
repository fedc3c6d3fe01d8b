// Ranges that can't be computed by place: from integers of any size, and those whose ends are
// texts, which come with the data as no template can name one.
#include "filters.h"
#include "messages.h"
#include "utf8.h"

#include <algorithm>

namespace liquid {
namespace {
constexpr std::size_t DIGITS_MAX = 18;  // what surely fits into 64 bits

bool all_digits(std::string_view text) {
    return !text.empty() && text.size() <= DIGITS_MAX &&
           std::all_of(text.begin(), text.end(), utf8::is_digit);
}

bool letter_or_digit(char c) {
    return utf8::is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Ruby's succ of letters and digits: az, ba; Zz, AAa; 9, 10.
std::string successor(std::string text) {
    for (std::size_t at = text.size(); at-- > 0;) {
        char& c = text[at];
        if (c != '9' && c != 'z' && c != 'Z') return ++c, text;
        c = c == '9' ? '0' : c == 'z' ? 'a' : 'A';
    }
    text.insert(text.begin(), text[0] == '0' ? '1' : text[0]);
    return text;
}

void push(Array& items, std::string_view text, Render& render) {
    render.step(1 + text.size() / 64);
    items.push(render.scratch().copy(text));
}

void push_numbers(Array& items, std::string_view first, std::string_view last, Render& render) {
    std::int64_t end = integer_prefix(last).integer();
    for (std::int64_t i = integer_prefix(first).integer(); i <= end; ++i) {
        std::string text = std::to_string(i);
        if (text.size() < first.size()) text.insert(0, first.size() - text.size(), '0');
        push(items, text, render);
    }
}

void push_integers(Array& items, Big first, const Big& last, Render& render) {
    for (; compare(first, last) <= 0; first = first + Big(1)) {
        render.step(1 + first.limbs.size() / 4);
        items.push(value_of(first, render));
    }
}

void push_words(Array& items, std::string_view first, std::string_view last, Render& render) {
    if (first > last) return;
    std::string after = successor(std::string(last));
    for (std::string word(first); word != after; word = successor(word)) {
        push(items, word, render);
        if (word == last || word.size() > last.size()) return;
    }
}
}  // namespace

Array& range_items(const Range& range, Render& render) {
    Array* items = render.scratch().array();
    if (whole(range)) {
        push_integers(*items, big_of(range.first, render), big_of(range.last, render), render);
        return *items;
    }
    if (!range.first.is(Kind::string) || !range.last.is(Kind::string)) {
        throw Error(ErrorType::internal, std::string(messages::INTERNAL));
    }
    std::string_view first = range.first.string();
    std::string_view last = range.last.string();
    if (first.size() == 1 && last.size() == 1) {
        for (int c = static_cast<unsigned char>(first[0]); c <= static_cast<unsigned char>(last[0]);
             ++c) {
            char text = static_cast<char>(c);
            push(*items, {&text, 1}, render);
        }
    } else if (all_digits(first) && all_digits(last)) {
        push_numbers(*items, first, last, render);
    } else if (!first.empty() && std::all_of(first.begin(), first.end(), letter_or_digit) &&
               std::all_of(last.begin(), last.end(), letter_or_digit)) {
        push_words(*items, first, last, render);
    } else if (first <= last) {
        throw LimitReached{};  // Ruby walks through these too; nobody has asked for them
    }
    return *items;
}

}  // namespace liquid
