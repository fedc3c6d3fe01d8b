#include "core/mail/letter.h"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <doctest/doctest.h>

#include <array>

using namespace luster;
using namespace luster::mail;

namespace {

Letter letter(LetterKind kind, Language language) {
    return {
        kind,
        language,
        "ann@example.org",
        "Ann",
        {{"name", "Ann <b>"},
         {"organization", "Fish & \"Chips\""},
         {"link", "https://admin.example.org/verify?token=abc"}}
    };
}

void install_sentences() {
    messages::install(std::array{sentences()});
}

}  // namespace

TEST_CASE("Letters: both languages say the same things") {
    auto flaws = messages::flaws(sentences());
    for (const auto& flaw : flaws) MESSAGE(flaw);
    CHECK(flaws.empty());
}

TEST_CASE("Letters: every kind has all its words in both languages") {
    install_sentences();
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<LetterKind>>([](auto kind) {
        for (auto language : {Language::en, Language::de}) {
            auto written = write(letter(kind.value, language), {});
            CAPTURE(kind.name);
            for (const auto* part : {&written.subject, &written.text, &written.html}) {
                CHECK(!part->empty());
                CHECK(part->find("mail_") == std::string::npos);  // a key that nobody wrote
                CHECK(part->find('{') == std::string::npos);
            }
            CHECK(written.text.find("token=abc") != std::string::npos);
            CHECK(
                written.html.find("href=\"https://admin.example.org/verify?token=abc\"") !=
                std::string::npos
            );
        }
    });
}

TEST_CASE("Letters: what a person typed is text, never markup") {
    install_sentences();
    auto written = write(letter(LetterKind::verify_email, Language::en), {});
    CHECK(written.html.find("<b>") == std::string::npos);
    CHECK(written.html.find("Fish &amp; &quot;Chips&quot;") != std::string::npos);
    CHECK(written.text.find("Fish & \"Chips\"") != std::string::npos);
    CHECK(written.text.find("Hello Ann <b>,\n\nwelcome to Luster.") == 0);
}

TEST_CASE("Letters: a name can't pull in another placeholder") {
    install_sentences();
    auto evil = letter(LetterKind::verify_email, Language::de);
    evil.arguments["organization"] = "{{button}} {link}";
    CHECK(write(evil, {}).html.find("„{{button}} {link}“") != std::string::npos);
}
