// HTML and words of a document. Whatever is not known is left out, whoever wrote it.
#include "base/text_html.h"
#include "cms/richtext/richtext.h"

#include <fmt/format.h>

#include <algorithm>

namespace luster::richtext {
namespace {

using boost::json::array;
using boost::json::object;

constexpr int depth_max = 20;

const object* members_of(const json::Value& value) {
    return value.if_object();
}

std::string_view text_in(const object& members, std::string_view name) {
    const auto* value = members.if_contains(name);
    return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

const array& list_in(const object& members, std::string_view name) {
    static const array nothing;
    const auto* value = members.if_contains(name);
    return value && value->is_array() ? value->get_array() : nothing;
}

const object& object_in(const object& members, std::string_view name) {
    static const object nothing;
    const auto* value = members.if_contains(name);
    return value && value->is_object() ? value->get_object() : nothing;
}

class Writer {
public:
    std::string html;

    void children(const object& members, int depth) {
        if (depth > depth_max) return;
        for (const auto& child : list_in(members, "content")) {
            if (const auto* node = members_of(child)) write(*node, depth);
        }
    }

private:
    void write(const object& node, int depth) {
        auto type = text_in(node, "type");
        if (type == "text")
            text(node);
        else if (type == "hardBreak")
            html += "<br>";
        else if (type == "horizontalRule")
            html += "<hr>";
        else if (type == "codeBlock")
            around("<pre><code>", node, "</code></pre>", depth);
        else if (type == "heading")
            heading(node, depth);
        else if (type == "orderedList")
            ordered_list(node, depth);
        else if (auto name = element_of(type); !name.empty())
            around(fmt::format("<{}>", name), node, fmt::format("</{}>", name), depth);
    }

    static std::string_view element_of(std::string_view type) {
        if (type == "paragraph") return "p";
        if (type == "bulletList") return "ul";
        if (type == "listItem") return "li";
        if (type == "blockquote") return "blockquote";
        return {};
    }

    void around(std::string_view open, const object& node, std::string_view close, int depth) {
        html += open;
        children(node, depth + 1);
        html += close;
    }

    void heading(const object& node, int depth) {
        const auto* level = object_in(node, "attrs").if_contains("level");
        auto number = level && level->is_int64() ? level->get_int64() : 2;
        if (number < 2 || number > 4) number = 2;
        around(fmt::format("<h{}>", number), node, fmt::format("</h{}>", number), depth);
    }

    void ordered_list(const object& node, int depth) {
        const auto* start = object_in(node, "attrs").if_contains("start");
        auto first = start && start->is_int64() ? start->get_int64() : 1;
        around(first == 1 ? "<ol>" : fmt::format("<ol start=\"{}\">", first), node, "</ol>", depth);
    }

    void text(const object& node) {
        std::string close;
        for (const auto& item : list_in(node, "marks")) {
            const auto* mark = members_of(item);
            if (!mark) continue;
            auto type = text_in(*mark, "type");
            if (type == "link") {
                auto href = text_in(object_in(*mark, "attrs"), "href");
                if (!is_link_target(href)) continue;
                html += "<a href=\"";
                html += escape_html(href);
                html += "\">";
                close.insert(0, "</a>");
                continue;
            }
            auto name = type == "bold"     ? "strong"
                        : type == "italic" ? "em"
                        : type == "code"   ? "code"
                                           : "";
            if (!*name) continue;
            html += fmt::format("<{}>", name);
            close.insert(0, fmt::format("</{}>", name));
        }
        html += escape_html(text_in(node, "text"));
        html += close;
    }
};

bool shows(const object& node, int depth) {
    auto type = text_in(node, "type");
    if (type == "horizontalRule") return true;
    if (type == "text")
        return text_in(node, "text").find_first_not_of(' ') != std::string_view::npos;
    if (depth > depth_max) return false;
    return std::ranges::any_of(list_in(node, "content"), [depth](const json::Value& child) {
        const auto* members = members_of(child);
        return members && shows(*members, depth + 1);
    });
}

void add_words(const object& node, std::string& words, int depth) {
    if (depth > depth_max) return;
    auto type = text_in(node, "type");
    if (type == "text") words += text_in(node, "text");
    for (const auto& child : list_in(node, "content")) {
        if (const auto* members = members_of(child)) add_words(*members, words, depth + 1);
    }
    // Words of two blocks are two words.
    if (type != "text" && !words.ends_with(' ')) words += ' ';
}

}  // namespace

std::string html_of(const json::Value& document) {
    Writer writer;
    if (const auto* members = members_of(document)) writer.children(*members, 0);
    return std::move(writer.html);
}

std::string html_of_plain(std::string_view text) {
    std::string html;
    while (!text.empty()) {
        auto paragraph = text.substr(0, text.find("\n\n"));
        text.remove_prefix(std::min(text.size(), paragraph.size() + 2));
        if (paragraph.empty()) continue;
        html += "<p>";
        html += escape_html(paragraph);
        html += "</p>";
    }
    return html;
}

bool is_blank(const json::Value& document) {
    const auto* members = members_of(document);
    return !members || !shows(*members, 0);
}

std::string plain_text(const json::Value& document) {
    std::string words;
    if (const auto* members = members_of(document)) add_words(*members, words, 0);
    while (words.ends_with(' ')) words.pop_back();
    return words;
}

}  // namespace luster::richtext
