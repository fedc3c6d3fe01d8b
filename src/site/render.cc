#include "site/render.h"

#include "base/result.h"
#include "cms/richtext/richtext.h"
#include "site/entry.h"
#include "site/scene.h"

#include <algorithm>

namespace luster::site {
namespace {

namespace json = boost::json;

// A whole page; the engine's own limits hold for each of its templates.
constexpr std::uint64_t page_steps_max = 1'000'000;
constexpr std::uint64_t template_steps_max =
    200'000;  // so that one section can't use up the others' part
constexpr std::size_t sections_max = 100;
constexpr std::size_t page_bytes_max = 4 * 1024 * 1024;

std::string_view text_of(const json::value* value) {
    auto* text = value ? value->if_string() : nullptr;
    return text ? std::string_view(text->data(), text->size()) : std::string_view();
}

const json::object* object_in(const json::object& object, std::string_view key) {
    auto* value = object.if_contains(key);
    return value ? value->if_object() : nullptr;
}

std::pair<std::string_view, std::string_view> address_of(const PageLine* line) {
    return {line->language, line->path};
}

}  // namespace

Dress::Dress(std::shared_ptr<Theme> theme, std::shared_ptr<const Outline> outline, std::string slug)
    : theme_(std::move(theme)),
      outline_(std::move(outline)),
      slug_(std::move(slug)),
      settings_(theme_->settings()) {
    merge_over(settings_, outline_->theme_settings);
    for (auto& line : outline_->pages) by_address_.push_back(&line);
    std::ranges::sort(by_address_, {}, address_of);
    PageToRender nowhere;
    nowhere.language = outline_->language;
    for (auto& name : theme_->rendered_assets()) {
        auto content = Scene(*this, nowhere).render_asset("assets/" + name + ".liquid");
        auto* file = theme_->assets().contains(name) ? &theme_->assets().at(name) : nullptr;
        auto type = file                     ? file->content_type
                    : name.ends_with(".css") ? "text/css; charset=utf-8"
                                             : "text/javascript; charset=utf-8";
        auto hash = content_hash(content);
        rendered_[name] = Asset{
            name,
            std::move(hash),
            std::move(type),
            std::make_shared<const std::string>(std::move(content))
        };
    }
}

std::string Dress::render(const PageToRender& page) const {
    return Scene(*this, page).render_page();
}

const Asset* Dress::asset(std::string_view name) const {
    if (auto found = rendered_.find(name); found != rendered_.end()) return &found->second;
    auto found = theme_->assets().find(name);
    return found == theme_->assets().end() ? nullptr : &found->second;
}

const PageLine* Dress::find_page(std::string_view language, std::string_view path) const {
    auto wanted = std::pair(language, path);
    auto found = std::ranges::lower_bound(by_address_, wanted, {}, address_of);
    return found == by_address_.end() || address_of(*found) != wanted ? nullptr : *found;
}

bool Dress::speaks(std::string_view language) const {
    return std::ranges::find(outline_->languages, language) != outline_->languages.end();
}

Scene::Scene(const Dress& dress, const PageToRender& page)
    : dress(dress), page(page), steps_left_(page_steps_max) {}

std::string Scene::render_page() {
    set_globals();
    auto* layout = dress.theme().find("layout/theme.liquid");
    if (!layout) throw Fault("the theme has no layout/theme.liquid");
    auto content = render_content();
    auto header = content_for_header(*this);
    auto* data = with_globals(2);
    data->set("content_for_header", std::string_view(header));
    data->set("content_for_layout", std::string_view(content));
    auto html = render_template(*layout, data, false);
    if (html.size() > page_bytes_max) throw Fault("the page is too large");
    return html;
}

void Scene::set_globals() {
    globals_ = arena_.hash(10);
    globals_->set("site", site_object(*this, arena_));
    globals_->set("page", page_object(*this, arena_));
    globals_->set("request", request_object(*this, arena_));
    globals_->set("menus", menus_object(*this, arena_));
    globals_->set("pages", pages_object(*this, arena_));
    globals_->set("search", search_object(*this, arena_));
    globals_->set("settings", hash_of(dress.settings()));
}

liquid::Hash* Scene::with_globals(std::size_t more) {
    auto* data = arena_.hash(globals_->size() + more);
    for (auto& entry : *globals_) data->set(entry.key, entry.value);
    return data;
}

// The page's own sections; those of the theme's template where it has none; or a template in
// Liquid.
std::string Scene::render_content() {
    if (page.content.sections.contains("sections")) return render_sections(page.content.sections);
    if (auto* sections = dress.theme().json_template(page.template_name))
        return render_sections(*sections);
    auto* source = dress.theme().find("templates/" + page.template_name + ".liquid");
    if (!source) throw Fault("the theme has no template " + page.template_name);
    return render_template(*source, with_globals(0), false);
}

std::string Scene::render_sections(const json::object& template_) {
    std::string html;
    auto* sections = object_in(template_, "sections");
    auto* order = template_.if_contains("order");
    if (!sections || !order || !order->is_array()) return html;
    std::size_t index = 0;
    for (auto& id : order->get_array()) {
        auto* section = object_in(*sections, text_of(&id));
        auto* disabled = section ? section->if_contains("disabled") : nullptr;
        if (!section || (disabled && disabled->is_bool() && disabled->get_bool())) continue;
        if (++index > sections_max) break;
        html += render_section(text_of(&id), *section, index);
    }
    return html;
}

std::string Scene::render_static_section(std::string_view name) {
    static const json::object nothing;
    auto* all = object_in(dress.settings(), "sections");
    auto* section = all ? object_in(*all, name) : nullptr;
    return render_section(name, section ? *section : nothing, 0);
}

// A section that fails leaves its place empty; the page stands. One that draws nothing has no place
// at all, so that its neighbours meet; only in a preview a strip stands for it, to be found again.
std::string Scene::render_section(
    std::string_view id, const json::object& section, std::size_t index
) {
    std::string type(text_of(section.if_contains("type")));
    if (type.empty()) type = id;
    auto* source = dress.theme().find("sections/" + type + ".liquid");
    if (!source) return {};
    auto* data = with_globals(1);
    data->set("section", section_object(id, type, section, index));
    auto inner = render_template(*source, data, true);
    bool is_empty = inner.find_first_not_of(" \t\r\n") == std::string::npos;
    if (is_empty && !page.design_mode) return {};
    // The layout's own sections have no place in the page's order: index 0.
    auto safe_id = (index == 0 ? "site-" : "") + escape_html(id);
    auto strip = is_empty ? " data-section-empty=\"" +
                                escape_html(dress.theme().name_of(type, language())) + "\""
                          : "";
    return "<div id=\"section-" + safe_id + "\" class=\"section\" data-section-id=\"" + safe_id +
           "\"" + strip + ">" + inner + "</div>\n";
}

const liquid::Hash* Scene::section_object(
    std::string_view id, const std::string& type, const json::object& section, std::size_t index
) {
    auto& rules = dress.theme().rules_of(type);
    auto* object = arena_.hash(5);
    object->set("id", id);
    object->set("type", arena_.copy(type));
    object->set("index", static_cast<std::int64_t>(index));
    object->set("settings", settings_object(rules.settings, section.if_contains("settings")));
    auto* blocks = arena_.array();
    auto* given = object_in(section, "blocks");
    auto* order = section.if_contains("block_order");
    if (given && order && order->is_array()) {
        for (auto& block_id : order->get_array()) {
            auto* block = object_in(*given, text_of(&block_id));
            if (!block) continue;
            static const themes::SettingRules nothing;
            auto block_type = text_of(block->if_contains("type"));
            auto found = rules.blocks.find(block_type);
            auto* made = arena_.hash(3);
            made->set("id", text_of(&block_id));
            made->set("type", block_type);
            auto& known = found == rules.blocks.end() ? nothing : found->second.settings;
            made->set("settings", settings_object(known, block->if_contains("settings")));
            blocks->push(static_cast<const liquid::Hash*>(made));
        }
    }
    object->set("blocks", static_cast<const liquid::Array*>(blocks));
    return object;
}

const liquid::Hash* Scene::settings_object(
    const themes::SettingRules& known, const json::value* given
) {
    auto* object = arena_.hash(known.defaults.size() + 4);
    for (auto& [key, value] : known.defaults) {
        auto text = text_of(&value);
        if (text.starts_with("t:"))
            object->set(std::string_view(key), dress.theme().label(language(), text.substr(2)));
        else
            object->set(std::string_view(key), to_value(value));
    }
    if (!given || !given->is_object()) return object;
    for (auto& [key, value] : given->get_object()) {
        auto setting = known.known.find(std::string_view(key));
        if (setting == known.known.end() || !setting->second.takes(value)) continue;
        object->set(
            std::string_view(key), setting->second.is_rich() ? rich_value(value) : to_value(value)
        );
    }
    return object;
}

// HTML that the server made, which a theme prints as it is: of a document, or of mere words.
liquid::Value Scene::rich_value(const json::value& value) {
    if (auto* words = value.if_string()) return arena_.copy(richtext::html_of_plain(*words));
    if (!richtext::is_document(value) || richtext::is_blank(value)) return {};
    return arena_.copy(richtext::html_of(value));
}

std::string Scene::render_asset(const std::string& path) {
    auto* source = dress.theme().find(path);
    if (!source) return {};
    auto* data = arena_.hash(1);
    data->set("settings", hash_of(dress.settings()));
    return render_template(*source, data, false);
}

std::string Scene::asset_url(std::string_view name) const {
    auto* asset = dress.asset(name);
    return asset ? asset->url() : "/assets/-/" + escape_path(name);
}

std::string Scene::render_template(
    const liquid::Template& source, const liquid::Hash* data, bool may_fail
) {
    liquid::RenderOptions options;
    options.limits.steps_max = std::min(template_steps_max, steps_left_);
    options.registers = this;
    options.time_zone = outline().time_zone;
    options.now = liquid::Time{
        page.now.unix_us / 1'000'000,
        static_cast<std::int32_t>(page.now.unix_us % 1'000'000 * 1'000)
    };
    options.partials = [this](std::string_view name) {
        return dress.theme().partial("snippets/" + std::string(name) + ".liquid");
    };
    auto result = liquid::render(source, data, options);
    steps_left_ -= std::min(steps_left_, result.counts.steps);
    if (!result.counts.limit_reached) return std::move(result.output);
    if (!may_fail) throw Fault(source.name() + ": the template asks for too much");
    return {};
}

liquid::Value Scene::to_value(const json::value& value) {
    switch (value.kind()) {
        case json::kind::null:
            return {};
        case json::kind::bool_:
            return value.get_bool();
        case json::kind::int64:
            return value.get_int64();
        case json::kind::uint64:
            return static_cast<double>(value.get_uint64());
        case json::kind::double_:
            return value.get_double();
        case json::kind::string:
            return text_of(&value);
        case json::kind::object:
            return hash_of(value.get_object());
        case json::kind::array:
            break;
    }
    auto* array = arena_.array(value.get_array().size());
    for (auto& item : value.get_array()) array->push(to_value(item));
    return static_cast<const liquid::Array*>(array);
}

// Its texts are borrowed: `object` outlives the render.
const liquid::Hash* Scene::hash_of(const json::object& object) {
    auto* hash = arena_.hash(object.size());
    for (auto& [key, item] : object) hash->set(std::string_view(key), to_value(item));
    return hash;
}

}  // namespace luster::site
