// One running render: variables, output, counters.
#pragma once
#include "liquid/render.h"
#include "messages.h"
#include "nodes.h"
#include "strftime.h"
#include "text.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace liquid {

class LoopDrop;

// Ends a render with strict_errors at its first error.
struct Stopped {};

struct Binding {
    Name name;
    Value value;
};

// The variables that assign and capture set: open addressing by the names' hashes.
class VariableTable {
public:
    const Value* find(const Name& name) const;
    void set(const Name& name, const Value& value, Arena& arena);
    // Takes over the slots of a table that is no longer needed, and gives them back.
    static constexpr std::uint32_t FIRST_CAPACITY = 16;
    void adopt(Binding* slots);
    Binding* release();

private:
    void grow(Arena& arena);
    Binding* slots_ = nullptr;
    std::uint32_t capacity_ = 0;
    std::uint32_t size_ = 0;
};

// What a template and the partials that it includes share; {% render %} opens a new one.
struct Context {
    VariableTable variables;
    VariableTable counters;  // increment and decrement
    std::size_t bindings_begin = 0;
    std::size_t frames_begin = 0;
    std::uint32_t depth = 0;  // of {% render %} within {% render %}
    bool strict = false;      // about what is not defined; never in a {% render %}
    std::string_view template_name;
    std::size_t cycles_begin = 0;
    std::size_t offsets_begin = 0;
    std::string last_changed;
    std::size_t changed_bytes = 0;  // what last_changed may hold, as it was counted
    bool has_changed = false;
    LoopDrop* loop = nullptr;  // the innermost
    Drop* self = nullptr;
    // Where the bindings of a {% render %} within this context begin, while there is one.
    std::size_t bindings_end = static_cast<std::size_t>(-1);
};

struct CyclePlace {
    Value key;
    std::uint32_t next;
};

struct CachedPartial {
    Name name;
    Partial partial;
};

struct Workspace::Parts {
    Arena arena;
    Arena scratch;
    std::vector<Binding> bindings;
    std::vector<std::size_t> frames;
    std::vector<CachedPartial> partials;
    std::vector<LoopDrop*> free_loops;
    std::vector<Binding*> free_tables;
    std::vector<CyclePlace> cycles;
    std::vector<Binding> loop_offsets;  // where offset: continue goes on, by the loop's name
    std::string output;
    bool in_use = false;
};

enum class Interrupt : std::uint8_t { none, stop, next };

// What {% break %} and {% continue %} ask for. A loop serves the last one only: others, which a
// loop over an {% include %} has left, end what is around it.
class Interrupts {
public:
    bool any() const { return last_ != Interrupt::none; }
    void push(Interrupt wanted) {
        if (any()) earlier_.push_back(last_);
        last_ = wanted;
    }
    Interrupt pop() {
        Interrupt before = Interrupt::none;
        if (!earlier_.empty()) {
            before = earlier_.back();
            earlier_.pop_back();
        }
        return std::exchange(last_, before);
    }

private:
    Interrupt last_ = Interrupt::none;
    std::vector<Interrupt> earlier_;
};

// The items that a loop goes through, without building what can be computed.
struct Segment {
    const Value* items = nullptr;
    const Hash* hash = nullptr;
    std::int64_t first = 0;  // of a range
    std::int64_t from = 0;
    std::int64_t length = 0;
    bool reversed = false;
    bool is_range = false;
};

class Session final : public Render {
public:
    Session(Workspace::Parts& parts, const Value& data, const RenderOptions& options);

    void run(const Template& source, RenderResult& result);

    // Render
    Arena& arena() override { return parts_.arena; }
    Arena& scratch() override { return *scratch_; }
    void* registers() override { return options_.registers; }
    const RenderOptions& options() const override { return options_; }
    std::optional<Time> now() const override { return options_.now; }
    void write(std::string_view text) override;
    void body(const Body& body) override {
        step(1);  // an empty one has no nodes to count
        render_body(body);
    }
    Value capture(const Body& body) override;
    void partial(std::string_view name, const Hash* variables) override;
    Value evaluate(const Expression& expression) override;
    Value variable(std::string_view name) override { return find_variable(Name(name)); }
    void set(std::string_view name, const Value& value) override { set_local(Name(name), value); }
    void push() override { push_frame(); }
    void pop() override { pop_frame(); }
    std::string_view text(const Value& value) override;
    void step(std::uint64_t steps) override {
        counts_.steps += steps;
        if (counts_.steps > options_.limits.steps_max) throw LimitReached{};
    }
    void count_filter_bytes(std::uint64_t bytes) override {
        counts_.filter_bytes += bytes;
        if (counts_.filter_bytes > options_.limits.filter_bytes_max) throw LimitReached{};
    }

