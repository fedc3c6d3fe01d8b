// What a document may hold.
#include "cms/richtext/richtext.h"

#include <algorithm>
#include <array>

namespace luster::richtext {
namespace {

using boost::json::array;
using boost::json::object;

constexpr int depth_max = 12;
constexpr std::size_t href_bytes_max = 2'000;
constexpr json::TextRule text_rule{0, 100'000, true};

constexpr std::array blocks{
    std::string_view("paragraph"),
    std::string_view("heading"),
    std::string_view("bulletList"),
    std::string_view("orderedList"),
    std::string_view("blockquote"),
    std::string_view("codeBlock"),
    std::string_view("horizontalRule"),
};
constexpr std::array items{std::string_view("listItem")};
constexpr std::array inlines{std::string_view("text"), std::string_view("hardBreak")};
constexpr std::array marks{
    std::string_view("bold"),
    std::string_view("italic"),
    std::string_view("code"),
    std::string_view("link"),
};
using Names = std::span<const std::string_view>;

std::string_view text_in(const object& members, std::string_view name) {
    const auto* value = members.if_contains(name);
    return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

// What may stand in a node of this type.
Names children_of(std::string_view type) {
    if (type == "doc" || type == "listItem" || type == "blockquote") return blocks;
    if (type == "bulletList" || type == "orderedList") return items;
    if (type == "paragraph" || type == "heading" || type == "codeBlock") return inlines;
    return {};
}

class Checker {
public:
    explicit Checker(json::Reader& reader) : reader_(reader) {}

    void node(const json::Value& value, Names allowed, int depth) {
        const auto* members = value.if_object();
        if (!members) return reader_.wrong("field_object");
        auto type = text_in(*members, "type");
        if (std::ranges::find(allowed, type) == allowed.end())
            return wrong_at("type", "pages_richtext_type");
        if (depth > depth_max) return reader_.wrong("pages_richtext_depth");
        if (type == "text") return text_node(*members);
        known_only(*members, {"type", "content", "attrs"});
        attributes(*members, type);
        children(*members, children_of(type), depth);
    }

private:
    void children(const object& members, Names allowed, int depth) {
        const auto* content = members.if_contains("content");
        if (!content) return;
        if (!content->is_array()) return wrong_at("content", "field_list");
        reader_.enter(std::string_view("content"));
        for (std::size_t i = 0; i < content->get_array().size(); ++i) {
            reader_.enter(i);
            node(content->get_array()[i], allowed, depth + 1);
            reader_.leave();
        }
        reader_.leave();
    }

    // Editors write defaults of their own into attributes: what means nothing here is not shown.
    void attributes(const object& members, std::string_view type) {
        const auto* attributes = members.if_contains("attrs");
        if (type == "heading") {
            const auto* level = attributes && attributes->is_object()
                                    ? attributes->get_object().if_contains("level")
                                    : nullptr;
            bool good =
                level && level->is_int64() && level->get_int64() >= 2 && level->get_int64() <= 4;
            if (!good) wrong_at("attrs", "pages_richtext_level");
        }
        plain_attributes(attributes);
    }

    // None of them is nested, and PostgreSQL stores no NUL.
    void plain_attributes(const json::Value* attributes) {
        if (!attributes) return;
        if (!attributes->is_object()) return wrong_at("attrs", "field_object");
        reader_.enter(std::string_view("attrs"));
        for (const auto& attribute : attributes->get_object()) {
            reader_.enter(std::string_view(attribute.key()));
            words(attribute.key());
            if (attribute.value().is_string()) words(attribute.value().get_string());
            if (attribute.value().is_structured()) reader_.wrong("field_unknown");
            reader_.leave();
        }
        reader_.leave();
    }

    void words(std::string_view text) {
        std::string trimmed;
        json::read_text(reader_, text, text_rule, trimmed);
    }

    void text_node(const object& members) {
        known_only(members, {"type", "text", "marks"});
        const auto* text = members.if_contains("text");
        if (!text || !text->is_string() || text->get_string().empty())
            return wrong_at("text", "field_text");
        reader_.enter(std::string_view("text"));
        words(text->get_string());
        reader_.leave();
        const auto* list = members.if_contains("marks");
        if (!list) return;
        if (!list->is_array()) return wrong_at("marks", "field_list");
        reader_.enter(std::string_view("marks"));
        for (std::size_t i = 0; i < list->get_array().size(); ++i) {
            reader_.enter(i);
            mark(list->get_array()[i]);
            reader_.leave();
        }
        reader_.leave();
    }

    void mark(const json::Value& value) {
        const auto* members = value.if_object();
        if (!members) return reader_.wrong("field_object");
        known_only(*members, {"type", "attrs"});
        auto type = text_in(*members, "type");
        if (std::ranges::find(marks, type) == marks.end())
            return wrong_at("type", "pages_richtext_type");
        const auto* attributes = members->if_contains("attrs");
        if (type != "link") return plain_attributes(attributes);
        bool good = attributes && attributes->is_object() &&
                    is_link_target(text_in(attributes->get_object(), "href"));
        if (good) return plain_attributes(attributes);
        reader_.enter(std::string_view("attrs"));
        wrong_at("href", "pages_richtext_href");
        reader_.leave();
    }

    void known_only(const object& members, std::initializer_list<std::string_view> known) {
        for (const auto& member : members) {
            std::string_view name = member.key();
            if (std::ranges::find(known, name) == known.end()) wrong_at(name, "field_unknown");
        }
    }

    void wrong_at(std::string_view name, std::string key) {
        reader_.enter(name);
        reader_.wrong(std::move(key));
        reader_.leave();
    }

    json::Reader& reader_;
};

bool starts_with_folded(std::string_view text, std::string_view scheme) {
    auto folded = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return text.size() > scheme.size() &&
           std::ranges::equal(text.substr(0, scheme.size()), scheme, {}, folded);
}

}  // namespace

bool is_document(const json::Value& value) {
    const auto* members = value.if_object();
    return members && text_in(*members, "type") == "doc";
}

void check(json::Reader& reader, const json::Value& document) {
    static constexpr std::array whole{std::string_view("doc")};
    Checker(reader).node(document, whole, 0);
}

// Browsers skip control characters and spaces within a scheme and take a backslash for a slash.
bool is_link_target(std::string_view href) {
    if (href.empty() || href.size() > href_bytes_max) return false;
    for (unsigned char c : href) {
        if (c <= 0x20 || c == 0x7f || c == '\\') return false;
    }
    if (href.starts_with('#')) return true;
    if (href.starts_with('/')) return !href.starts_with("//");
    for (std::string_view scheme : {"https://", "http://", "mailto:", "tel:"}) {
        if (starts_with_folded(href, scheme)) return true;
    }
    return false;
}

}  // namespace luster::richtext
