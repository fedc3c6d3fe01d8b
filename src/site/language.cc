// The filters and tags of themes beyond Liquid's own.
#include "site/scene.h"

#include <fmt/core.h>

namespace luster::site {
namespace {

using liquid::FilterCall;
using liquid::Value;

Value made(FilterCall& call, std::string_view text) {
    return call.render.scratch().copy(text);
}
std::string_view input(FilterCall& call) {
    return call.render.text(call.input);
}

Value asset_url(FilterCall& call) {
    return made(call, Scene::of(call.render).asset_url(input(call)));
}

Value stylesheet_tag(FilterCall& call) {
    return made(
        call, fmt::format("<link rel=\"stylesheet\" href=\"{}\">", escape_html(input(call)))
    );
}

Value script_tag(FilterCall& call) {
    return made(call, fmt::format("<script src=\"{}\" defer></script>", escape_html(input(call))));
}

// Named arguments fill {{ name }} in the text. What visitors typed may be among them: they are
// escaped.
Value translate(FilterCall& call) {
    auto& scene = Scene::of(call.render);
    auto key = input(call);
    auto text = scene.dress.theme().text(scene.language(), key);
    if (!text.data()) return made(call, "translation missing: " + escape_html(key));
    std::string filled;
    for (auto open = text.find("{{"); open != text.npos; open = text.find("{{")) {
        auto close = text.find("}}", open);
        if (close == text.npos) break;
        filled += text.substr(0, open);
        auto name = text.substr(open + 2, close - open - 2);
        while (name.starts_with(' ')) name.remove_prefix(1);
        while (name.ends_with(' ')) name.remove_suffix(1);
        filled += escape_html(call.render.text(call.keyword(name)));
        text.remove_prefix(close + 2);
    }
    return made(call, filled.append(text));
}

std::string media_address(std::string_view key) {
    bool elsewhere =
        key.starts_with("https://") || key.starts_with("http://") || key.starts_with('/');
    return elsewhere ? std::string(key) : "/media/" + escape_path(key);
}

Value media_url(FilterCall& call) {
    return made(call, media_address(input(call)));
}

Value image_tag(FilterCall& call) {
    auto attribute = [&](std::string_view name) -> std::string {
        auto value = call.keyword(name);
        if (value.is_nil()) return {};
        return fmt::format(" {}=\"{}\"", name, escape_html(call.render.text(value)));
    };
    auto alt = attribute("alt");
    auto loading = attribute("loading");
    std::string tag = fmt::format("<img src=\"{}\"", escape_html(media_address(input(call))));
    tag += alt.empty() ? " alt=\"\"" : alt;
    tag += loading.empty() ? " loading=\"lazy\"" : loading;
    for (auto name : {"width", "height", "sizes", "class"}) tag += attribute(name);
    return made(call, tag + " decoding=\"async\">");
}

Value localized_url(FilterCall& call) {
    auto& scene = Scene::of(call.render);
    auto& outline = scene.outline();
    auto asked = call.argument(0);
    if (asked.is_nil())
        return made(call, escape_html(localized(outline, input(call), scene.language())));
    auto url = switched(outline, input(call), call.render.text(asked));
    return made(call, escape_html(url.value_or("/")));
}

// {% section 'header' %}
class SectionTag : public liquid::Tag {
public:
    explicit SectionTag(const liquid::Expression* name) : name_(name) {}
    void render(liquid::Render& render, const liquid::Body*) const override {
        auto name = render.text(render.evaluate(*name_));
        render.write(Scene::of(render).render_static_section(name));
    }

private:
    const liquid::Expression* name_;
};

// {% schema %}, {% style %} …: for the panel, or against the sites' content security policy.
class SilentTag : public liquid::Tag {
public:
    void render(liquid::Render&, const liquid::Body*) const override {}
    bool blank() const override { return true; }
};

// {% form 'contact', class: 'wide' %} … {% endform %}: forms are answered by the server, below /-/.
class FormTag : public liquid::Tag {
public:
    FormTag(const liquid::Expression* type, std::vector<liquid::TagParser::Attribute> attributes)
        : type_(type), attributes_(std::move(attributes)) {}
    void render(liquid::Render& render, const liquid::Body* body) const override {
        auto& scene = Scene::of(render);
        std::string type(render.text(render.evaluate(*type_)));
        bool search = type == "search";
        auto action = search ? localized(scene.outline(), "/search", scene.language())
                             : "/-/forms/" + escape_path(type);
        std::string open =
            fmt::format("<form method=\"{}\" action=\"{}\"", search ? "get" : "post", action);
        for (auto& [name, value] : attributes_) {
            bool allowed = name == "class" || name == "id" || name.starts_with("data-") ||
                           name.starts_with("aria-");
            if (allowed)
                open += fmt::format(
                    " {}=\"{}\"", name, escape_html(render.text(render.evaluate(*value)))
                );
        }
        render.write(open + " accept-charset=\"utf-8\">");
        if (body) render.body(*body);
        render.write("</form>");
    }

private:
    const liquid::Expression* type_;
    std::vector<liquid::TagParser::Attribute> attributes_;
};

// {% paginate search.results by 10 %}: `paginate` holds the items of this page and the way to the
// others.
class PaginateTag : public liquid::Tag {
public:
    PaginateTag(const liquid::Expression* list, const liquid::Expression* by)
        : list_(list), by_(by) {}
    void render(liquid::Render& render, const liquid::Body* body) const override {
        auto& scene = Scene::of(render);
        auto list = render.evaluate(*list_);
        auto by = render.evaluate(*by_);
        std::int64_t size =
            by.is(liquid::Kind::integer) ? std::clamp<std::int64_t>(by.integer(), 1, 50) : 20;
        std::int64_t total =
            list.is(liquid::Kind::array) ? static_cast<std::int64_t>(list.array().size()) : 0;
        std::int64_t pages = std::max<std::int64_t>((total + size - 1) / size, 1);
        std::int64_t current = std::min<std::int64_t>(scene.page.page_number, pages);
        auto& arena = render.arena();
        auto* items = arena.array(static_cast<std::size_t>(size));
        for (auto i = (current - 1) * size; i < std::min(current * size, total); ++i) {
            items->push(list.array()[static_cast<std::size_t>(i)]);
        }
        auto* paginate = arena.hash(6);
        paginate->set("items", static_cast<const liquid::Array*>(items));
        paginate->set("items_count", total);
        paginate->set("current_page", current);
        paginate->set("pages", pages);
        if (current > 1) paginate->set("previous", link(render, current - 1));
        if (current < pages) paginate->set("next", link(render, current + 1));
        render.push();
        render.set("paginate", static_cast<const liquid::Hash*>(paginate));
        if (body) render.body(*body);
        render.pop();
    }

private:
    static Value link(liquid::Render& render, std::int64_t number) {
        auto& scene = Scene::of(render);
        auto path = localized(scene.outline(), scene.page.path, scene.language());
        auto* made = render.arena().hash(2);
        made->set("url", render.copy(fmt::format("{}?page={}", escape_path(path), number)));
        made->set("number", number);
        return static_cast<const liquid::Hash*>(made);
    }
    const liquid::Expression* list_;
    const liquid::Expression* by_;
};

std::string_view first_word(std::string_view markup) {
    while (markup.starts_with(' ')) markup.remove_prefix(1);
    return markup.substr(0, markup.find_first_of(" ,\t\n"));
}

[[noreturn]] void wrong_use(const char* how) {
    throw liquid::Error(liquid::ErrorType::syntax, how);
}

std::unique_ptr<liquid::Tag> make_section(liquid::TagParser& parser) {
    auto* name = parser.expression(first_word(parser.markup()));
    if (!name) wrong_use("Valid syntax: section 'name'");
    return std::make_unique<SectionTag>(name);
}

std::unique_ptr<liquid::Tag> make_form(liquid::TagParser& parser) {
    auto type = first_word(parser.markup());
    if (type.empty()) wrong_use("Valid syntax: form 'type'");
    return std::make_unique<FormTag>(parser.expression(type), parser.attributes(parser.markup()));
}

std::unique_ptr<liquid::Tag> make_paginate(liquid::TagParser& parser) {
    auto markup = parser.markup();
    auto by = markup.find(" by ");
    if (by == markup.npos) wrong_use("Valid syntax: paginate list by number");
    return std::make_unique<PaginateTag>(
        parser.expression(first_word(markup.substr(0, by))),
        parser.expression(first_word(markup.substr(by + 4)))
    );
}

liquid::Environment made_environment() {
    liquid::Environment environment;
    environment.filter("asset_url", 0, 0, asset_url);
    environment.filter("stylesheet_tag", 0, 0, stylesheet_tag);
    environment.filter("script_tag", 0, 0, script_tag);
    environment.filter("t", 0, 0, translate, true);
    environment.filter("media_url", 0, 0, media_url);
    environment.filter("image_tag", 0, 0, image_tag, true);
    environment.filter("localized_url", 0, 1, localized_url);
    environment.tag("section", {liquid::TagShape::single, make_section});
    environment.tag("form", {liquid::TagShape::block, make_form});
    environment.tag("paginate", {liquid::TagShape::block, make_paginate});
    for (auto name : {"schema", "style", "stylesheet", "javascript"}) {
        environment.tag(name, {liquid::TagShape::verbatim, [](liquid::TagParser&) {
                                   return std::make_unique<SilentTag>();
                               }});
    }
    return environment;
}

}  // namespace

const liquid::Environment& theme_environment() {
    static const liquid::Environment environment = made_environment();
    return environment;
}

}  // namespace luster::site
