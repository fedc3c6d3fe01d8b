// The command `luster liquid`.
#pragma once

namespace liquid::tool {

int run(int argc, char** argv);

}  // namespace liquid::tool
