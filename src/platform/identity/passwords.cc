#include "platform/identity/passwords.h"

#include "base/text_email.h"

#include <algorithm>
#include <string>

namespace luster::identity {
namespace {

// Sorted, a line each. Out of the 20,000 commonest passwords of public breaches that Django ships
// (BSD-3-Clause), those that our minimal length lets through.
constexpr char common_passwords[] = {
#embed "common_passwords.txt"
};

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }));
}

// "aaaaaaaaaa", "1212121212": a piece of at most three characters again and again.
bool repeats_itself(std::string_view text) {
    for (std::size_t period = 1; period <= 3 && period * 3 <= text.size(); ++period) {
        if (text.substr(period) == text.substr(0, text.size() - period)) return true;
    }
    return false;
}

// "anna@example.com1": what everybody knows, and hardly anything beside it.
bool is_little_more_than(std::string_view known, std::string_view password) {
    constexpr std::size_t known_length_min = 4;
    constexpr std::size_t further_max = 3;
    return characters(known) >= known_length_min && password.contains(known) &&
           characters(password) <= characters(known) + further_max;
}

std::unexpected<Problem> wrong(std::string_view pointer, Message message) {
    return refuse(invalid_field(std::string(pointer), std::move(message)));
}

}  // namespace

Result<void> check_password(
    std::string_view pointer,
    const Secret& password,
    std::string_view email_folded,
    std::size_t length_min
) {
    auto length = characters(password.reveal());
    if (length < length_min) {
        return wrong(pointer, {"field_short", {{"min", std::to_string(length_min)}}});
    }
    if (length > password_length_max) {
        return wrong(pointer, {"field_long", {{"max", std::to_string(password_length_max)}}});
    }
    auto folded = text::fold(password.reveal());
    auto local = email_folded.substr(0, email_folded.find('@'));
    if (is_little_more_than(email_folded, folded) || is_little_more_than(local, folded)) {
        return wrong(pointer, {"identity_password_is_email", {}});
    }
    if (is_common_password(folded)) return wrong(pointer, {"identity_password_common", {}});
    return {};
}

bool is_common_password(std::string_view password) {
    auto lower = text::fold(password);
    if (repeats_itself(lower)) return true;
    std::string_view lines(common_passwords, sizeof common_passwords);
    for (auto at = lines.find(lower); at != std::string_view::npos;
         at = lines.find(lower, at + 1)) {
        auto end = at + lower.size();
        if ((at == 0 || lines[at - 1] == '\n') && (end == lines.size() || lines[end] == '\n'))
            return true;
    }
    return false;
}

}  // namespace luster::identity
