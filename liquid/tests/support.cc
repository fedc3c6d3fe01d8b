#include "support.h"

#include "tool/json.h"
#include "tool/partials.h"

#include <fstream>
#include <sstream>

namespace liquid::test {

const Environment& plain_environment() {
    static const Environment environment;
    return environment;
}

RenderResult rendered(const Environment& environment, std::string_view source, const Given& given) {
    ParseOptions parse_options;
    parse_options.mode = given.mode;
    parse_options.name = given.name;
    auto parsed = parse(environment, source, parse_options);
    if (!parsed) {
        RenderResult result;
        result.output = parsed.error().text();
        result.failed = true;
        return result;
    }
    tool::Partials partials(environment, parse_options);
    for (const auto& [name, text] : given.partials) partials.add(name, text);
    RenderOptions options = given.options;
    if (!options.partials && !given.partials.empty()) {
        options.partials = [&](std::string_view name) { return partials.find(name); };
    }
    Arena arena;
    auto data = tool::read_json(given.data, arena);
    if (!data) throw std::runtime_error("not JSON: " + given.data);
    return render(**parsed, *data, options);
}

std::string show(std::string_view source, const Given& given) {
    return rendered(plain_environment(), source, given).output;
}

ParseError refusal(std::string_view source, Mode mode) {
    ParseOptions options;
    options.mode = mode;
    auto parsed = parse(plain_environment(), source, options);
    return parsed ? ParseError{} : parsed.error();
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string folder(std::string_view name) {
    std::string path = LIQUID_TESTS;
    return path + "/" + std::string(name);
}

}  // namespace liquid::test
