// JSON-RPC 2.0 on standard input and output, so that other programs drive the engine.
#pragma once
#include "tool/lines.h"

namespace liquid::tool {

int run_rpc(Lines lines = {});

}  // namespace liquid::tool
