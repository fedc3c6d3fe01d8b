// Templates of strangers, as files: a template and sections: `--- data`, `--- partial NAME`,
// `--- mode lax`, `--- repeat N` (the template so often), `--- expect` with `limit`, `parse TEXT`,
// `text TEXT` or `output_max N`. In a line of its own, `--- many N TEXT` stands for TEXT N times
// and
// `--- then TEXT` for TEXT: so large attacks stay small files.
#pragma once
#include "support.h"

#include <filesystem>
#include <string>
#include <vector>

namespace liquid::test {

struct Attack {
    std::string source;
    Given given;
    std::string expected;
};

Attack read_attack(const std::string& path);
std::vector<std::filesystem::path> attacks();

}  // namespace liquid::test
