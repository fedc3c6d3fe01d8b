#include "base/text_email.h"
#include "base/text_language.h"
#include "base/text_slug.h"

#include <doctest/doctest.h>

using namespace luster::text;

TEST_CASE("E-mail: one person is one address, however it is typed") {
    CHECK(fold_email("Ann@Example.ORG") == "ann@example.org");
    CHECK(fold_email("ann@münchen.example") == "ann@xn--mnchen-3ya.example");
    CHECK(fold_email("ann@XN--MNCHEN-3YA.example") == "ann@xn--mnchen-3ya.example");
    CHECK(fold_email("JÜRGEN@example.org") == fold_email("jürgen@example.org"));
    CHECK(fold_email("STRASSE@example.org") == fold_email("straße@example.org"));
    CHECK(fold_email("o'hara+shop@mail.example.org") == "o'hara+shop@mail.example.org");
    CHECK(domain_of("ann@example.org") == "example.org");
}

TEST_CASE("E-mail: what no mail reaches is refused") {
    for (auto text :
         {"",
          "ann",
          "@example.org",
          "ann@",
          "ann@localhost",
          "ann@example..org",
          "a..n@example.org",
          ".ann@example.org",
          "ann@-example.org",
          "ann@example.org.",
          "ann@127.0.0.1",
          "ann @example.org",
          "ann@exam ple.org",
          "\"a b\"@example.org",
          "ann@example.org\r\nBcc: x@y.z",
          "ann\r\n@example.org",
          "<ann@example.org>",
          "ann@example_x.org",
          "a＠b@example.org",
          "a,b@example.org",
          "a\u202eb@example.org"}) {
        CAPTURE(std::string(text));
        CHECK(!fold_email(text));
    }
    CHECK(!fold_email(std::string(65, 'a') + "@example.org"));
    CHECK(!fold_email(
        std::string(60, 'a') + "@" + std::string(60, 'b') + "." + std::string(60, 'c') + "." +
        std::string(60, 'd') + "." + std::string(60, 'e')
    ));
}

TEST_CASE("E-mail: mail goes to the address as typed, at an ASCII host") {
    CHECK(deliverable_email("Ann@Münster.example") == "Ann@xn--mnster-3ya.example");
}

TEST_CASE("Slugs: the form is kept") {
    for (auto slug :
         {"abc", "a-b", "acme-2", "0815-shop", "a123456789012345678901234567890123456789"}) {
        CAPTURE(std::string(slug));
        CHECK(!slug_flaw(slug));
    }
    for (auto slug :
         {"",
          "ab",
          "-abc",
          "abc-",
          "a--b",
          "Abc",
          "a_b",
          "a.b",
          "асме",
          "a b",
          "abc\n",
          "a1234567890123456789012345678901234567890"}) {
        CAPTURE(std::string(slug));
        CHECK(slug_flaw(slug) == SlugFlaw::invalid);
    }
}

TEST_CASE("Slugs: reserved words and their lookalikes are nobody's") {
    for (auto slug : {"admin", "www", "luster", "postgres", "template1"}) {
        CHECK(slug_flaw(slug) == SlugFlaw::reserved);
    }
    for (auto slug :
         {"adm1n", "1uster", "lu5ter", "l-u-s-t-e-r", "adrnin", "supp0rt", "log-in", "s1gnin"}) {
        CAPTURE(std::string(slug));
        CHECK(slug_flaw(slug) == SlugFlaw::lookalike);
    }
    CHECK(!slug_flaw("blogger"));
    CHECK(!slug_flaw("administration"));
}

TEST_CASE("Slugs: a suggestion comes from a name in any script") {
    CHECK(suggest_slug("Müllers Bücher & Café") == "muellers-buecher-cafe");
    CHECK(suggest_slug("Anna's Shop!") == "annas-shop");
    CHECK(suggest_slug("Straße 7") == "strasse-7");
    CHECK(suggest_slug("Ресторан Волна") == "restoran-volna");
    CHECK(suggest_slug("東京カフェ").size() >= 3);
    CHECK(suggest_slug("Admin") == "admin-site");
    CHECK(suggest_slug("A") == "a-site");
    CHECK(suggest_slug("Verein der Freunde der Donaudampfschifffahrt") == "verein-der-freunde-der");
    CHECK(suggest_slug("🙂") == "my-site");
    CHECK(suggest_slug("\xff\xfe").size() >= 3);
    for (auto name :
         {"", "---", "x", "Łódź", "A.B.C.", "www", "Log in", "東京", "مطعم", "ελληνικά"}) {
        CAPTURE(std::string(name));
        CHECK(!slug_flaw(suggest_slug(name)));
    }
    CHECK(!slug_flaw(suggest_slug(std::string(300, 'x'))));
    CHECK(numbered_slug("acme", 2) == "acme-2");
    CHECK(numbered_slug(std::string(40, 'x'), 12).size() == 40);
}

TEST_CASE("Languages: a tag is two or three letters, then parts") {
    for (auto tag : {"en", "gsw", "pt-BR", "zh-Hant-TW"}) CHECK(is_language_tag(tag));
    for (auto tag : {"", "e", "klingon", "EN", "en-", "en-x", "-en", "en_GB"})
        CHECK(!is_language_tag(tag));
}
