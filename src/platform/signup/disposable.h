// Domains of throw-away mailboxes: whoever signs up with one is asked for another address.
#pragma once

#include <string_view>

namespace luster::signup {

// Of the domain itself and of every one below it.
bool is_disposable_domain(std::string_view domain);

}  // namespace luster::signup
