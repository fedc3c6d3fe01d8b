// E-mail addresses: kept as they were typed, compared folded (case, Unicode forms, IDN), so that
// one person is one person whatever their keyboard does.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace luster::text {

// The form to compare by; empty where the text is no address that mail could reach. The part before
// the @ is case-folded too: no provider of weight tells `Ann` from `ann`.
std::optional<std::string> fold_email(std::string_view address);

// Of a folded address: "example.org".
std::string_view domain_of(std::string_view folded_email);

// For SMTP, which knows ASCII hosts only: the local part as typed, the domain in its IDN form.
std::optional<std::string> deliverable_email(std::string_view address);

// NFKC_Casefold of Unicode: for searching and comparing names.
std::string fold(std::string_view text);

}  // namespace luster::text
