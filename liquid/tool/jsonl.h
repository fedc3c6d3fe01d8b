#pragma once
#include "tool/lines.h"

namespace liquid::tool {

int run_jsonl(Lines lines = {});

}  // namespace liquid::tool
