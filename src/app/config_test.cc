#include "app/config.h"

#include <doctest/doctest.h>

namespace luster::app {

TEST_CASE("config: every setting is explained in one sentence, and nothing else is") {
    auto loaded = config::load(Config{}, {});
    std::size_t explained = 0;
    for (const auto& entry : loaded.entries) {
        INFO(entry.key);
        CHECK(config_docs().contains(entry.key));
        ++explained;
    }
    CHECK(explained == config_docs().size());
}

}  // namespace luster::app
