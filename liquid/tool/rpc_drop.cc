#include "tool/rpc_drop.h"

#include "tool/inspected.h"

namespace liquid::tool {
namespace {
constexpr int DEPTH_MAX = 256;

// A class where a value should be. It has nothing to show.
class RubyClass final : public Drop {
public:
    explicit RubyClass(std::string_view name) : name_(name) {}
    Value property(std::string_view, Render&) override { return {}; }
    std::string_view text(Render&) override {
        throw Error(ErrorType::standard, std::string(name_) + " cannot be printed");
    }

private:
    std::string_view name_;
};

// A hash whose keys are no texts: the inspected form says what they are.
Value ruby_hash(
    const Value& data, const Value& inspected, Arena& arena, const Ask& ask, int depth
) {
    if (!data.is(Kind::hash) || !inspected.is(Kind::string)) return {};
    Hash* hash = arena.hash(data.hash().size());
    InspectedHash keys(inspected.string(), arena);
    for (const Hash::Entry& entry : data.hash()) {
        hash->set(keys.next(entry.key.string()), revive(entry.value, arena, ask, depth + 1));
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
    if (type->string() == "Class") {
        Value name = part("name");
        return static_cast<Drop*>(
            arena.make<RubyClass>(name.is(Kind::string) ? name.string() : type->string())
        );
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

// The public runner would tell a drop's text under this name, which no template may ask for.
Value RpcDrop::property(std::string_view name, Render&) {
    return name == "to_s" ? Value() : get(name);
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
    // A drop that can't be walked is answered as a list of itself, which looks like a list of one
    // drop of its kind. The latter has to_a.
    bool doubtful = all.array().size() == 1 && is_itself(all.array()[0]);
    if (doubtful && !call("to_a").value_or(Value()).is(Kind::array)) return nullptr;
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
    return call("size");
}

}  // namespace liquid::tool
