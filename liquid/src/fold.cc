// Computes what depends on constants alone when a template is parsed.
#include "filters.h"
#include "text.h"

namespace liquid {
namespace {
// Enough of a render for pure filters: memory in the template, and small limits.
class FoldingRender final : public Render {
public:
    explicit FoldingRender(Arena& arena) : arena_(arena) {}
    Arena& arena() override { return arena_; }
    Arena& scratch() override { return arena_; }
    void* registers() override { return nullptr; }
    const RenderOptions& options() const override { return options_; }
    std::optional<Time> now() const override { return std::nullopt; }
    void write(std::string_view) override {}
    void body(const Body&) override {}
    Value capture(const Body&) override { return {}; }
    void partial(std::string_view, const Hash*) override {}
    Value evaluate(const Expression&) override { return {}; }
    Value variable(std::string_view) override { return {}; }
    void set(std::string_view, const Value&) override {}
    void push() override {}
    void pop() override {}
    std::string_view text(const Value& value) override { return to_text(value, *this); }
    void step(std::uint64_t steps) override {
        constexpr std::uint64_t STEPS_MAX = 1000;
        if ((steps_ += steps) > STEPS_MAX) throw LimitReached{};
    }
    void count_filter_bytes(std::uint64_t bytes) override {
        constexpr std::uint64_t BYTES_MAX = 1024;
        if ((bytes_ += bytes) > BYTES_MAX) throw LimitReached{};
    }

private:
    Arena& arena_;
    RenderOptions options_;
    std::uint64_t steps_ = 0;
    std::uint64_t bytes_ = 0;
};

const Value* constant(const Expression& expression) {
    if (expression.kind != ExpressionKind::literal) return nullptr;
    const Value& value = static_cast<const Literal&>(expression).value;
    return value.is(Kind::range) ? nullptr : &value;
}

bool fold_one(const Value& input, const FilterUse& use, Arena& arena, Value& result) {
    constexpr std::size_t ARGUMENTS_MAX = 4;
    bool fits = use.filter != nullptr && use.filter->pure && use.filter->function != nullptr &&
                use.keyword_count == 0 && use.argument_count <= ARGUMENTS_MAX &&
                use.argument_count >= use.filter->arguments_min &&
                use.argument_count <= use.filter->arguments_max;
    if (!fits) return false;
    Value arguments[ARGUMENTS_MAX];
    for (std::size_t i = 0; i < use.argument_count; ++i) {
        const Value* argument = constant(*use.arguments[i]);
        if (argument == nullptr) return false;
        arguments[i] = *argument;
    }
    FoldingRender render(arena);
    try {
        FilterCall call{render, input, {arguments, use.argument_count}, nullptr};
        result = use.filter->function(call);
    } catch (const Error&) {
        return false;  // it is an error each time it is rendered
    } catch (const LimitReached&) {
        return false;
    }
    switch (result.kind()) {
        case Kind::nil:
        case Kind::boolean:
        case Kind::integer:
        case Kind::real:
        case Kind::string:
            return true;
        case Kind::array:  // the empty list that many templates begin with
            for (const Value& item : result.array()) {
                if (!item.is(Kind::string)) return false;
            }
            return true;
        default:
            return false;
    }
}
}  // namespace

void fold_constants(Filtered& chain, Arena& arena) {
    while (chain.filter_count > 0) {
        const Value* input = constant(*chain.value);
        Value result;
        if (input == nullptr || !fold_one(*input, chain.filters[0], arena, result)) return;
        auto* folded = new (arena.allocate(sizeof(Literal), alignof(Literal))) Literal();
        folded->kind = ExpressionKind::literal;
        folded->value = result;
        chain.value = folded;
        ++chain.filters;
        --chain.filter_count;
    }
}

}  // namespace liquid
