// One page being rendered: what objects, filters and tags of themes look at. Lives for one render.
#pragma once

#include "site/render.h"

#include <liquid/liquid.h>

namespace luster::site {

class Scene {
public:
    Scene(const Dress& dress, const PageToRender& page);

    static Scene& of(liquid::Render& render) { return *static_cast<Scene*>(render.registers()); }

    std::string render_page();
    // A section of the layout, by its name in the theme's settings.
    std::string render_static_section(std::string_view name);
    // An asset with settings in it.
    std::string render_asset(const std::string& path);
    // While assets are rendered, those that are not rendered yet have no address.
    std::string asset_url(std::string_view name) const;

    const Dress& dress;
    const PageToRender& page;
    const Outline& outline() const { return dress.outline(); }
    const std::string& language() const { return page.language; }
    std::string origin() const { return page.scheme + "://" + page.host; }

private:
    void set_globals();
    liquid::Hash* with_globals(std::size_t more);
    std::string render_content();
    std::string render_sections(const boost::json::object& sections);
    std::string render_section(
        std::string_view id, const boost::json::object& section, std::size_t index
    );
    std::string render_template(
        const liquid::Template& source, const liquid::Hash* data, bool may_fail
    );
    const liquid::Hash* section_object(
        std::string_view id,
        const std::string& type,
        const boost::json::object& section,
        std::size_t index
    );
    const liquid::Hash* settings_object(
        const themes::SettingRules& known, const boost::json::value* given
    );
    liquid::Value rich_value(const boost::json::value& value);
    liquid::Value to_value(const boost::json::value& value);
    const liquid::Hash* hash_of(const boost::json::object& object);

    liquid::Arena arena_;
    liquid::Hash* globals_ = nullptr;
    std::uint64_t steps_left_;
};

// objects.cc
liquid::Value site_object(Scene& scene, liquid::Arena& arena);
liquid::Value page_object(Scene& scene, liquid::Arena& arena);
liquid::Value request_object(Scene& scene, liquid::Arena& arena);
liquid::Value menus_object(Scene& scene, liquid::Arena& arena);
liquid::Value pages_object(Scene& scene, liquid::Arena& arena);
liquid::Value search_object(Scene& scene, liquid::Arena& arena);
// head.cc: title, description, canonical address, languages, robots.
std::string content_for_header(const Scene& scene);

}  // namespace luster::site
