// What a request says, by the path at which it says it: the sentence of a refusal names the field.
#pragma once
#include "liquid/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace liquid::tool {

constexpr int PARSE_ERROR = -32700;
constexpr int INVALID_REQUEST = -32600;
constexpr int METHOD_NOT_FOUND = -32601;
constexpr int INVALID_PARAMS = -32602;

struct ProtocolFault {
    int code;
    std::string message;
};

// A field that is null counts as not given.
class Field {
public:
    Field(std::string path, const Value& value) : path_(std::move(path)), value_(value) {}

    Field operator[](const char* name) const {
        const Hash* fields = object();
        const Value* found = fields == nullptr ? nullptr : fields->find(name);
        return {path_ + "." + name, found == nullptr ? Value() : *found};
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
        throw ProtocolFault{INVALID_PARAMS, "Missing required parameter '" + path_ + "'"};
    }
    std::optional<std::uint64_t> count() const {
        if (!given(Kind::integer, "an integer from 0")) return std::nullopt;
        if (value_.integer() < 0) refuse("an integer from 0");
        return static_cast<std::uint64_t>(value_.integer());
    }
    [[noreturn]] void refuse(std::string_view wanted) const {
        throw ProtocolFault{INVALID_PARAMS, "'" + path_ + "' must be " + std::string(wanted)};
    }

private:
    bool given(Kind kind, std::string_view wanted) const {
        if (value_.is_nil()) return false;
        if (!value_.is(kind)) refuse(wanted);
        return true;
    }

    std::string path_;
    Value value_;
};

}  // namespace liquid::tool
