// What a request says, by the path at which it says it: the sentence of a refusal names the field.
#pragma once
#include "liquid/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace liquid::tool {

struct Refusal {
    std::string message;
};

// A field that is null counts as not given.
class Field {
public:
    // An empty path is that of the whole request.
    Field(std::string path, const Value& value) : path_(std::move(path)), value_(value) {}

    Field operator[](std::string_view name) const {
        const Hash* fields = object();
        const Value* found = fields == nullptr ? nullptr : fields->find(name);
        return {within(name), found == nullptr ? Value() : *found};
    }
    const Value& value() const { return value_; }
    const Hash* object() const { return given(Kind::hash, "an object") ? &value_.hash() : nullptr; }
    bool flag(bool otherwise) const {
        return given(Kind::boolean, "true or false") ? value_.boolean() : otherwise;
    }
    std::optional<std::string_view> text() const {
        if (!given(Kind::string, "a string")) return std::nullopt;
        return value_.string();
    }
    std::string_view required_text() const {
        if (auto found = text()) return *found;
        refuse("given");
    }
    std::optional<std::uint64_t> count() const {
        if (!given(Kind::integer, "an integer from 0")) return std::nullopt;
        if (value_.integer() < 0) refuse("an integer from 0");
        return static_cast<std::uint64_t>(value_.integer());
    }
    // For each entry of an object of texts: names and sources.
    template <class Take>
    void each_text(Take take) const {
        const Hash* entries = object();
        if (entries == nullptr) return;
        for (const Hash::Entry& entry : *entries) {
            std::string_view name = entry.key.string();
            take(name, Field(within(name), entry.value).required_text());
        }
    }
    [[noreturn]] void refuse(std::string_view wanted) const {
        throw Refusal{"'" + path_ + "' must be " + std::string(wanted)};
    }

private:
    std::string within(std::string_view name) const {
        return (path_.empty() ? "" : path_ + ".") + std::string(name);
    }
    bool given(Kind kind, std::string_view wanted) const {
        if (value_.is_nil()) return false;
        if (!value_.is(kind)) refuse(wanted);
        return true;
    }

    std::string path_;
    Value value_;
};

}  // namespace liquid::tool
