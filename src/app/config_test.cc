#include "app/config.h"

#include <doctest/doctest.h>

namespace luster::app {

namespace {

template <class Settings>
void check_explained(const Docs& docs) {
    auto loaded = config::load(Settings{}, {});
    std::size_t explained = 0;
    for (const auto& entry : loaded.entries) {
        INFO(entry.key);
        CHECK(docs.contains(entry.key));
        ++explained;
    }
    CHECK(explained == docs.size());
}

}  // namespace

TEST_CASE("config: every setting is explained in one sentence, and nothing else is") {
    check_explained<Config>(config_docs());
    check_explained<PodConfig>(pod_config_docs());
}

}  // namespace luster::app
