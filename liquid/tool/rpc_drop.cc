#include "tool/rpc_drop.h"

namespace liquid::tool {
namespace {
constexpr int DEPTH_MAX = 256;

Value ruby_value(const Hash& marker, Arena& arena, const Ask& ask, int depth) {
    const Value* type = marker.find("_ruby_type");
    auto part = [&](const char* name) {
        const Value* found = marker.find(name);
        return found == nullptr ? Value() : *found;
    };
    if (!type->is(Kind::string)) return {};
    if (type->string() == "Symbol") return part("value");
    if (type->string() == "Hash") return revive(part("data"), arena, ask, depth + 1);
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
    if (const Value* id = source.find("_rpc_drop"); id != nullptr && id->is(Kind::string)) {
        const Value* type = source.find("type");
        std::string_view name = type != nullptr && type->is(Kind::string) ? type->string() : "Drop";
        return static_cast<Drop*>(arena.make<RpcDrop>(id->string(), name, ask, arena));
    }
    if (source.find("_ruby_type") != nullptr) return ruby_value(source, arena, ask, depth);
    Hash* hash = arena.hash(source.size());
    for (const Hash::Entry& entry : source) {
        hash->set(entry.key, revive(entry.value, arena, ask, depth + 1));
    }
    return hash;
}

Value RpcDrop::get(const Value& property) {
    Hash* params = arena_.hash();
    params->set("drop_id", id_);
    params->set("property", property);
    Value result = ask_("drop_get", params);
    if (!result.is(Kind::hash)) return {};
    const Value* value = result.hash().find("value");
    return value == nullptr ? Value() : revive(*value, arena_, ask_);
}

// The other end names a drop anew each time it hands it out, so its type has to tell.
bool RpcDrop::is_itself(const Value& value) const {
    if (!value.is(Kind::drop)) return false;
    auto* other = dynamic_cast<RpcDrop*>(&value.drop());
    return other != nullptr && other->type_ == type_;
}

Value RpcDrop::property(std::string_view name, Render&) { return get(name); }
Value RpcDrop::index(const Value& key, Render&) { return get(key); }

std::string_view RpcDrop::text(Render& render) {
    Value text = get("to_s");
    return text.is(Kind::drop) || text.is_nil() ? type_ : render.text(text);
}

std::optional<Value> RpcDrop::to_liquid_value(Render&) {
    if (!plain_known_) {
        Value plain = get("to_liquid_value");
        if (!plain.is_nil() && !plain.is(Kind::drop)) plain_ = plain;
        plain_known_ = true;
    }
    return plain_;
}

Value RpcDrop::to_liquid(Render&) {
    if (!liquid_known_) {
        liquid_known_ = true;
        Value made = get("to_liquid");
        liquid_ = is_itself(made) ? Value(this) : made;
    }
    return liquid_;
}

const Array* RpcDrop::items(Render&, std::uint64_t from, std::optional<std::uint64_t> to) {
    Hash* params = arena_.hash();
    params->set("drop_id", id_);
    Value result = ask_("drop_iterate", params);
    const Value* found = result.is(Kind::hash) ? result.hash().find("items") : nullptr;
    if (found == nullptr || !found->is(Kind::array)) return nullptr;
    Value all = revive(*found, arena_, ask_);
    // A drop that can't be walked is answered as a list of itself.
    if (all.array().size() == 1 && is_itself(all.array()[0])) return nullptr;
    Array* part = arena_.array();
    for (std::uint64_t i = from; i < all.array().size() && (!to || i < *to); ++i) {
        part->push(all.array()[static_cast<std::size_t>(i)]);
    }
    return part;
}

std::optional<Value> RpcDrop::to_number(Render&) {
    Value number = get("to_number");
    if (number.is_nil() || number.is(Kind::drop)) return std::nullopt;
    return number;
}

std::optional<Value> RpcDrop::size(Render&) {
    Value size = get("size");
    if (!size.is(Kind::integer)) return std::nullopt;
    return size;
}

}  // namespace liquid::tool
