#include "io/smtp/message.h"

#include "base/crypto.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace luster::smtp {
namespace {

constexpr std::size_t line_length = 76;
constexpr std::size_t encoded_bytes_max = 42;  // 56 characters of base 64 in a 75-character word

bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

std::string without_controls(std::string_view text) {
    std::string clean;
    for (char c : text) {
        auto code = static_cast<unsigned char>(c);
        clean += code < 0x20 || code == 0x7f ? ' ' : c;
    }
    return clean;
}

bool is_plain(std::string_view text) {
    return text.size() <= 60 && text.find("=?") == std::string_view::npos &&
           std::ranges::all_of(text, [](unsigned char c) { return c >= 0x20 && c < 0x7f; });
}

// A display name with a comma or a bracket is quoted, or it would be read as another address.
std::string display_name(std::string_view name) {
    auto clean = without_controls(name);
    if (!is_plain(clean)) return encoded_header(clean);
    std::string quoted = "\"";
    for (char c : clean) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

std::string mailbox(const Mailbox& mailbox) {
    auto address = without_controls(mailbox.address);
    std::erase_if(address, [](char c) { return c == '<' || c == '>' || c == ' '; });
    if (mailbox.name.empty()) return fmt::format("<{}>", address);
    return fmt::format("{} <{}>", display_name(mailbox.name), address);
}

// RFC 5322 section 3.3; to_http_date ends by "GMT", which mail calls +0000.
std::string mail_date(Time time) {
    auto text = to_http_date(time);
    return text.substr(0, text.size() - 3) + "+0000";
}

std::string body_in_lines(std::string_view body) {
    auto encoded = crypto::base64(body);
    std::string lines;
    lines.reserve(encoded.size() * 78 / 76 + 2);
    for (std::size_t at = 0; at < encoded.size(); at += line_length) {
        lines.append(encoded, at, line_length).append("\r\n");
    }
    return lines;
}

std::string part(std::string_view boundary, std::string_view type, std::string_view body) {
    return fmt::format(
        "--{}\r\nContent-Type: {}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
        boundary,
        type,
        body_in_lines(body)
    );
}

std::string_view domain_of(std::string_view address) {
    auto at = address.rfind('@');
    return at == std::string_view::npos ? "localhost" : address.substr(at + 1);
}

}  // namespace

std::string encoded_header(std::string_view text) {
    auto clean = without_controls(text);
    if (is_plain(clean)) return clean;
    std::string header;
    for (std::size_t at = 0; at < clean.size();) {
        auto length = std::min(encoded_bytes_max, clean.size() - at);
        // Each word holds whole characters.
        while (length > 1 && at + length < clean.size() && is_continuation(clean[at + length]))
            --length;
        if (!header.empty()) header += "\r\n ";
        header += fmt::format(
            "=?UTF-8?B?{}?=", crypto::base64(std::string_view(clean).substr(at, length))
        );
        at += length;
    }
    return header;
}

std::string compose(const Mail& message) {
    // Base 64 holds no '=' after a line's start and no '_', so the boundary can't occur in a part.
    auto boundary =
        "=_" + crypto::hex(crypto::bytes_of(crypto::sha256(message.id)).data).substr(0, 32);
    std::string mail;
    auto header = [&](std::string_view name, std::string_view value) {
        mail.append(name).append(": ").append(value).append("\r\n");
    };
    header("Date", mail_date(message.date));
    header("From", mailbox(message.from));
    header("To", mailbox(message.to));
    header("Subject", encoded_header(message.subject));
    header(
        "Message-ID",
        fmt::format(
            "<{}@{}>",
            without_controls(message.id),
            without_controls(domain_of(message.from.address))
        )
    );
    header("Auto-Submitted", "auto-generated");  // RFC 3834: no holiday answers, please
    header("MIME-Version", "1.0");
    header("Content-Type", fmt::format("multipart/alternative; boundary=\"{}\"", boundary));
    mail += "\r\n";
    mail += part(boundary, "text/plain", message.text);
    mail += part(boundary, "text/html", message.html);
    mail += fmt::format("--{}--\r\n", boundary);
    return mail;
}

}  // namespace luster::smtp
