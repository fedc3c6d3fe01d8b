// Typed configuration: a described struct of described sections, filled from defaults, a TOML file,
// the environment and flags, in this order. Pure: who calls brings the texts.
//
//   [http] listen = […]  ·  LUSTER_HTTP_LISTEN=…  ·  LUSTER_HTTP_LISTEN_FILE=path  ·  --set
//   http.listen=…
//
// A key or variable that nobody knows is an error with the nearest known one, never ignored.
#pragma once

#include "base/json.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace luster::config {

struct Sources {
    std::string file_name;  // for errors
    std::string toml;
    std::vector<std::pair<std::string, std::string>>
        environment;                 // all of it; LUSTER_* is looked at
    std::vector<std::string> flags;  // "http.listen=127.0.0.1:80"
    // The content of a file named by LUSTER_…_FILE; nothing where it can't be read.
    std::function<std::optional<std::string>(const std::string& path)> read_file;
    // Whether a variable that is no setting here belongs to somebody else, and is left alone.
    std::function<bool(const std::string& name)> is_of_others = [](const auto&) { return false; };
};

// "http.listen" → "LUSTER_HTTP_LISTEN"
std::string variable_of(const std::string& key);

// Where a value came from, for `luster config`.
struct Entry {
    std::string key;     // "http.listen"
    std::string value;   // as JSON
    std::string source;  // "default", "luster.toml", "LUSTER_HTTP_LISTEN", "--set"
};

namespace detail {
// The defaults with everything laid over them, or what is wrong, a sentence each.
struct Merged {
    json::Value value;
    std::vector<Entry> entries;
    std::vector<std::string> errors;
};
Merged merge(json::Value defaults, const Sources& sources);
std::string sentence_of(const Problem::Field& field);
}  // namespace detail

template <class Config>
struct Loaded {
    Config config;
    std::vector<Entry> entries;
    std::vector<std::string> errors;  // not empty: `config` is not to be used
};

template <class Config>
Loaded<Config> load(const Config& defaults, const Sources& sources) {
    auto merged = detail::merge(*json::parse(json::to_string(defaults)), sources);
    Loaded<Config> loaded{defaults, std::move(merged.entries), std::move(merged.errors)};
    if (!loaded.errors.empty()) return loaded;
    json::Reader reader;
    json::read(reader, merged.value, loaded.config);
    for (const auto& field : reader.errors) loaded.errors.push_back(detail::sentence_of(field));
    return loaded;
}

}  // namespace luster::config
