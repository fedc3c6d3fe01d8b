// A mail as the text that SMTP carries (RFC 5322, MIME): a plain part and an HTML part. Nothing
// that a person typed can become a header: control characters are taken out, all else is encoded.
#pragma once

#include "base/time.h"

#include <string>
#include <string_view>

namespace luster::smtp {

struct Mailbox {
    std::string address;  // deliverable: text::deliverable_email
    std::string name;
};

struct Mail {
    std::string id;  // unique; becomes the Message-ID, so that a repeated sending is recognized
    Time date;
    Mailbox from;
    Mailbox to;
    std::string subject;
    std::string text;
    std::string html;
};

std::string compose(const Mail& message);

// "=?UTF-8?B?…?=" in pieces of at most 75 characters; plain where plain is enough.
std::string encoded_header(std::string_view text);

}  // namespace luster::smtp