    // session.cc
    const Zone* zone();
    Value find_variable(const Name& name);
    Value find_variable_in(Context& context, const Name& name);
    Value find_self_in(Context& context);
    Value liquid(const Value& value) {
        if (value.is(Kind::drop)) return value.drop().to_liquid(*this);
        return value.is(Kind::symbol) ? Value(value.string()) : value;
    }
    Value plain(const Value& value) { return value.is(Kind::drop) ? plain_of_drop(value) : value; }

private:
    friend class SelfDrop;
    // session.cc
    // A step of what takes so little time that the limit is looked at by the next step().
    void count_small() { ++counts_.steps; }
    Value plain_of_drop(const Value& value);
    const Value* defined(const Name& name) const;
    void push_frame();
    void pop_frame();
    void set_local(const Name& name, const Value& value);
    void count_assigned(std::uint64_t score);
    std::uint64_t score_of(const Value& value, int depth = 0);
    void raise_score(std::uint64_t amount);
    void check_all_scores();
    void hold(std::size_t bytes);
    void give_back(std::size_t bytes);
    void record(Error& error, const Node* node);
    bool strict_variables() const { return options_.strict_variables && context_->strict; }
    [[noreturn]] void strict_undefined(const Value& key);

    // evaluate.cc
    Value lookup(const Variable& variable);
    Value get(const Value& object, const Step& step, const Value& key, bool& found);
    Value command(const Value& object, Command command, bool& found);
    Value range(const RangeExpression& range);
    Value filtered(const Filtered& chain);
    Value apply(const FilterUse& use, const Value& input);
    bool test(const Condition& condition);
    Value compare(const Condition& condition);
    bool equal_operands(const Value& left, const Value& right);
    bool contains(const Value& left, const Value& right);
    bool ordered(const Value& left, const Value& right, Operator op);

    // render.cc
    void render_body(const Body& body);
    void render_node(const Node& node);
    void render_safely(const Node& node);
    void report_thrown(const Node& node);
    void report(Error& error, const Node& node);
    void check_output();
    void render_output(const OutputNode& node);
    void render_assign(const AssignNode& node);
    void render_host(const HostNode& node);
    void render_condition(const ConditionNode& node);
    void render_case(const CaseNode& node);
    bool same_cycle(const Value& a, const Value& b);
    void render_cycle(const CycleNode& node);
    void render_counter(const CounterNode& node);
    void render_ifchanged(const BlockNode& node);

    // render_loops.cc
    void render_for(const ForNode& node);
    void render_tablerow(const TablerowNode& node);
    Segment segment_of(const Value& collection, std::int64_t from, std::optional<std::int64_t> to);
    Value item(const Segment& segment, std::int64_t index);
    Value& loop_offset(const Name& name);
    LoopDrop* new_loop(std::string_view name, std::int64_t length);

    // render_partials.cc
    void render_include(const PartialNode& node);
    void render_partial_tag(const PartialNode& node);
    void render_isolated(
        const PartialNode* node,
        const Template& source,
        std::string_view partial_name,
        const Name& variable_name,
        const Value& variable,
        Drop* loop,
        const Hash* variables
    );
    void run_partial(const Template& source);
    const Template& find_partial(std::string_view name);
    const Template& template_of(const CachedPartial& cached);
    std::string_view shown_name(const Template& source, std::string_view name);
    void check_scope_depth();

    Workspace::Parts& parts_;
    const RenderOptions& options_;
    Value data_;
    Arena* scratch_;
    BoundedText output_;
    Counts counts_;
    std::size_t held_bytes_ = 0;  // by partials, kept errors and what ifchanged compares with
    std::uint64_t score_ = 0;     // since the last template began, as the reference counts
    std::uint64_t assign_score_ = 0;
    Context* context_ = nullptr;
    Interrupts interrupts_;
    std::uint32_t body_depth_ = 0;
    std::uint32_t include_disabled_ = 0;
    static constexpr std::size_t NOT_CAPTURING = static_cast<std::size_t>(-1);
    std::size_t capture_begin_ = NOT_CAPTURING;
    std::size_t capture_counted_ = 0;
    std::vector<RenderError> errors_;
    const Zone* zone_ = nullptr;
    bool zone_known_ = false;
    friend class LoopDrop;
    friend struct LoopReturn;
    friend struct ContextEnd;
};

// Keeps counters right while exceptions pass.
template <class T>
class Restore {
public:
    explicit Restore(T& place) : place_(place), value_(place) {}
    Restore(T& place, T now) : place_(place), value_(place) { place_ = now; }
    ~Restore() { place_ = value_; }
    Restore(const Restore&) = delete;
    Restore& operator=(const Restore&) = delete;

private:
    T& place_;
    T value_;
};

}  // namespace liquid
