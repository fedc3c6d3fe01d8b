// Slugs: the name of an organization in addresses and of its database, fixed for life.
#pragma once

#include <boost/describe/enum.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace luster::text {

constexpr std::size_t slug_length_min = 3;
constexpr std::size_t slug_length_max = 40;

BOOST_DEFINE_ENUM_CLASS(SlugFlaw, invalid, reserved, lookalike)

// What keeps a text from being anybody's slug; whether it is taken is another question.
// `lookalike`: not a reserved word, but drawn to be read as one ("adm1n", "1uster").
std::optional<SlugFlaw> slug_flaw(std::string_view slug);

// From a name in any script: "Müllers Bücher" → "muellers-buecher". Always a good slug by its form;
// a name without a usable letter gives "my-site".
std::string suggest_slug(std::string_view name);

// The same with a number: the second "acme" is "acme-2". Never longer than a slug may be.
std::string numbered_slug(std::string_view slug, int number);

}  // namespace luster::text
