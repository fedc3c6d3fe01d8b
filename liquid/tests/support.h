// Short ways to say what a template does.
#pragma once
#include "liquid/liquid.h"

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace liquid::test {

struct Given {
    std::string data = "{}";  // JSON
    std::map<std::string, std::string> partials = {};
    Mode mode = Mode::strict2;
    RenderOptions options = {};
    std::string name = {};
};

const Environment& plain_environment();

// The output, or the text of the error that refused the template.
std::string show(std::string_view source, const Given& given = {});
RenderResult rendered(
    const Environment& environment, std::string_view source, const Given& given = {}
);
ParseError refusal(std::string_view source, Mode mode = Mode::strict2);
std::string read_file(const std::string& path);
std::string folder(std::string_view name);  // within liquid/tests

}  // namespace liquid::test
