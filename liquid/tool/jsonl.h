#pragma once

namespace liquid::tool {

int run_jsonl();

}  // namespace liquid::tool
