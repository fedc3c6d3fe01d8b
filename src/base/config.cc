#include "base/config.h"

#include "base/messages.h"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

namespace luster::config {
namespace {

using boost::json::array;
using boost::json::object;
using json::Value;

constexpr std::string_view environment_prefix = "LUSTER_";

Value of_toml(const toml::node& node) {
    if (const auto* text = node.as_string()) return Value(text->get());
    if (const auto* number = node.as_integer()) return Value(number->get());
    if (const auto* number = node.as_floating_point()) return Value(number->get());
    if (const auto* flag = node.as_boolean()) return Value(flag->get());
    if (const auto* list = node.as_array()) {
        array items;
        for (const auto& item : *list) items.push_back(of_toml(item));
        return items;
    }
    object members;
    if (const auto* table = node.as_table()) {
        for (const auto& [key, value] : *table) members[key.str()] = of_toml(value);
    }
    return members;
}

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            auto above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
            diagonal = above;
        }
    }
    return row[b.size()];
}

std::string upper(std::string_view text) {
    std::string result(text);
    for (auto& c : result) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
        if (c == '.') c = '_';
    }
    return result;
}

std::string itself(const std::string& key) {
    return key;
}

class Merger {
public:
    Merger(Value defaults, const Sources& sources) : sources_(sources) {
        merged_.value = std::move(defaults);
        list("", merged_.value);
    }

    detail::Merged run() {
        lay_file();
        lay_environment();
        for (const auto& flag : sources_.flags) lay_flag(flag);
        return std::move(merged_);
    }

private:
    // Every leaf of the defaults is a key; an object without members takes any name (servers by
    // name).
    void list(const std::string& prefix, const Value& value) {
        const auto* members = value.if_object();
        if (!members || members->empty()) {
            merged_.entries.push_back({prefix, boost::json::serialize(value), "default"});
            return;
        }
        for (const auto& member : *members) {
            list(
                prefix.empty() ? std::string(member.key())
                               : prefix + "." + std::string(member.key()),
                member.value()
            );
        }
    }

    void lay_file() {
        if (sources_.toml.empty()) return;
        try {
            auto table = toml::parse(sources_.toml, sources_.file_name);
            lay("", of_toml(table), sources_.file_name);
        } catch (const toml::parse_error& error) {
            std::ostringstream where;
            where << error.source();
            merged_.errors.push_back(fmt::format("{}: {}", where.str(), error.description()));
        }
    }

    void lay(const std::string& key, const Value& value, const std::string& source) {
        if (auto* entry = find(key)) return set(*entry, value, source);
        const auto* members = value.if_object();
        bool known = key.empty() || std::ranges::any_of(merged_.entries, [&](const Entry& entry) {
                         return entry.key.starts_with(key + ".");
                     });
        if (!known || !members) return unknown(key, source);
        for (const auto& member : *members) {
            std::string name(member.key());
            lay(key.empty() ? name : key + "." + name, member.value(), source);
        }
    }

    void lay_environment() {
        for (const auto& [name, value] : sources_.environment) {
            if (!name.starts_with(environment_prefix)) continue;
            auto wanted = name.substr(environment_prefix.size());
            bool in_file = wanted.ends_with("_FILE") && !find_upper(wanted);
            if (in_file) wanted.resize(wanted.size() - 5);
            auto* entry = find_upper(wanted);
            if (!entry) {
                bool others = sources_.is_of_others(std::string(environment_prefix) + wanted);
                if (!others) unknown(name, "environment", variable_of);
                continue;
            }
            std::string text = value;
            if (in_file) {
                auto content = sources_.read_file(value);
                if (!content) {
                    merged_.errors.push_back(
                        fmt::format("{}: the file {} can't be read.", name, value)
                    );
                    continue;
                }
                text = std::move(*content);
                while (text.ends_with('\n')) text.pop_back();
            }
            set(*entry, typed(*entry, text), name);
        }
    }

    void lay_flag(const std::string& flag) {
        auto equals = flag.find('=');
        auto key = flag.substr(0, equals);
        auto* entry = find(key);
        if (!entry) return unknown(key, "--set");
        if (equals == std::string::npos) {
            merged_.errors.push_back(fmt::format("--set {}: say the value after '='.", key));
            return;
        }
        set(*entry, typed(*entry, flag.substr(equals + 1)), "--set");
    }

    // A text from outside in the form of the value that it replaces.
    Value typed(const Entry& entry, const std::string& text) const {
        auto before = json::parse(entry.value).value();
        if (before.is_string()) return Value(text);
        if (before.is_array() && !text.starts_with('[')) {
            array items;
            for (std::size_t at = 0; at < text.size();) {
                auto comma = std::min(text.find(',', at), text.size());
                items.emplace_back(text.substr(at, comma - at));
                at = comma + 1;
            }
            return items;
        }
        return json::parse(text).value_or(Value(text));
    }

    void set(Entry& entry, const Value& value, const std::string& source) {
        auto* at = &merged_.value;
        for (std::size_t from = 0; from <= entry.key.size();) {
            auto dot = std::min(entry.key.find('.', from), entry.key.size());
            at = &at->get_object()[entry.key.substr(from, dot - from)];
            from = dot + 1;
        }
        *at = value;
        entry.value = boost::json::serialize(value);
        entry.source = source;
    }

    Entry* find(std::string_view key) {
        auto found = std::ranges::find(merged_.entries, key, &Entry::key);
        return found == merged_.entries.end() ? nullptr : &*found;
    }

    Entry* find_upper(std::string_view name) {
        auto found = std::ranges::find_if(merged_.entries, [&](const Entry& entry) {
            return upper(entry.key) == name;
        });
        return found == merged_.entries.end() ? nullptr : &*found;
    }

    // `spell` says how a key is written where this one was found.
    void unknown(
        const std::string& name,
        const std::string& source,
        std::string (*spell)(const std::string& key) = itself
    ) {
        std::string nearest;
        for (const auto& entry : merged_.entries) {
            auto known = spell(entry.key);
            if (nearest.empty() || distance(known, name) < distance(nearest, name)) nearest = known;
        }
        auto text = fmt::format("{}: there is no setting '{}'", source, name);
        bool close = !nearest.empty() && distance(nearest, name) <= 1 + name.size() / 3;
        if (close) text += fmt::format("; did you mean '{}'?", nearest);
        merged_.errors.push_back(text + (close ? "" : "."));
    }

    const Sources& sources_;
    detail::Merged merged_;
};

}  // namespace

std::string variable_of(const std::string& key) {
    return std::string(environment_prefix) + upper(key);
}

namespace detail {

Merged merge(Value defaults, const Sources& sources) {
    return Merger(std::move(defaults), sources).run();
}

std::string sentence_of(const Problem::Field& field) {
    std::string key = field.pointer.empty() ? "" : field.pointer.substr(1);
    std::ranges::replace(key, '/', '.');
    return fmt::format("{}: {}", key, messages::sentence(Language::en, field.message));
}

}  // namespace detail
}  // namespace luster::config
