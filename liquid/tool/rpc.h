// JSON-RPC 2.0 on standard input and output, so that other programs drive the engine.
#pragma once

namespace liquid::tool {

int run_rpc();

}  // namespace liquid::tool
