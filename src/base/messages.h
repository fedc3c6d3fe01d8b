// What the server says to people: a key with arguments (Message), put into the reader's language at
// the edge. The sentences are ICU MessageFormat patterns in messages/{en,de}.json beside each
// feature and are compiled in; app joins them once at the start.
#pragma once

#include "base/language.h"
#include "base/problem.h"

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace luster {

// The best match for an Accept-Language header; English where there is none.
Language accepted_language(std::string_view header);
std::string_view tag_of(Language language);  // "en"

namespace messages {

// One folder's catalogues, JSON objects of key → pattern. Every key begins with the folder's name.
struct Source {
    std::string_view folder;
    std::string_view en;
    std::string_view de;
};

// What the base itself says: problems and wrong fields.
Source base();

class Catalogue {
public:
    // A Fault when a source isn't a JSON object of texts or two sources use one key.
    explicit Catalogue(std::span<const Source> sources);

    // A key that is missing comes back as itself: an odd sentence is better than no answer.
    std::string sentence(Language language, const Message& message) const;
    bool has(std::string_view key) const { return patterns_[0].contains(key); }
    std::size_t size() const { return patterns_[0].size(); }

private:
    std::map<std::string, std::string, std::less<>> patterns_[2];  // by Language
};

// The process's one catalogue: base's sentences until `install` was called, before the loops run.
void install(std::span<const Source> sources);
const Catalogue& installed();
inline std::string sentence(Language language, const Message& message) {
    return installed().sentence(language, message);
}

// For the tests: what keeps a source from being whole (a key missing in one language, other
// placeholders, a pattern that ICU refuses, a key without the folder's name), a sentence each.
std::vector<std::string> flaws(const Source& source);

}  // namespace messages
}  // namespace luster
