#include "compare.h"
#include "filters.h"
#include "loop_drop.h"
#include "session.h"
#include "text.h"

#include <cstring>

namespace liquid {

void Session::render_body(const Body& body) {
    Restore<std::uint32_t> depth(body_depth_, body_depth_ + 1);
    if (body_depth_ > options_.limits.render_depth_max) {
        throw Error(ErrorType::stack_level, std::string(messages::NESTING));
    }
    raise_score(body.count);
    for (std::uint32_t i = 0; i < body.count; ++i) {
        const Node& node = *body.nodes[i];
        if (node.kind == NodeKind::text) {
            output_ += static_cast<const TextNode&>(node).text;
        } else {
            render_safely(node);
            if (interrupts_.any()) return;
        }
        check_output();
    }
}

void Session::check_output() {
    if (capture_begin_ != NOT_CAPTURING) {
        std::size_t captured = output_.size() - capture_begin_;
        if (captured > capture_counted_) count_assigned(captured - capture_counted_);
        capture_counted_ = captured;
    }
    if (output_.size() > options_.limits.output_bytes_max) throw LimitReached{};
}

void Session::render_safely(const Node& node) {
    try {
        render_node(node);
    } catch (...) {
        report_thrown(node);
    }
}

// Apart, so that what nearly always happens stays small.
[[gnu::noinline]] void Session::report_thrown(const Node& node) {
    try {
        throw;
    } catch (Error& error) {
        report(error, node);
    } catch (const LimitReached&) {
        throw;
    } catch (const Stopped&) {
        throw;
    } catch (...) {  // a drop, filter or tag of the host failed in a way of its own
        Error error(ErrorType::internal, std::string(messages::INTERNAL));
        report(error, node);
    }
}

void Session::report(Error& error, const Node& node) {
    if (error.type == ErrorType::memory) throw error;
    bool silent = error.type == ErrorType::undefined_variable ||
                  error.type == ErrorType::undefined_drop_method ||
                  error.type == ErrorType::undefined_filter;
    record(error, &node);
    if (!silent && !node.blank) output_ += errors_.back().text();
}

void Session::render_node(const Node& node) {
    switch (node.kind) {
        case NodeKind::text:
        case NodeKind::raw:
            output_ += static_cast<const TextNode&>(node).text;
            return;
        case NodeKind::nothing:
            return;
        case NodeKind::output:
        case NodeKind::echo:
            return render_output(static_cast<const OutputNode&>(node));
        case NodeKind::assign:
            return render_assign(static_cast<const AssignNode&>(node));
        case NodeKind::capture: {
            const auto& capture_node = static_cast<const CaptureNode&>(node);
            Value captured = capture(capture_node.body);
            context_->variables.set(capture_node.target, captured, parts_.arena);
            return;
        }
        case NodeKind::condition:
            return render_condition(static_cast<const ConditionNode&>(node));
        case NodeKind::case_when:
            return render_case(static_cast<const CaseNode&>(node));
        case NodeKind::for_loop:
            return render_for(static_cast<const ForNode&>(node));
        case NodeKind::tablerow:
            return render_tablerow(static_cast<const TablerowNode&>(node));
        case NodeKind::cycle:
            return render_cycle(static_cast<const CycleNode&>(node));
        case NodeKind::increment:
        case NodeKind::decrement:
            return render_counter(static_cast<const CounterNode&>(node));
        case NodeKind::include:
            return render_include(static_cast<const PartialNode&>(node));
        case NodeKind::render:
            return render_partial_tag(static_cast<const PartialNode&>(node));
        case NodeKind::ifchanged:
            return render_ifchanged(static_cast<const BlockNode&>(node));
        case NodeKind::interrupt_break:
            interrupts_.push(Interrupt::stop);
            return;
        case NodeKind::interrupt_continue:
            interrupts_.push(Interrupt::next);
            return;
        case NodeKind::host_tag:
            return render_host(static_cast<const HostNode&>(node));
    }
}

void Session::render_host(const HostNode& node) {
    std::size_t frames = parts_.frames.size();
    try {
        node.tag->render(*this, node.body);
    } catch (...) {  // a tag that throws has not popped what it pushed
        while (parts_.frames.size() > frames) pop_frame();
        throw;
    }
}

void Session::write(std::string_view text) {
    output_ += text;
    check_output();
}

void Session::render_output(const OutputNode& node) {
    const Filtered& chain = *node.value;
    if (chain.filter_count == 0) return print(evaluate(*chain.value), *this, output_);
    Arena::Mark mark = scratch_->mark();
    const FilterUse& last = chain.filters[chain.filter_count - 1];
    if (last.filter != nullptr && last.filter->escapes && last.argument_count == 0 &&
        last.keyword_count == 0) {
        Value value = evaluate(*chain.value);
        for (std::uint32_t i = 0; i + 1 < chain.filter_count; ++i) {
            value = apply(chain.filters[i], value);
        }
        std::string_view text = to_text(value, *this);
        step(1 + text.size() / 64);
        count_filter_bytes(text.size());
        escape_into(text, output_);
    } else {
        print(filtered(chain), *this, output_);
    }
    scratch_->rewind(mark);
}

void Session::render_assign(const AssignNode& node) {
    Value value;
    {
        // What is assigned must outlive the printing of the next output.
        Restore<Arena*> kept(scratch_, &parts_.arena);
        value = filtered(*node.value);
    }
    if (value.is(Kind::drop)) {
        if (auto* loop = dynamic_cast<LoopDrop*>(&value.drop())) loop->escaped = true;
    }
    context_->variables.set(node.target, value, parts_.arena);
    count_assigned(score_of(value));
}

Value Session::capture(const Body& body) {
    step(1);
    std::size_t begin = output_.size();
    std::string_view captured;
    {
        Restore<std::size_t> capture_begin(capture_begin_, begin);
        Restore<std::size_t> counted(capture_counted_, 0);
        try {
            render_body(body);
        } catch (...) {
            output_.shorten(begin);
            throw;
        }
        captured = parts_.arena.copy(output_.view().substr(begin));
    }
    output_.shorten(begin);
    return captured;
}

void Session::render_condition(const ConditionNode& node) {
    for (std::uint32_t i = 0; i < node.branch_count; ++i) {
        const Branch& branch = node.branches[i];
        Arena::Mark mark = scratch_->mark();
        bool holds = test(*branch.condition);
        scratch_->rewind(mark);
        if (holds != (node.negated && i == 0)) return render_body(*branch.body);
        count_small();
    }
}

void Session::render_case(const CaseNode& node) {
    bool matched = false;
    for (std::uint32_t i = 0; i < node.branch_count; ++i) {
        const Branch& branch = node.branches[i];
        bool is_else = branch.condition->left == nullptr;
        count_small();
        if (is_else ? matched : !test(*branch.condition)) continue;
        matched = matched || !is_else;
        render_body(*branch.body);
    }
}

bool Session::same_cycle(const Value& a, const Value& b) {
    if (a.kind() != b.kind()) return false;
    bool text = a.is(Kind::string);
    if (text && a.string().size() != b.string().size()) return false;
    count_key(b, *this);
    return same_key(a, b);
}

void Session::render_cycle(const CycleNode& node) {
    Value key = node.name != nullptr ? evaluate(*node.name) : Value(node.text_key);
    std::vector<CyclePlace>& cycles = parts_.cycles;
    std::size_t at = context_->cycles_begin;
    step((cycles.size() - at) / 8);
    while (at < cycles.size() && !same_cycle(cycles[at].key, key)) ++at;
    if (at == cycles.size()) cycles.push_back({key, 0});
    std::uint32_t place = cycles[at].next;
    // Before it is printed: what is printed may be an error.
    Value value = place < node.value_count ? evaluate(*node.values[place]) : Value();
    cycles[at].next = place + 1 >= node.value_count ? 0 : place + 1;
    Arena::Mark mark = scratch_->mark();
    print(value, *this, output_);
    scratch_->rewind(mark);
}

void Session::render_counter(const CounterNode& node) {
    const Value* current = context_->counters.find(node.variable);
    std::int64_t value = current == nullptr ? 0 : current->integer();
    if (node.kind == NodeKind::decrement) --value;
    output_ += text_of(value).view();
    if (node.kind == NodeKind::increment) ++value;
    context_->counters.set(node.variable, value, parts_.arena);
}

void Session::render_ifchanged(const BlockNode& node) {
    std::size_t begin = output_.size();
    render_body(node.body);
    std::string_view now = output_.view().substr(begin);
    // What is taken back is in no other count.
    step(now.size() / 256);
    if (context_->has_changed && context_->last_changed == now) {
        output_.shorten(begin);
    } else {
        if (now.size() > context_->changed_bytes) {
            hold(now.size() - context_->changed_bytes);
            context_->changed_bytes = now.size();
        }
        context_->last_changed = now;
        context_->has_changed = true;
    }
}

}  // namespace liquid
