#include "base/messages.h"

#include "base/result.h"

#include <doctest/doctest.h>

#include <array>

using namespace luster;

namespace {

constexpr messages::Source shop{
    "shop",
    R"({"shop_items": "{count, plural, one {One item} other {# items}} in {name}"})",
    R"({"shop_items": "{count, plural, one {Ein Artikel} other {# Artikel}} in {name}"})"
};

std::vector<std::string> flaws_of(std::string_view en, std::string_view de) {
    return messages::flaws({"shop", en, de});
}

}  // namespace

TEST_CASE("Messages: the base's catalogues are whole") {
    auto flaws = messages::flaws(messages::base());
    for (const auto& flaw : flaws) MESSAGE(flaw);
    CHECK(flaws.empty());
}

TEST_CASE("Messages: numbers follow the language, names stay as they are") {
    messages::Catalogue catalogue(std::array{messages::base(), shop});
    auto say = [&](Language language, std::string count) {
        return catalogue.sentence(language, {"shop_items", {{"count", count}, {"name", "2024"}}});
    };
    CHECK(say(Language::en, "1") == "One item in 2024");
    CHECK(say(Language::en, "1200") == "1,200 items in 2024");
    CHECK(say(Language::de, "1200") == "1.200 Artikel in 2024");
    CHECK(
        catalogue.sentence(Language::de, not_found("page").message) == "Diese Seite gibt es nicht."
    );
    CHECK(
        catalogue.sentence(Language::en, not_found("weather").message) ==
        "What you asked for does not exist."
    );
}

TEST_CASE("Messages: a missing key or argument still gives an answer") {
    messages::Catalogue catalogue(std::array{shop});
    CHECK(catalogue.sentence(Language::de, {"shop_lost", {}}) == "shop_lost");
    CHECK(!catalogue.sentence(Language::en, {"shop_items", {}}).empty());
}

TEST_CASE("Messages: what is not whole is found") {
    CHECK(flaws_of(R"({"shop_a": "A"})", R"({"shop_a": "A"})").empty());
    CHECK(flaws_of(R"({"shop_a": "A", "shop_b": "B"})", R"({"shop_a": "A"})").size() == 1);
    CHECK(flaws_of(R"({"shop_a": "{n}"})", R"({"shop_a": "{m}"})").size() == 2);
    CHECK(flaws_of(R"({"shop_a": "{n"})", R"({"shop_a": "n"})").size() == 1);
    CHECK(flaws_of(R"({"other_a": "A"})", R"({"other_a": "A"})").size() == 1);
    CHECK_THROWS_AS(flaws_of("[]", "{}"), Fault);
    CHECK_THROWS_AS(messages::Catalogue(std::array{shop, shop}), Fault);
}

TEST_CASE("Messages: the reader's language is the best of what they accept") {
    CHECK(accepted_language("") == Language::en);
    CHECK(accepted_language("de-AT,de;q=0.9,en;q=0.8") == Language::de);
    CHECK(accepted_language("fr, en;q=0.3, de;q=0.7") == Language::de);
    CHECK(accepted_language("fr") == Language::en);
    CHECK(accepted_language(",;q=,,q=de") == Language::en);
}
