#include "liquid/environment.h"

#include "filters.h"

namespace liquid {

Environment::Environment() {
    StandardFilters::add_to(*this);
}
Environment::~Environment() = default;
Environment::Environment(Environment&&) noexcept = default;

void Environment::filter(
    std::string name,
    std::uint8_t arguments_min,
    std::uint8_t arguments_max,
    FilterFunction function,
    bool accepts_keywords
) {
    auto made = std::make_unique<Filter>();
    made->name = std::move(name);
    made->host_function = std::move(function);
    made->arguments_min = arguments_min;
    made->arguments_max = arguments_max;
    made->accepts_keywords = accepts_keywords;
    std::string_view key = made->name;
    filters_.erase(key);
    filters_.emplace(key, std::move(made));
}

void Environment::tag(std::string name, TagDefinition definition) {
    tags_[std::move(name)] = std::make_unique<TagDefinition>(std::move(definition));
}

const Filter* Environment::find_filter(std::string_view name) const {
    auto found = filters_.find(name);
    return found == filters_.end() ? nullptr : found->second.get();
}

const TagDefinition* Environment::find_tag(std::string_view name) const {
    if (tags_.empty()) return nullptr;
    auto found = tags_.find(std::string(name));
    return found == tags_.end() ? nullptr : found->second.get();
}

}  // namespace liquid
