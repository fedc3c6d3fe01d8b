// The languages that the product itself speaks. (Sites may speak others.)
#pragma once

#include <boost/describe.hpp>

namespace luster {

enum class Language { en, de };
BOOST_DESCRIBE_ENUM(Language, en, de)

}  // namespace luster
