// Addresses of a site: languages as first segments, escaped paths.
#include "site/render.h"

#include <algorithm>

namespace luster::site {

std::string escape_path(std::string_view path) {
    static constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string escaped;
    for (char c : path) {
        if (plain.contains(c)) {
            escaped += c;
            continue;
        }
        auto byte = static_cast<unsigned char>(c);
        escaped += '%';
        escaped += digits[byte >> 4];
        escaped += digits[byte & 15];
    }
    return escaped;
}

LanguagePath split_language(const Outline& outline, std::string_view path) {
    auto end = std::min(path.find('/', 1), path.size());
    auto first = path.substr(std::min<std::size_t>(1, path.size()), end ? end - 1 : 0);
    auto found = std::ranges::find(outline.languages, first);
    if (first.empty() || found == outline.languages.end())
        return {outline.language, std::string(path), false};
    auto rest = path.substr(end);
    return {*found, rest.empty() ? "/" : std::string(rest), *found == outline.language};
}

namespace {

struct Place {
    std::string language, path;
};

// Where somebody who reads a language finds what lies at a path: there; else its translation; else
// where it is. What is no page (the search) is there in every language.
Place nearest(const Outline& outline, std::string path, std::string_view language) {
    auto same_path = std::ranges::equal_range(outline.pages, path, {}, &PageLine::path);
    auto is_in = [](std::string_view wanted) {
        return [wanted](const PageLine& page) { return page.language == wanted; };
    };
    if (same_path.empty() || std::ranges::any_of(same_path, is_in(language)))
        return {std::string(language), std::move(path)};
    auto id = same_path.front().id;
    for (const auto& page : outline.pages) {
        if (page.id == id && page.language == language) return {page.language, page.path};
    }
    bool in_main = std::ranges::any_of(same_path, is_in(outline.language));
    return {in_main ? outline.language : same_path.front().language, std::move(path)};
}

std::string url_of(const Outline& outline, const Place& place) {
    if (place.language == outline.language ||
        std::ranges::find(outline.languages, place.language) == outline.languages.end()) {
        return place.path;
    }
    return "/" + place.language + (place.path == "/" ? "" : place.path);
}

}  // namespace

std::string localized(const Outline& outline, std::string_view url, std::string_view language) {
    if (!url.starts_with('/') || url.starts_with("//")) return std::string(url);
    auto tail = std::min(url.find_first_of("?#"), url.size());
    auto place = nearest(outline, split_language(outline, url.substr(0, tail)).path, language);
    return url_of(outline, place) + std::string(url.substr(tail));
}

std::optional<std::string> switched(
    const Outline& outline, std::string_view path, std::string_view language
) {
    auto place = nearest(outline, split_language(outline, path).path, language);
    if (place.language != language) place = nearest(outline, "/", language);
    if (place.language != language) return std::nullopt;
    return url_of(outline, place);
}

}  // namespace luster::site
