#include "tool/rpc_drop.h"

#include "tool/json.h"

namespace liquid::tool {
namespace {
constexpr int DEPTH_MAX = 256;

// The key that the inspected form of a hash has next, as {:a=>1, 2=>3, "c"=>4} or {a: 1, 2 => 3};
// `at` moves behind its value.
Value next_key(std::string_view text, std::size_t& at) {
    while (at < text.size() && (text[at] == ' ' || text[at] == ',' || text[at] == '{')) ++at;
    std::size_t start = at;
    std::size_t end = at;
    int depth = 0;
    bool quoted = false;
    Value key;
    bool has_key = false;
    for (; at < text.size(); ++at) {
        char c = text[at];
        if (c == '\\') {
            ++at;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (quoted) {
            continue;
        } else if (c == '[' || c == '{') {
            ++depth;
        } else if ((c == ']' || c == '}') && depth-- == 0) {
            break;
        } else if (c == ',' && depth == 0) {
            break;
        } else if (!has_key && depth == 0 &&
                   (text.substr(at, 2) == "=>" || text.substr(at, 2) == ": ")) {
            end = at;
            has_key = true;
            std::string_view name = text.substr(start, end - start);
            bool label = c == ':';
            while (name.ends_with(' ')) name.remove_suffix(1);
            if (label) {
                key = Value::symbol(name);
            } else if (name.starts_with(':')) {
                key = Value::symbol(name.substr(1));
            } else if (name == "nil" || name == "true" || name == "false") {
                key = name == "nil" ? Value() : Value(name == "true");
            } else if (!name.empty() && name[0] != '"') {
                key = name;  // a number, still to be read
            } else {
                key = Value::keyword(Kind::blank);  // a text: as it came in the data
            }
        }
    }
    return key;
}

// A hash whose keys are no texts: the inspected form says what they are.
Value ruby_hash(
    const Value& data, const Value& inspected, Arena& arena, const Ask& ask, int depth
) {
    if (!data.is(Kind::hash) || !inspected.is(Kind::string)) return {};
    Hash* hash = arena.hash(data.hash().size());
    std::size_t at = 0;
    for (const Hash::Entry& entry : data.hash()) {
        Value key = next_key(inspected.string(), at);
        if (key.is(Kind::blank)) key = entry.key;
        if (key.is(Kind::string) && !entry.key.string().empty()) {
            auto number = read_json(key.string(), arena);
            if (number && (number->is(Kind::integer) || number->is(Kind::real))) key = *number;
        }
        hash->set(key, revive(entry.value, arena, ask, depth + 1));
    }
    return hash;
}

Value ruby_value(const Hash& marker, Arena& arena, const Ask& ask, int depth) {
    const Value* type = marker.find("_ruby_type");
    auto part = [&](const char* name) {
        const Value* found = marker.find(name);
        return found == nullptr ? Value() : *found;
    };
    if (!type->is(Kind::string)) return {};
    if (type->string() == "Symbol") {
        Value name = part("value");
        return name.is(Kind::string) ? Value::symbol(name.string()) : Value();
    }
    if (type->string() == "Hash")
        return ruby_hash(part("data"), part("inspect"), arena, ask, depth);
    if (type->string() == "Range") {
        Range range{part("begin"), part("end")};
        if (part("exclude_end").truthy() && range.last.is(Kind::integer)) {
            range.last = range.last.integer() - 1;
        }
        return arena.make<Range>(range);
    }
    return {};
}
}  // namespace

Value revive(const Value& value, Arena& arena, const Ask& ask, int depth) {
    if (depth > DEPTH_MAX) return {};
    if (value.is(Kind::array)) {
        Array* array = arena.array(value.array().size());
        for (const Value& item : value.array()) array->push(revive(item, arena, ask, depth + 1));
        return array;
    }
    if (!value.is(Kind::hash)) return value;
    const Hash& source = value.hash();
    const Value* id = source.find("_rpc_drop");
    if (id != nullptr && (id->is(Kind::string) || id->is(Kind::integer))) {
        const Value* type = source.find("type");
        std::string_view name = type != nullptr && type->is(Kind::string) ? type->string() : "Drop";
        return static_cast<Drop*>(arena.make<RpcDrop>(*id, name, ask, arena));
    }
    if (source.find("_ruby_type") != nullptr) return ruby_value(source, arena, ask, depth);
    Hash* hash = arena.hash(source.size());
    for (const Hash::Entry& entry : source) {
        hash->set(entry.key, revive(entry.value, arena, ask, depth + 1));
    }
    return hash;
}

Value RpcDrop::answered(std::string_view method, const Value& result, const char* field) {
    const Value* value = result.is(Kind::hash) ? result.hash().find(field) : nullptr;
    if (value == nullptr) {
        throw BadAnswer(std::string(method) + " was answered without '" + field + "'");
    }
    return revive(*value, arena_, ask_);
}

Value RpcDrop::get(const Value& property) {
    Hash* params = arena_.hash();
    params->set("drop_id", id_);
    params->set("property", property);
    return answered("drop_get", ask_("drop_get", params), "value");
}

// What the drop answers to a call; nullopt if it knows no such method.
std::optional<Value> RpcDrop::call(const char* method) {
    Hash* params = arena_.hash();
    params->set("drop_id", id_);
    params->set("method", method);
    params->set("args", arena_.array());
    try {
        return answered("drop_call", ask_("drop_call", params), "value");
    } catch (const BadAnswer&) {
        throw;
    } catch (const Error&) {
        return std::nullopt;
    }
}

// The other end names a drop anew each time it hands it out, so its type has to tell.
bool RpcDrop::is_itself(const Value& value) const {
    if (!value.is(Kind::drop)) return false;
    auto* other = dynamic_cast<RpcDrop*>(&value.drop());
    return other != nullptr && other->type_ == type_;
}

Value RpcDrop::property(std::string_view name, Render&) {
    return get(name);
}
Value RpcDrop::index(const Value& key, Render&) {
    return get(key);
}

std::string_view RpcDrop::text(Render& render) {
    auto text = call("to_s");
    return !text || text->is(Kind::drop) || text->is_nil() ? type_ : render.text(*text);
}

std::optional<Value> RpcDrop::to_liquid_value(Render&) {
    if (!plain_known_) {
        plain_ = call("to_liquid_value");
        if (plain_ && plain_->is(Kind::drop)) plain_.reset();
        plain_known_ = true;
    }
    return plain_;
}

Value RpcDrop::to_liquid(Render&) {
    auto made = call("to_liquid");
    return !made || is_itself(*made) ? Value(this) : *made;
}

const Array* RpcDrop::items(Render&, std::uint64_t from, std::optional<std::uint64_t> to) {
    Hash* params = arena_.hash();
    params->set("drop_id", id_);
    Value all = answered("drop_iterate", ask_("drop_iterate", params), "items");
    if (!all.is(Kind::array)) return nullptr;
    // A drop that can't be walked is answered as a list of itself.
    if (all.array().size() == 1 && is_itself(all.array()[0])) return nullptr;
    Array* part = arena_.array();
    for (std::uint64_t i = from; i < all.array().size() && (!to || i < *to); ++i) {
        part->push(all.array()[static_cast<std::size_t>(i)]);
    }
    return part;
}

std::optional<Value> RpcDrop::to_number(Render&) {
    auto number = call("to_number");
    if (!number || number->is_nil() || number->is(Kind::drop)) return std::nullopt;
    return number;
}

std::optional<Value> RpcDrop::size(Render&) {
    auto size = call("size");
    if (!size || !size->is(Kind::integer)) return std::nullopt;
    return size;
}

}  // namespace liquid::tool
