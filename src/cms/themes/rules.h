// What a theme's schemas allow: which settings a section and its blocks have, and which values each
// takes. A save is refused over what isn't allowed; a page that holds it all the same, from before
// the theme changed, is drawn with the theme's default in its place. A part of themes.h, the face.
#pragma once

#include "base/json.h"

#include <boost/json/object.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace luster::themes {

// What a schema says of one setting. Words are the theme's to escape.
class SettingRule {
public:
    explicit SettingRule(const boost::json::object& schema);

    bool is_rich() const { return kind_ == Kind::rich; }
    bool takes(const json::Value& value) const;
    // What it takes, for whoever gave something else.
    Message allowed() const;

private:
    // Plain is what no rule is known of: any value but a list or an object.
    enum class Kind { plain, text, rich, choice, scheme, flag, number, address, image };

    Message range() const;

    Kind kind_ = Kind::plain;
    std::vector<std::string> options_;
    std::optional<double> min_, max_;
};

struct SettingRules {
    boost::json::object defaults;
    std::map<std::string, SettingRule, std::less<>> known;
};
struct BlockRules {
    SettingRules settings;
    std::optional<std::int64_t> limit;  // so many of its type in a section
};
struct SectionRules {
    std::string name;  // often a key of the words for the panel: "t:names.hero"
    SettingRules settings;
    std::map<std::string, BlockRules, std::less<>> blocks;
    std::int64_t blocks_max = blocks_max_default;

    static constexpr std::int64_t blocks_max_default = 50;
};
using Rules = std::map<std::string, SectionRules, std::less<>>;  // by the section's type

// From the `settings` of a schema; what a schema has wrong is left out.
SettingRules setting_rules(const json::Value* settings);
// From the {% schema %} of a section's source.
SectionRules section_rules(std::string_view liquid);

}  // namespace luster::themes
