#include "tool/partials.h"

namespace liquid::tool {

namespace {
std::string file_name(std::string_view name) {
    std::string lowered;
    for (char c : name) lowered += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (!lowered.ends_with(".liquid")) lowered += ".liquid";
    return lowered;
}
}  // namespace

void Partials::add(std::string_view name, std::string_view source) {
    sources_[file_name(name)] = source;
}

Partial Partials::find(std::string_view name) const {
    std::string file = file_name(name);
    if (auto found = parsed_.find(file); found != parsed_.end()) return found->second;
    auto source = sources_.find(file);
    if (source == sources_.end()) {
        return {nullptr, "Could not find asset " + std::string(name), {}};
    }
    auto parsed = parse(environment_, source->second, options_);
    // What was refused once is refused again, without another parse.
    Partial answer = parsed ? Partial{*parsed, {}, {}} : Partial{nullptr, {}, parsed.error()};
    return parsed_[file] = answer;
}

void Partials::parse_all() const {
    for (const auto& [name, source] : sources_) find(name);
}

bool mode_named(std::string_view name, Mode& mode) {
    if (name == "lax") return mode = Mode::lax, true;
    if (name == "warn") return mode = Mode::warn, true;
    if (name == "strict") return mode = Mode::strict, true;
    if (name == "strict2" || name == "rigid") return mode = Mode::strict2, true;
    return false;
}

}  // namespace liquid::tool
