// A drop that lives at the other end of the line.
#pragma once
#include "liquid/drop.h"
#include "liquid/render.h"

#include <functional>
#include <map>
#include <string>

namespace liquid::tool {

// Sends a request and waits for its result, which lies in `exchange`; throws liquid::Error if it is
// an error. What it takes is counted by the render.
using Ask = std::function<
    Value(Render& render, std::string_view method, const Value& params, Arena& exchange)>;

// Where values that came over the line are kept, and how the drops among them are asked.
struct Home {
    Arena& arena;
    Arena& answers;  // for what drops answer
    const Ask& ask;
    // The drops of the data by their ids: the same id is the same drop, wherever it turns up.
    std::map<std::string, Drop*>& known;
    bool copies = false;  // the texts, too: they came in an exchange
};

// What the other end answers is no answer. That is the fault of the drop in whose name it was
// asked.
struct BadAnswer : Error {
    explicit BadAnswer(const std::string& message) : Error(ErrorType::standard, message) {}
};

// Makes drops, ranges and symbols of their markers, all through the value.
Value revive(const Value& value, const Home& home, int depth = 0);

class RpcDrop final : public Drop {
public:
    RpcDrop(const Value& id, std::string_view type, const Home& home)
        : id_(id), type_(type), home_(home) {}
    Value property(std::string_view name, Render& render) override;
    Value index(const Value& key, Render& render) override;
    std::string_view text(Render& render) override;
    std::string_view inspected(Render&) override { return type_; }
    std::optional<Value> to_liquid_value(Render& render) override;
    Value to_liquid(Render& render) override;
    const Array* items(Render& render, std::uint64_t, std::optional<std::uint64_t>) override;
    std::optional<Value> to_number(Render& render) override;
    std::optional<Value> size(Render& render) override;

private:
    Value get(const Value& property, Render& render);
    // The field of the answer to a question that names this drop.
    Value ask(Render& render, std::string_view method, const char* field, Hash& params, Arena&);
    std::optional<Value> call(const char* method, Render& render);
    bool is_itself(const Value& value) const;
    Value id_;  // a text or a number, as it came
    std::string_view type_;
    Home home_;
    bool plain_known_ = false;
    std::optional<Value> plain_;
};

}  // namespace liquid::tool
