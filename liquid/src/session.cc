#include "session.h"

#include "loop_drop.h"

namespace liquid {

const Value* VariableTable::find(const Name& name) const {
    if (size_ == 0) return nullptr;
    std::uint32_t mask = capacity_ - 1;
    for (std::uint32_t at = name.code & mask; slots_[at].name.text.data() != nullptr;
         at = (at + 1) & mask) {
        if (slots_[at].name == name) return &slots_[at].value;
    }
    return nullptr;
}

void VariableTable::set(const Name& name, const Value& value, Arena& arena) {
    if (const Value* found = find(name)) {
        *const_cast<Value*>(found) = value;
        return;
    }
    if (size_ * 2 >= capacity_) grow(arena);
    std::uint32_t mask = capacity_ - 1;
    std::uint32_t at = name.code & mask;
    while (slots_[at].name.text.data() != nullptr) at = (at + 1) & mask;
    // An empty name still marks its slot as taken.
    slots_[at] = {name, value};
    if (name.text.data() == nullptr) slots_[at].name.text = "";
    ++size_;
}

void VariableTable::adopt(Binding* slots) {
    slots_ = slots;
    capacity_ = FIRST_CAPACITY;
    for (std::uint32_t i = 0; i < capacity_; ++i) new (&slots_[i]) Binding();
}

Binding* VariableTable::release() {
    Binding* slots = capacity_ == FIRST_CAPACITY ? slots_ : nullptr;
    slots_ = nullptr;
    capacity_ = size_ = 0;
    return slots;
}

void VariableTable::grow(Arena& arena) {
    std::uint32_t old_capacity = capacity_;
    Binding* old = slots_;
    capacity_ = capacity_ == 0 ? FIRST_CAPACITY : capacity_ * 2;
    slots_ = arena.many<Binding>(capacity_);
    for (std::uint32_t i = 0; i < capacity_; ++i) new (&slots_[i]) Binding();
    for (std::uint32_t i = 0; i < old_capacity; ++i) {
        if (old[i].name.text.data() == nullptr) continue;
        std::uint32_t at = old[i].name.code & (capacity_ - 1);
        while (slots_[at].name.text.data() != nullptr) at = (at + 1) & (capacity_ - 1);
        slots_[at] = old[i];
    }
}

Session::Session(Workspace::Parts& parts, const Value& data, const RenderOptions& options)
    : parts_(parts),
      options_(options),
      data_(data),
      scratch_(&parts.scratch),
      output_(parts.output, options.limits.output_bytes_max) {
    parts_.arena.limit(options.limits.memory_bytes_max);
    parts_.scratch.limit(options.limits.scratch_bytes_max);
}

void Session::run(const Template& source, RenderResult& result) {
    Context context;
    context.template_name = source.name();
    context.strict = true;
    context_ = &context;
    auto replace_output = [&](Error error) {
        parts_.output.clear();
        capture_begin_ = NOT_CAPTURING;
        RenderError shown{error.type, error.what(), error.line, error.template_name};
        errors_.push_back(shown);
        if (!options_.strict_errors) parts_.output = shown.text();
        result.failed = options_.strict_errors;
    };
    try {
        render_body(source.body());
    } catch (const LimitReached&) {
        counts_.limit_reached = true;
        replace_output(Error(ErrorType::memory, std::string(messages::LIMIT)));
    } catch (const Error& error) {  // the reference's score limits, and what escapes the nodes
        counts_.limit_reached = error.type == ErrorType::memory;
        replace_output(error);
    } catch (const Stopped&) {
        parts_.output.clear();
        result.failed = true;
    } catch (const std::bad_alloc&) {
        counts_.limit_reached = true;
        replace_output(Error(ErrorType::memory, std::string(messages::LIMIT)));
    }
    counts_.output_bytes = output_.size();
    counts_.memory_bytes =
        parts_.arena.bytes_reserved() + parts_.scratch.bytes_reserved() + held_bytes_;
    counts_.errors = static_cast<std::uint32_t>(errors_.size());
    result.errors = std::move(errors_);
    result.counts = counts_;
}

const Zone* Session::zone() {
    if (!zone_known_ && !options_.time_zone.empty()) {
        std::string problem;
        zone_ = find_zone(options_.time_zone, problem);
        if (zone_ == nullptr) throw Error(ErrorType::argument, problem);
    }
    zone_known_ = true;
    return zone_;
}

const Value* Session::defined(const Name& name) const {
    const std::vector<Binding>& bindings = parts_.bindings;
    std::size_t end = std::min(bindings.size(), context_->bindings_end);
    for (std::size_t i = end; i > context_->bindings_begin; --i) {
        if (bindings[i - 1].name == name) return &bindings[i - 1].value;
    }
    return context_->variables.find(name);
}

Value Session::find_variable(const Name& name) {
    // A few bindings are looked through at no charge: no more are in sight in real templates.
    constexpr std::size_t BINDINGS_FREE = 32;
    if (parts_.bindings.size() > BINDINGS_FREE) step(parts_.bindings.size() / BINDINGS_FREE);
    if (const Value* found = defined(name)) return liquid(*found);
    if (const Value* found = context_->counters.find(name)) return *found;
    if (data_.is(Kind::hash)) {
        const Value* found = data_.hash().find(name.text, name.code);
        if (found != nullptr && !found->is_nil()) return liquid(*found);
        if (found == nullptr && strict_variables() && name.text != "self") {
            strict_undefined(name.text);
        }
    } else if (data_.is(Kind::drop)) {
        Value found = data_.drop().property(name.text, *this);
        if (!found.is_nil()) return liquid(found);
    }
    if (name.text == "self") {
        if (context_->self == nullptr) {
            context_->self = parts_.arena.make<SelfDrop>(*this, *context_);
        }
        return context_->self;
    }
    return {};
}

Value Session::find_variable_in(Context& context, const Name& name) {
    Restore<Context*> other(context_, &context);
    return find_variable(name);
}

// Nothing is its own part: self is found within itself only where it was given or assigned.
Value Session::find_self_in(Context& context) {
    Restore<Context*> other(context_, &context);
    static const Name SELF("self");
    bool known = defined(SELF) != nullptr || context_->counters.find(SELF) != nullptr ||
                 (data_.is(Kind::hash) && data_.hash().find(SELF.text, SELF.code) != nullptr) ||
                 data_.is(Kind::drop);
    if (known) return find_variable(SELF);
    if (strict_variables()) strict_undefined(SELF.text);
    return {};
}

void Session::strict_undefined(const Value& key) {
    throw Error(ErrorType::undefined_variable, "undefined variable " + messages::quoted(text(key)));
}

Value Session::plain_of_drop(const Value& value) {
    auto stands_for = value.drop().to_liquid_value(*this);
    return stands_for ? *stands_for : value;
}

void Session::check_scope_depth() {
    std::size_t scopes = parts_.frames.size() - context_->frames_begin + 1;
    if (context_->depth + scopes > options_.limits.scope_depth_max) {
        throw Error(ErrorType::stack_level, std::string(messages::NESTING));
    }
}

void Session::push_frame() {
    parts_.frames.push_back(parts_.bindings.size());
    try {
        check_scope_depth();
    } catch (...) {
        parts_.frames.pop_back();
        throw;
    }
}

void Session::pop_frame() {
    if (parts_.frames.size() <= context_->frames_begin) return;
    parts_.bindings.resize(parts_.frames.back());
    parts_.frames.pop_back();
}

void Session::set_local(const Name& name, const Value& value) {
    if (parts_.frames.size() == context_->frames_begin) {
        context_->variables.set({name}, value, parts_.arena);
        return;
    }
    std::vector<Binding>& bindings = parts_.bindings;
    step((bindings.size() - parts_.frames.back()) / 32);
    for (std::size_t i = parts_.frames.back(); i < bindings.size(); ++i) {
        if (bindings[i].name == name) {
            bindings[i].value = value;
            return;
        }
    }
    bindings.push_back({name, value});
}

std::uint64_t Session::score_of(const Value& value, int depth) {
    constexpr int DEPTH_MAX = 64;
    if (depth > DEPTH_MAX) return 1;
    switch (value.kind()) {
        case Kind::string:
            return value.string().size();
        case Kind::array: {
            std::uint64_t sum = 1;
            step(value.array().size());
            for (const Value& item : value.array()) sum += score_of(item, depth + 1);
            return sum;
        }
        case Kind::hash: {
            std::uint64_t sum = 1;
            step(value.hash().size());
            for (const Hash::Entry& entry : value.hash()) {
                sum += score_of(entry.key, depth + 1) + score_of(entry.value, depth + 1);
            }
            return sum;
        }
        default:
            return 1;
    }
}

void Session::count_assigned(std::uint64_t score) {
    counts_.assigned_bytes += score;
    if (counts_.assigned_bytes > options_.limits.assigned_bytes_max) throw LimitReached{};
}

void Session::raise_score(std::uint64_t amount) {
    score_ += amount;
    counts_.render_score += amount;
    step(amount);
    const Limits& limits = options_.limits;
    bool over = limits.render_score_max && score_ > *limits.render_score_max;
    if (over) throw Error(ErrorType::memory, std::string(messages::LIMIT));
    check_all_scores();
}

void Session::check_all_scores() {
    const std::optional<std::uint64_t>& most = options_.limits.cumulative_render_score_max;
    if (most && counts_.render_score > *most) {
        throw Error(ErrorType::memory, std::string(messages::LIMIT));
    }
}

// What isn't in the arena is memory that variables can't have.
void Session::hold(std::size_t bytes) {
    std::size_t bytes_max = options_.limits.memory_bytes_max;
    if (bytes_max != 0 && held_bytes_ + bytes >= bytes_max) throw LimitReached{};
    held_bytes_ += bytes;
    if (bytes_max != 0) parts_.arena.limit(bytes_max - held_bytes_);
}

void Session::give_back(std::size_t bytes) {
    held_bytes_ -= bytes;
    std::size_t bytes_max = options_.limits.memory_bytes_max;
    if (bytes_max != 0) parts_.arena.limit(bytes_max - held_bytes_);
}

void Session::record(Error& error, const Node* node) {
    if (error.line == 0 && node != nullptr) error.line = node->line;
    std::optional<std::uint32_t> position;
    if (error.template_name.empty()) {
        error.template_name = context_->template_name;
        if (node != nullptr) position = node->position;
    }
    if (errors_.size() >= options_.limits.errors_max) throw LimitReached{};
    // A message of the host may be of any length.
    std::string message = messages::quoted(error.what());
    if (!error.markup_context.empty()) message += " " + messages::quoted(error.markup_context);
    hold(message.size() + error.template_name.size());
    errors_.push_back({error.type, message, error.line, error.template_name, position});
    // An error costs as much as many nodes do.
    constexpr std::uint64_t STEPS_PER_ERROR = 100;
    step(STEPS_PER_ERROR);
    if (options_.strict_errors) throw Stopped{};
}

Workspace::Workspace() : parts_(std::make_unique<Parts>()) {}
Workspace::~Workspace() = default;

struct RenderSession {
    static RenderResult run(
        Workspace& workspace,
        const Template& source,
        const Value& data,
        const RenderOptions& options,
        bool again
    ) {
        RenderResult result;
        Workspace::Parts& parts = *workspace.parts_;
        RenderSession use(parts);
        {
            Session session(parts, data, options);
            session.run(source, result);
        }
        use.forget();
        // A host may keep the output: it gets no room that is mostly empty.
        if (again || parts.output.capacity() > 2 * parts.output.size()) {
            result.output = parts.output;
        } else {
            result.output = std::move(parts.output);
        }
        return result;
    }

    static bool in_use(const Workspace& workspace) { return workspace.parts_->in_use; }

private:
    explicit RenderSession(Workspace::Parts& parts) : parts_(parts) {
        parts_.in_use = true;
        parts_.output.clear();
    }
    ~RenderSession() {
        forget();
        parts_.in_use = false;
    }
    void forget() {
        parts_.bindings.clear();
        parts_.frames.clear();
        parts_.partials.clear();
        parts_.free_loops.clear();
        parts_.free_tables.clear();
        parts_.cycles.clear();
        parts_.loop_offsets.clear();
        parts_.arena.reset();
        parts_.scratch.reset();
    }
    Workspace::Parts& parts_;
};

RenderResult render(const Template& source, const Value& data, const RenderOptions& options) {
    Workspace* workspace = options.workspace;
    if (workspace != nullptr && !RenderSession::in_use(*workspace)) {
        return RenderSession::run(*workspace, source, data, options, true);
    }
    // A render within a render would write over what the outer one has in its workspace.
    Workspace own;
    return RenderSession::run(own, source, data, options, false);
}

}  // namespace liquid
