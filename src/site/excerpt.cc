#include "site/excerpt.h"

#include "base/text_html.h"

#include <algorithm>
#include <vector>

namespace luster::site {
namespace {

constexpr std::size_t bytes_max = 220;
constexpr std::size_t bytes_before_max = 90;  // of its sentence, before a found word
constexpr std::string_view ellipsis = "…";
// Bounds of the search for the best place, whatever somebody wrote.
constexpr std::size_t words_max = 200;
constexpr std::size_t closing_bytes_max = 16;  // of quotes and brackets after a full stop

bool continues(char c) {  // within a character of UTF-8
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

bool ends_sentence(std::string_view text) {
    text = text.substr(text.size() - std::min(text.size(), closing_bytes_max));
    text = text.substr(0, text.find_last_not_of(" )\"'\x02\x03") + 1);
    for (std::string_view closing : {"”", "“", "’", "»"}) {
        if (text.ends_with(closing)) text.remove_suffix(closing.size());
    }
    return std::ranges::any_of(
        std::initializer_list<std::string_view>{".", "!", "?", ":", "…", "。"},
        [text](auto end) { return text.ends_with(end); }
    );
}

// The texts of a page are parted by line breaks.
bool begins_sentence(std::string_view text, std::size_t at) {
    if (at == 0 || text[at - 1] == '\n') return true;
    return text[at - 1] == ' ' && ends_sentence(text.substr(0, at));
}

bool begins_word(std::string_view text, std::size_t at) {
    return at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n';
}

// Of the sentence of the word at `word`; else of a word before it, but not too far; else of itself.
std::size_t start_for(std::string_view text, std::size_t word) {
    auto first = word - std::min(word, bytes_before_max);
    auto start = word;
    for (auto at = word + 1; at-- > first;) {
        if (begins_sentence(text, at)) return at;
        if (begins_word(text, at)) start = at;
    }
    return start;
}

// Where the last sentence ends that fits; else the last word, else the last character.
std::size_t end_for(std::string_view text, std::size_t start, std::size_t word) {
    auto last = start + bytes_max;
    if (last >= text.size()) return text.size();
    for (auto at = last; at > std::max(word, start + bytes_max / 2); --at) {
        if (begins_sentence(text, at)) return at;
    }
    for (auto at = last; at > word; --at) {
        if (begins_word(text, at)) return at;
    }
    while (continues(text[last])) --last;
    return last;
}

std::size_t best_word(std::string_view text) {
    std::vector<std::size_t> words;
    for (std::size_t at = 0; at < text.size() && words.size() < words_max; ++at) {
        if (text[at] == mark_begin) words.push_back(at);
    }
    std::size_t best = 0, most = 0;
    for (auto word = words.begin(); word != words.end(); ++word) {
        auto beyond = std::ranges::upper_bound(words, start_for(text, *word) + bytes_max);
        auto count = static_cast<std::size_t>(beyond - word);
        if (count > most) most = count, best = *word;
    }
    return best;
}

// Escaped, with its marks; a text without a full stop, as headings are, is parted from the next.
std::string html_of(std::string_view cut) {
    std::string html;
    bool open = false;
    for (std::size_t at = 0; at < cut.size();) {
        auto special = std::min(cut.find_first_of("\x02\x03\n", at), cut.size());
        html += escape_html(cut.substr(at, special - at));
        if (special == cut.size()) break;
        if (cut[special] == '\n')
            html += ends_sentence(cut.substr(0, special)) ? " " : " · ";
        else if ((cut[special] == mark_begin) != open)
            html += open ? "</mark>" : "<mark>", open = !open;
        at = special + 1;
    }
    return open ? html + "</mark>" : html;
}

}  // namespace

std::string excerpt_of(std::string_view marked) {
    while (!marked.empty() && (marked.front() == ' ' || marked.front() == '\n'))
        marked.remove_prefix(1);
    auto word = best_word(marked);
    auto start = start_for(marked, word);
    auto end = end_for(marked, start, word);
    auto cut = marked.substr(start, end - start);
    while (cut.ends_with(' ') || cut.ends_with('\n')) cut.remove_suffix(1);
    auto html = html_of(cut);
    if (!begins_sentence(marked, start)) html.insert(0, std::string(ellipsis) + " ");
    if (end < marked.size() && !begins_sentence(marked, end)) (html += " ") += ellipsis;
    return html;
}

}  // namespace luster::site
