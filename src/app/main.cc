#include "app/main.h"

#include <fmt/format.h>

namespace luster::app {

int main(int, char**) {
    fmt::print("luster {}\n", LUSTER_VERSION);
    return 0;
}

}  // namespace luster::app
