#include "base/messages.h"

#include "base/result.h"

#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include <charconv>
#include <memory>
#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>

namespace luster {
namespace {

constexpr char base_en[] = {
#embed "messages/en.json"
};
constexpr char base_de[] = {
#embed "messages/de.json"
};

struct Placeholders {
    std::map<std::string, bool>
        numeric_by_name;  // numeric where the pattern formats it as a number
    std::string error;
};

Placeholders placeholders_of(const icu::UnicodeString& text) {
    UErrorCode code = U_ZERO_ERROR;
    icu::MessagePattern pattern(text, nullptr, code);
    Placeholders found;
    if (U_FAILURE(code)) {
        found.error = u_errorName(code);
        return found;
    }
    UMessagePatternArgType type = UMSGPAT_ARG_TYPE_NONE;
    for (int i = 0; i < pattern.countParts(); ++i) {
        const auto& part = pattern.getPart(i);
        if (part.getType() == UMSGPAT_PART_TYPE_ARG_START) type = part.getArgType();
        if (part.getType() != UMSGPAT_PART_TYPE_ARG_NAME) continue;
        std::string name;
        pattern.getSubstring(part).toUTF8String(name);
        // 'simple' is {n, number}. A plain {n} stays a text: a slug "2024" must not become "2,024".
        found.numeric_by_name[name] |= type == UMSGPAT_ARG_TYPE_SIMPLE ||
                                       type == UMSGPAT_ARG_TYPE_PLURAL ||
                                       type == UMSGPAT_ARG_TYPE_SELECTORDINAL;
    }
    return found;
}

icu::Formattable argument(const std::string& text, bool numeric) {
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (numeric && error == std::errc() && end == text.data() + text.size()) return {number};
    return {icu::UnicodeString::fromUTF8(text)};
}

std::string formatted(Language language, const std::string& pattern, const Message& message) {
    auto text = icu::UnicodeString::fromUTF8(pattern);
    auto numeric = placeholders_of(text).numeric_by_name;
    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const auto& [name, value] : message.arguments) {
        auto found = numeric.find(name);
        names.push_back(icu::UnicodeString::fromUTF8(name));
        values.push_back(argument(value, found != numeric.end() && found->second));
    }
    UErrorCode code = U_ZERO_ERROR;
    // Made for each sentence: ICU's formats keep caches that two threads must not share.
    icu::MessageFormat format(text, icu::Locale(tag_of(language).data()), code);
    icu::UnicodeString target;
    format.format(names.data(), values.data(), static_cast<int>(names.size()), target, code);
    std::string sentence;
    target.toUTF8String(sentence);
    return U_FAILURE(code) ? message.key : sentence;
}

using Patterns = std::map<std::string, std::string, std::less<>>;

Patterns read(std::string_view folder, std::string_view json) {
    boost::system::error_code code;
    auto value = boost::json::parse(json, code);
    if (code || !value.is_object()) {
        throw Fault(fmt::format("messages of {}: not a JSON object", folder));
    }
    Patterns patterns;
    for (const auto& [key, pattern] : value.get_object()) {
        if (!pattern.is_string()) {
            throw Fault(fmt::format("messages of {}: '{}' is no text", folder, std::string(key)));
        }
        patterns.emplace(std::string(key), std::string(pattern.get_string()));
    }
    return patterns;
}

std::unique_ptr<const messages::Catalogue>& installed_catalogue() {
    static auto base = messages::base();
    static auto catalogue = std::make_unique<const messages::Catalogue>(std::span(&base, 1));
    return catalogue;
}

void compare(
    std::vector<std::string>& flaws,
    std::string_view what,
    const Patterns& left,
    const Patterns& right
) {
    for (const auto& [key, pattern] : left) {
        auto other = right.find(key);
        if (other == right.end()) {
            flaws.push_back(fmt::format("{}: only {} has it", key, what));
            continue;
        }
        auto here = placeholders_of(icu::UnicodeString::fromUTF8(pattern));
        auto there = placeholders_of(icu::UnicodeString::fromUTF8(other->second));
        if (!here.error.empty()) flaws.push_back(fmt::format("{}: {} ({})", key, here.error, what));
        if (here.error.empty() && there.error.empty() &&
            here.numeric_by_name != there.numeric_by_name) {
            flaws.push_back(fmt::format("{}: other placeholders than in {}", key, what));
        }
    }
}

}  // namespace

std::string_view tag_of(Language language) {
    return language == Language::de ? "de" : "en";
}

Language accepted_language(std::string_view header) {
    double best = 0;
    auto language = Language::en;
    while (!header.empty()) {
        auto end = std::min(header.find(','), header.size());
        auto item = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
        double quality = 1;
        if (auto at = item.find("q="); at != std::string_view::npos) {
            quality = 0;
            std::from_chars(item.data() + at + 2, item.data() + item.size(), quality);
        }
        auto tag = item.substr(0, item.find_first_of("-;"));
        if (quality <= best || (tag != "en" && tag != "de")) continue;
        best = quality;
        language = tag == "de" ? Language::de : Language::en;
    }
    return language;
}

namespace messages {

Source base() {
    return {"base", {base_en, sizeof base_en}, {base_de, sizeof base_de}};
}

Catalogue::Catalogue(std::span<const Source> sources) {
    for (const auto& source : sources) {
        for (auto& [key, pattern] : read(source.folder, source.en)) {
            if (!patterns_[0].emplace(key, std::move(pattern)).second) {
                throw Fault(fmt::format("messages: '{}' is there twice", key));
            }
        }
        patterns_[1].merge(read(source.folder, source.de));
    }
}

std::string Catalogue::sentence(Language language, const Message& message) const {
    for (auto choice : {language, Language::en}) {
        const auto& patterns = patterns_[choice == Language::de ? 1 : 0];
        auto pattern = patterns.find(message.key);
        if (pattern != patterns.end()) return formatted(choice, pattern->second, message);
    }
    return message.key;
}

void install(std::span<const Source> sources) {
    std::vector<Source> all{base()};
    all.insert(all.end(), sources.begin(), sources.end());
    installed_catalogue() = std::make_unique<const Catalogue>(all);
}

const Catalogue& installed() {
    return *installed_catalogue();
}

std::vector<std::string> flaws(const Source& source) {
    std::vector<std::string> flaws;
    auto en = read(source.folder, source.en), de = read(source.folder, source.de);
    compare(flaws, "en", en, de);
    compare(flaws, "de", de, en);
    for (const auto& [key, pattern] : en) {
        bool named = source.folder == "base"
                         ? key.starts_with("problem_") || key.starts_with("field_")
                         : key.starts_with(std::string(source.folder) + "_");
        if (!named)
            flaws.push_back(fmt::format("{}: does not begin with '{}_'", key, source.folder));
    }
    return flaws;
}

}  // namespace messages
}  // namespace luster
