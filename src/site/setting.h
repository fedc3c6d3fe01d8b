// What a section's schema says of one setting, and which values it takes. Whoever writes content
// may write anything: what a setting can't have been given by its form is left out, and the theme
// sees its default. Words are the theme's to escape.
#pragma once

#include <boost/json/value.hpp>

#include <set>
#include <string>

namespace luster::site {

class Setting {
public:
    explicit Setting(const boost::json::object& schema);

    bool is_rich() const { return kind_ == Kind::rich; }
    bool takes(const boost::json::value& value) const;

private:
    enum class Kind { words, rich, choice, scheme, flag, number, address, image };

    Kind kind_ = Kind::words;
    std::set<std::string, std::less<>> options_;
    double min_, max_;
};

}  // namespace luster::site
