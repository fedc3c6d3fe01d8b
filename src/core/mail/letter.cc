#include "core/mail/letter.h"

#include "base/result.h"
#include "base/text_html.h"

#include <boost/describe/enum_to_string.hpp>
#include <fmt/format.h>

#include <array>
#include <string_view>
#include <vector>

namespace luster::mail {
namespace {

constexpr char sentences_en[] = {
#embed "messages/en.json"
};
constexpr char sentences_de[] = {
#embed "messages/de.json"
};
constexpr char layout[] = {
#embed "layout.html"
};

std::vector<std::string_view> paragraphs(std::string_view text) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        auto end = std::min(text.find("\n\n"), text.size());
        parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 2, text.size()));
    }
    return parts;
}

// Puts values in the place of `{{name}}`; what a value holds is not looked at again.
std::string filled(
    std::string_view pattern, const std::map<std::string_view, std::string>& values
) {
    std::string text;
    while (true) {
        auto open = pattern.find("{{");
        auto close = pattern.find("}}", open);
        if (open == std::string_view::npos || close == std::string_view::npos) break;
        text += pattern.substr(0, open);
        auto value = values.find(pattern.substr(open + 2, close - open - 2));
        LUSTER_ASSERT(value != values.end());
        text += value->second;
        pattern.remove_prefix(close + 2);
    }
    return text.append(pattern);
}

std::string html_button(std::string_view words, std::string_view link, std::string_view accent) {
    if (link.empty()) return {};
    return fmt::format(
        "<p style=\"margin:28px 0\"><a href=\"{0}\" style=\"display:inline-block;padding:12px 22px;"
        "border-radius:8px;background:{1};color:#ffffff;text-decoration:none;font-weight:600\">{2}"
        "</a></p><p style=\"font-size:13px;color:#5b6470;word-break:break-all\">{0}</p>",
        escape_html(link),
        escape_html(accent),
        escape_html(words)
    );
}

struct Words {
    std::string subject, text, button, footer, link;
};

Words words_of(const Letter& letter, const Brand& brand) {
    std::vector<std::pair<std::string, std::string>> arguments(
        letter.arguments.begin(), letter.arguments.end()
    );
    arguments.emplace_back("app", brand.app_name);
    auto key = fmt::format("mail_{}", boost::describe::enum_to_string(letter.kind, ""));
    auto say = [&](std::string_view what) {
        return messages::sentence(letter.language, {fmt::format("{}_{}", key, what), arguments});
    };
    auto link = letter.arguments.find("link");
    return {
        say("subject"),
        say("text"),
        say("button"),
        messages::sentence(letter.language, {"mail_footer", arguments}),
        link == letter.arguments.end() ? "" : link->second
    };
}

std::string as_html(const Words& words, const Letter& letter, const Brand& brand) {
    std::string body;
    for (auto paragraph : paragraphs(words.text)) {
        body += fmt::format("<p style=\"margin:0 0 16px\">{}</p>\n", escape_html(paragraph));
    }
    return filled(
        {layout, sizeof layout},
        {{"language", std::string(tag_of(letter.language))},
         {"subject", escape_html(words.subject)},
         {"app", escape_html(brand.app_name)},
         {"accent", escape_html(brand.accent)},
         {"body", body},
         {"button", html_button(words.button, words.link, brand.accent)},
         {"footer", escape_html(words.footer)}}
    );
}

}  // namespace

Written write(const Letter& letter, const Brand& brand) {
    auto words = words_of(letter, brand);
    auto text = words.text;
    if (!words.link.empty()) text += fmt::format("\n\n{}:\n{}", words.button, words.link);
    text += fmt::format("\n\n-- \n{}\n", words.footer);
    return {words.subject, std::move(text), as_html(words, letter, brand)};
}

messages::Source sentences() {
    return {"mail", {sentences_en, sizeof sentences_en}, {sentences_de, sizeof sentences_de}};
}

}  // namespace luster::mail
