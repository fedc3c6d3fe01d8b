#include "tool/rpc_drop.h"

#include "src/big.h"
#include "tool/inspected.h"
#include "tool/json.h"

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

std::string_view kept(std::string_view text, const Home& home) {
    return home.copies ? home.arena.copy(text) : text;
}

// A hash whose keys are no texts: the inspected form says what they are.
Value ruby_hash(const Value& data, const Value& inspected, const Home& home, int depth) {
    if (!data.is(Kind::hash) || !inspected.is(Kind::string)) return {};
    Hash* hash = home.arena.hash(data.hash().size());
    InspectedHash keys(kept(inspected.string(), home), home.arena);
    for (const Hash::Entry& entry : data.hash()) {
        hash->set(keys.next(kept(entry.key.string(), home)), revive(entry.value, home, depth + 1));
    }
    return hash;
}

Value ruby_value(const Hash& marker, const Home& home, int depth) {
    const Value* type = marker.find("_ruby_type");
    auto part = [&](const char* name) {
        const Value* found = marker.find(name);
        return found == nullptr ? Value() : *found;
    };
    if (!type->is(Kind::string)) return {};
    if (type->string() == "Symbol") {
        Value name = part("value");
        return name.is(Kind::string) ? Value::symbol(kept(name.string(), home)) : Value();
    }
    if (type->string() == "Hash") return ruby_hash(part("data"), part("inspect"), home, depth);
    if (type->string() == "Range") {
        Range range{revive(part("begin"), home, depth + 1), revive(part("end"), home, depth + 1)};
        if (part("exclude_end").truthy() && range.last.is(Kind::integer)) {
            range.last = range.last.integer() - 1;
        }
        return home.arena.make<Range>(range);
    }
    if (type->string() == "Class") {
        Value name = part("name");
        std::string_view shown = name.is(Kind::string) ? name.string() : type->string();
        return static_cast<Drop*>(home.arena.make<RubyClass>(kept(shown, home)));
    }
    return {};
}

Drop* drop_of(const Hash& marker, const Value& id, const Home& home) {
    std::string written;
    write_json(id, written);
    if (auto found = home.known.find(written); found != home.known.end()) return found->second;
    const Value* type = marker.find("type");
    std::string_view name = type != nullptr && type->is(Kind::string) ? type->string() : "Drop";
    Value own_id = revive(id, home);
    Drop* made = home.arena.make<RpcDrop>(own_id, kept(name, home), home);
    if (!home.copies) home.known[written] = made;
    return made;
}
}  // namespace

Value revive(const Value& value, const Home& home, int depth) {
    if (depth > DEPTH_MAX) return {};
    switch (value.kind()) {
        case Kind::array: {
            Array* array = home.arena.array(value.array().size());
            for (const Value& item : value.array()) array->push(revive(item, home, depth + 1));
            return array;
        }
        case Kind::string:
            return kept(value.string(), home);
        case Kind::big_integer:
            return home.copies ? home.arena.make<BigInteger>(value.big_integer()) : value;
        case Kind::hash:
            break;
        default:
            return value;
    }
    const Hash& source = value.hash();
    const Value* id = source.find("_rpc_drop");
    if (id != nullptr && (id->is(Kind::string) || id->is(Kind::integer))) {
        return drop_of(source, *id, home);
    }
    if (source.find("_ruby_type") != nullptr) return ruby_value(source, home, depth);
    Hash* hash = home.arena.hash(source.size());
    for (const Hash::Entry& entry : source) {
        hash->set(revive(entry.key, home, depth + 1), revive(entry.value, home, depth + 1));
    }
    return hash;
}

Value RpcDrop::ask(
    Render& render, std::string_view method, const char* field, Hash& params, Arena& exchange
) {
    params.set("drop_id", id_);
    Value result = home_.ask(render, method, &params, exchange);
    const Value* value = result.is(Kind::hash) ? result.hash().find(field) : nullptr;
    if (value == nullptr) {
        throw BadAnswer(std::string(method) + " was answered without '" + field + "'");
    }
    return revive(*value, {home_.answers, home_.answers, home_.ask, home_.known, true});
}

Value RpcDrop::get(const Value& property, Render& render) {
    Arena exchange;
    Hash* params = exchange.hash();
    params->set("property", property);
    return ask(render, "drop_get", "value", *params, exchange);
}

// What the drop answers to a call; nullopt if it knows no such method.
std::optional<Value> RpcDrop::call(const char* method, Render& render) {
    Arena exchange;
    Hash* params = exchange.hash();
    params->set("method", method);
    params->set("args", exchange.array());
    try {
        return ask(render, "drop_call", "value", *params, exchange);
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
Value RpcDrop::property(std::string_view name, Render& render) {
    return name == "to_s" ? Value() : get(name, render);
}
Value RpcDrop::index(const Value& key, Render& render) {
    return get(key, render);
}

std::string_view RpcDrop::text(Render& render) {
    auto text = call("to_s", render);
    return !text || text->is(Kind::drop) || text->is_nil() ? type_ : render.text(*text);
}

std::optional<Value> RpcDrop::to_liquid_value(Render& render) {
    if (!plain_known_) {
        plain_ = call("to_liquid_value", render);
        if (plain_ && plain_->is(Kind::drop)) plain_.reset();
        plain_known_ = true;
    }
    return plain_;
}

Value RpcDrop::to_liquid(Render& render) {
    auto made = call("to_liquid", render);
    return !made || is_itself(*made) ? Value(this) : *made;
}

const Array* RpcDrop::items(Render& render, std::uint64_t from, std::optional<std::uint64_t> to) {
    Arena exchange;
    Value all = ask(render, "drop_iterate", "items", *exchange.hash(), exchange);
    if (!all.is(Kind::array)) return nullptr;
    // A drop that can't be walked is answered as a list of itself, which looks like a list of one
    // drop of its kind. The latter has to_a.
    bool doubtful = all.array().size() == 1 && is_itself(all.array()[0]);
    if (doubtful && !call("to_a", render).value_or(Value()).is(Kind::array)) return nullptr;
    if (from == 0 && !to) return &all.array();
    Array* part = home_.answers.array();
    for (std::uint64_t i = from; i < all.array().size() && (!to || i < *to); ++i) {
        part->push(all.array()[static_cast<std::size_t>(i)]);
    }
    return part;
}

std::optional<Value> RpcDrop::to_number(Render& render) {
    auto number = call("to_number", render);
    if (!number || number->is_nil() || number->is(Kind::drop)) return std::nullopt;
    return number;
}

std::optional<Value> RpcDrop::size(Render& render) {
    return call("size", render);
}

}  // namespace liquid::tool
