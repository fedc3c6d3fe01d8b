// Standard input and output by the line.
#pragma once
#include <cstdio>
#include <string>

namespace liquid::tool {

bool read_line(std::string& line);
void write_line(const std::string& line);

}  // namespace liquid::tool
