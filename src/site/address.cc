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

// Where a page is in another language: its translation, else that language's home.
std::string translated(const Outline& outline, std::string path, std::string_view language) {
    auto same_path = std::ranges::equal_range(outline.pages, path, {}, &PageLine::path);
    auto in_language = [&](const PageLine& page) { return page.language == language; };
    if (same_path.empty() || std::ranges::any_of(same_path, in_language)) return path;
    auto id = same_path.front().id;
    for (const auto& page : outline.pages) {
        if (page.id == id && in_language(page)) return page.path;
    }
    return "/";
}

}  // namespace

std::string localized(const Outline& outline, std::string_view url, std::string_view language) {
    if (!url.starts_with('/') || url.starts_with("//")) return std::string(url);
    auto tail = std::min(url.find_first_of("?#"), url.size());
    auto path = translated(outline, split_language(outline, url.substr(0, tail)).path, language);
    if (language != outline.language &&
        std::ranges::find(outline.languages, language) != outline.languages.end()) {
        path = "/" + std::string(language) + (path == "/" ? "" : path);
    }
    return path + std::string(url.substr(tail));
}

}  // namespace luster::site
