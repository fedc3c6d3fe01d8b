#include "platform/signup/disposable.h"

#include <algorithm>
#include <array>

namespace luster::signup {
namespace {

// The best known ones.
constexpr auto domains = std::to_array<std::string_view>({
    "10minutemail.com",
    "10minutemail.net",
    "20minutemail.com",
    "33mail.com",
    "anonbox.net",
    "burnermail.io",
    "byom.de",
    "cock.li",
    "discard.email",
    "discardmail.com",
    "discardmail.de",
    "dispostable.com",
    "dropmail.me",
    "emailondeck.com",
    "fakeinbox.com",
    "fakemail.net",
    "getairmail.com",
    "getnada.com",
    "grr.la",
    "guerrillamail.biz",
    "guerrillamail.com",
    "guerrillamail.de",
    "guerrillamail.info",
    "guerrillamail.net",
    "guerrillamail.org",
    "guerrillamailblock.com",
    "harakirimail.com",
    "inboxbear.com",
    "inboxkitten.com",
    "jetable.org",
    "mail-temp.com",
    "mailcatch.com",
    "maildrop.cc",
    "mailinator.com",
    "mailinator.net",
    "mailinator2.com",
    "mailnesia.com",
    "mailnull.com",
    "mailsac.com",
    "mailtemp.net",
    "minuteinbox.com",
    "mintemail.com",
    "moakt.com",
    "mohmal.com",
    "mytemp.email",
    "mytrashmail.com",
    "nada.email",
    "nowmymail.com",
    "pokemail.net",
    "sharklasers.com",
    "sogetthis.com",
    "spam4.me",
    "spambog.com",
    "spamgourmet.com",
    "spamspot.com",
    "tempail.com",
    "temp-mail.io",
    "temp-mail.org",
    "tempinbox.com",
    "tempmail.com",
    "tempmail.de",
    "tempmail.dev",
    "tempmail.net",
    "tempmailaddress.com",
    "tempr.email",
    "throwawaymail.com",
    "trash-mail.com",
    "trash-mail.de",
    "trashmail.com",
    "trashmail.de",
    "trashmail.me",
    "trashmail.net",
    "trbvm.com",
    "wegwerfemail.de",
    "wegwerfmail.de",
    "wegwerfmail.net",
    "wegwerfmail.org",
    "yopmail.com",
    "yopmail.fr",
    "yopmail.net",
    "zetmail.com",
});

}  // namespace

bool is_disposable_domain(std::string_view domain) {
    while (true) {
        if (std::ranges::find(domains, domain) != domains.end()) return true;
        auto dot = domain.find('.');
        if (dot == std::string_view::npos) return false;
        domain.remove_prefix(dot + 1);
    }
}

}  // namespace luster::signup
