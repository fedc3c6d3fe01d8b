// One immutable version of a theme: its files, parsed when they are first needed. Templates are
// shared by their content among all organizations of the process.
#pragma once

#include "base/ids.h"
#include "cms/themes/themes.h"
#include "site/content.h"

#include <boost/json/object.hpp>
#include <liquid/render.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace luster::site {

using Text = std::shared_ptr<const std::string>;

// Parsed templates and texts by the SHA-256 of their content, as long as a theme uses them. (No
// weaker hash: whoever finds two contents with one hash could put theirs into others' sites.) For
// all loops.
class TemplateShelf {
public:
    explicit TemplateShelf(const liquid::Environment& environment) : environment_(environment) {}
    liquid::Result<liquid::TemplatePointer> parse(const std::string& path, std::string_view source);
    // One copy for all who have the same text: fonts and pictures of shipped themes are large.
    Text keep(std::string content);

private:
    template <class T>
    struct Shelf {
        std::unordered_map<std::string, std::weak_ptr<T>> kept;
        std::size_t sweep_at = 256;

        std::shared_ptr<T> find(const std::string& key) const;
        void put(const std::string& key, const std::shared_ptr<T>& value);
    };
    const liquid::Environment& environment_;
    std::mutex mutex_;
    Shelf<const liquid::Template> templates_;
    Shelf<const std::string> texts_;
};

struct Asset {
    std::string name;  // "theme.css"
    std::string hash;
    std::string content_type;
    Text content;
    std::string url() const { return "/assets/" + hash + "/" + name; }
};

// Belongs to one loop.
class Theme {
public:
    Theme(std::vector<ThemeFile> files, TemplateShelf& shelf);

    // Null where there is no such file; a liquid::ParseError is thrown as a Fault with its
    // sentence.
    const liquid::Template* find(const std::string& path);
    // The same for {% render %}, with what to print in its place where it is absent or broken.
    liquid::Partial partial(const std::string& path);
    const std::string* source(const std::string& path) const;
    // Sections of templates/NAME.json, or nothing.
    const boost::json::object* json_template(const std::string& name) const;
    const boost::json::object& settings() const { return settings_; }  // `current`, with defaults
    // What a section's schema says of its settings and its blocks; of an unknown section nothing.
    const themes::SectionRules& rules_of(const std::string& section_type);
    // The text of a key, "search.title", in a language, else in English; empty where it is missing.
    std::string_view text(std::string_view language, std::string_view key) const;
    // What the panel calls a section.
    std::string_view name_of(const std::string& section_type, std::string_view language);
    // The same among the words for the panel: defaults may be written as "t:texts.welcome".
    std::string_view label(std::string_view language, std::string_view key) const;
    // Assets that are files as they stand, and the names of those that are rendered
    // ("settings.css").
    const std::map<std::string, Asset, std::less<>>& assets() const { return assets_; }
    const std::vector<std::string>& rendered_assets() const { return rendered_assets_; }

private:
    void read_settings();
    void read_file(ThemeFile& file);

    TemplateShelf& shelf_;
    std::map<std::string, Text, std::less<>> files_;
    std::map<std::string, liquid::TemplatePointer, std::less<>> parsed_;
    std::map<std::string, boost::json::object, std::less<>> json_templates_;
    using Locales = std::map<std::string, boost::json::object, std::less<>>;
    Locales locales_, label_locales_;
    themes::Rules rules_;
    std::map<std::string, Asset, std::less<>> assets_;
    std::vector<std::string> rendered_assets_;
    boost::json::object settings_;
};

// `over` on top of `base`: objects are merged, everything else is replaced.
void merge_over(boost::json::object& base, const boost::json::object& over);

}  // namespace luster::site
