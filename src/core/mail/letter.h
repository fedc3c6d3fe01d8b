// A mail in words: a letter's kind and arguments, put into the reader's language as a text part and
// an HTML part of the same content.
#pragma once

#include "base/language.h"
#include "base/messages.h"

#include <boost/describe.hpp>

#include <map>
#include <string>

namespace luster::mail {

// The letters there are; each has `mail_KIND_subject`, `_text` and perhaps `_button` in messages/.
enum class LetterKind {
    verify_email,      // name, organization, link
    account_exists,    // name, organization, link: somebody signed up with a verified address
    reset_password,    // name, link
    password_changed,  // name, link
};
BOOST_DESCRIBE_ENUM(LetterKind, verify_email, account_exists, reset_password, password_changed)

struct Letter {
    LetterKind kind{};
    Language language = Language::en;
    std::string to;  // as the person typed it
    std::string to_name;
    // `link` is where the button leads.
    std::map<std::string, std::string> arguments;
};
BOOST_DESCRIBE_STRUCT(Letter, (), (kind, language, to, to_name, arguments))

struct Brand {
    std::string app_name = "Luster";
    std::string accent = "#2f5d50";
};

struct Written {
    std::string subject;
    std::string text;
    std::string html;
};
Written write(const Letter& letter, const Brand& brand);

// This folder's sentences.
messages::Source sentences();

}  // namespace luster::mail
