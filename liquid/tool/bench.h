#pragma once

namespace liquid::tool {

int run_bench(int rounds);

}  // namespace liquid::tool
