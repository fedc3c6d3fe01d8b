#include "loop_drop.h"
#include "session.h"

namespace liquid {
// Gives back what a context used, however it ends.
struct ContextEnd {
    Session& session;
    Workspace::Parts& parts;
    Context& context;
    ~ContextEnd() {
        if (context.changed_bytes != 0) session.give_back(context.changed_bytes);
        parts.cycles.resize(context.cycles_begin);
        parts.loop_offsets.resize(context.offsets_begin);
        if (Binding* slots = context.variables.release()) parts.free_tables.push_back(slots);
    }
};

namespace {
// What a resolver answered, as memory.
std::size_t bytes_of(const Partial& partial) {
    std::size_t bytes = sizeof(CachedPartial) + partial.error.size();
    if (partial.found != nullptr) bytes += partial.found->bytes();
    if (partial.parse_error) {
        bytes += partial.parse_error->message.size() + partial.parse_error->excerpt.size();
    }
    return bytes;
}

// The last part of a/b/c: the variable that stands for what is passed.
std::string_view base_name(std::string_view name) {
    while (name.ends_with('/')) name.remove_suffix(1);
    std::size_t slash = name.rfind('/');
    return slash == std::string_view::npos ? name : name.substr(slash + 1);
}
}  // namespace

const Template& Session::find_partial(std::string_view name) {
    step(name.size() / 128 + parts_.partials.size() / 32);
    Name wanted(name);
    for (const CachedPartial& cached : parts_.partials) {
        if (cached.name == wanted) return template_of(cached);
    }
    constexpr std::size_t NAME_BYTES_MAX = 4096;  // no host is asked for more
    if (name.size() > NAME_BYTES_MAX) {
        throw Error(ErrorType::file_system, "No such template '" + messages::quoted(name) + "'");
    }
    if (!options_.partials) {
        throw Error(ErrorType::file_system, "This liquid context does not allow includes.");
    }
    Partial partial = options_.partials(name);
    hold(bytes_of(partial));
    // One that is refused is kept as well: else it would be parsed again for each use.
    parts_.partials.push_back({Name(parts_.arena.copy(name)), std::move(partial)});
    return template_of(parts_.partials.back());
}

const Template& Session::template_of(const CachedPartial& cached) {
    const Partial& partial = cached.partial;
    std::string_view name = cached.name.text;
    if (partial.parse_error) {
        const ParseError& refused = *partial.parse_error;
        Error error(refused.type, refused.message);
        error.line = refused.line;
        error.template_name = refused.template_name.empty() ? name : refused.template_name;
        throw error;
    }
    if (partial.found != nullptr) return *partial.found;
    std::string message = partial.error.empty()
                              ? "No such template '" + messages::quoted(name) + "'"
                              : messages::quoted(partial.error);
    throw Error(ErrorType::file_system, message);
}

std::string_view Session::shown_name(const Template& source, std::string_view name) {
    return source.name().empty() ? name : std::string_view(source.name());
}

// As the reference does, each template has a score of its own, and going beyond it ends that
// template alone; the next one that would begin ends the template that asks for it.
void Session::run_partial(const Template& source) {
    score_ = 0;
    check_all_scores();
    try {
        render_body(source.body());
    } catch (Error& error) {
        if (error.type != ErrorType::memory) throw;
        record(error, nullptr);
    }
}

void Session::render_include(const PartialNode& node) {
    if (include_disabled_ > 0) {
        Error error(ErrorType::disabled, "include usage is not allowed in this context");
        throw error;
    }
    Value name = evaluate(*node.template_name);
    if (!name.is(Kind::string)) {
        throw Error(ErrorType::argument, std::string(messages::INCLUDE_NAME));
    }
    const Template& source = find_partial(name.string());
    Name variable_name(node.alias.empty() ? base_name(name.string()) : node.alias);
    Value variable;
    if (node.variable != nullptr) {
        variable = evaluate(*node.variable);
    } else {  // one that may be there
        Restore<bool> lenient(context_->strict, false);
        variable = find_variable(Name(name.string()));
    }
    Restore<std::string_view> template_name(
        context_->template_name, shown_name(source, name.string())
    );
    step(node.attribute_count);
    push_frame();
    try {
        for (std::uint32_t i = 0; i < node.attribute_count; ++i) {
            set_local(node.attribute_names[i], evaluate(*node.attribute_values[i]));
        }
        if (variable.is(Kind::array)) {
            const Array& items = variable.array();
            for (std::size_t i = 0; i < items.size(); ++i) {
                step(1);
                set_local(variable_name, items[i]);
                run_partial(source);
            }
        } else {
            set_local(variable_name, variable);
            run_partial(source);
        }
    } catch (...) {
        pop_frame();
        throw;
    }
    pop_frame();
}

void Session::render_partial_tag(const PartialNode& node) {
    Value name = evaluate(*node.template_name);
    if (!name.is(Kind::string)) {
        throw Error(ErrorType::argument, std::string(messages::RENDER));
    }
    const Template& source = find_partial(name.string());
    Name variable_name(node.alias.empty() ? base_name(name.string()) : node.alias);
    Restore<std::uint32_t> disabled(include_disabled_, include_disabled_ + 1);
    Value variable = node.variable != nullptr ? evaluate(*node.variable) : Value();
    const Array* items = nullptr;  // of a drop; one that can't be walked is passed itself
    if (node.is_loop && variable.is(Kind::drop)) {
        items = variable.drop().items(*this, 0, std::nullopt);
    }
    bool walked = variable.is(Kind::array) || variable.is(Kind::hash) || variable.is(Kind::range) ||
                  items != nullptr;
    if (!node.is_loop || !walked) {
        return render_isolated(
            &node, source, name.string(), variable_name, variable, nullptr, nullptr
        );
    }
    Segment segment = segment_of(items != nullptr ? Value(items) : variable, 0, std::nullopt);
    auto* loop = parts_.arena.make<LoopDrop>(name.string(), segment.length, nullptr);
    for (std::int64_t i = 0; i < segment.length; ++i) {
        step(1);
        Value value = item(segment, i);
        render_isolated(&node, source, name.string(), variable_name, value, loop, nullptr);
        ++loop->index;
    }
}

void Session::render_isolated(
    const PartialNode* node,
    const Template& source,
    std::string_view partial_name,
    const Name& variable_name,
    const Value& variable,
    Drop* loop,
    const Hash* variables
) {
    check_scope_depth();
    if (node != nullptr) step(node->attribute_count);
    Context inner;
    inner.depth = context_->depth + 1;
    inner.template_name = shown_name(source, partial_name);
    inner.bindings_begin = parts_.bindings.size();
    inner.frames_begin = parts_.frames.size();
    inner.cycles_begin = parts_.cycles.size();
    inner.offsets_begin = parts_.loop_offsets.size();
    if (!parts_.free_tables.empty()) {
        inner.variables.adopt(parts_.free_tables.back());
        parts_.free_tables.pop_back();
    }
    ContextEnd end_of_context{*this, parts_, inner};
    static const Name FORLOOP("forloop");
    if (loop != nullptr) inner.variables.set(FORLOOP, loop, parts_.arena);
    for (std::uint32_t i = 0; node != nullptr && i < node->attribute_count; ++i) {
        Value value = evaluate(*node->attribute_values[i]);
        inner.variables.set(node->attribute_names[i], value, parts_.arena);
    }
    if (variables != nullptr) {
        for (const Hash::Entry& entry : *variables) {
            if (!entry.key.is(Kind::string)) continue;
            inner.variables.set(Name(entry.key.string()), entry.value, parts_.arena);
        }
    }
    if (!variable.is_nil()) inner.variables.set(variable_name, variable, parts_.arena);
    Restore<std::size_t> end(context_->bindings_end, parts_.bindings.size());
    Restore<Context*> context(context_, &inner);
    Restore<Interrupts> interrupts(interrupts_, Interrupts());
    run_partial(source);
}

void Session::partial(std::string_view name, const Hash* variables) {
    const Template& source = find_partial(name);
    Restore<std::uint32_t> disabled(include_disabled_, include_disabled_ + 1);
    render_isolated(nullptr, source, parts_.arena.copy(name), Name(), {}, nullptr, variables);
}

}  // namespace liquid
