// Input and output by the line.
#pragma once
#include <cstdio>
#include <string>

namespace liquid::tool {

// Standard input and output, unless a test says otherwise.
struct Lines {
    std::FILE* in = stdin;
    std::FILE* out = stdout;

    bool read(std::string& line) const;
    void write(const std::string& line) const;
};

}  // namespace liquid::tool
