#include "filters.h"
#include "loop_drop.h"
#include "session.h"
#include "text.h"

namespace liquid {

// Gives a loop's drop back, so that a loop within a loop needs no new one each time.
struct LoopReturn {
    Session& session;
    LoopDrop* loop;
    LoopDrop*& innermost;
    LoopDrop* outer;
    ~LoopReturn() {
        innermost = outer;
        if (!loop->escaped) session.parts_.free_loops.push_back(loop);
    }
};

LoopDrop* Session::new_loop(std::string_view name, std::int64_t length) {
    if (!parts_.free_loops.empty()) {
        LoopDrop* loop = parts_.free_loops.back();
        parts_.free_loops.pop_back();
        *loop = LoopDrop(name, length, context_->loop);
        return loop;
    }
    return parts_.arena.make<LoopDrop>(name, length, context_->loop);
}

Segment Session::segment_of(
    const Value& collection, std::int64_t from, std::optional<std::int64_t> to
) {
    Segment segment;
    auto cut = [&](std::int64_t size) {
        std::int64_t begin = std::max<std::int64_t>(from, 0);
        std::int64_t end = to ? std::min(*to, size) : size;
        segment.from = begin;
        segment.length = std::max<std::int64_t>(end - begin, 0);
    };
    switch (collection.kind()) {
        case Kind::array:
            segment.items = collection.array().begin();
            cut(static_cast<std::int64_t>(collection.array().size()));
            break;
        case Kind::hash:
            segment.hash = &collection.hash();
            cut(static_cast<std::int64_t>(collection.hash().size()));
            break;
        case Kind::range: {
            const Range& range = collection.range();
            if (!counted(range)) {
                // The loop may outlive what is in the scratch arena.
                Restore<Arena*> kept(scratch_, &parts_.arena);
                Array& items = range_items(range, *this);
                segment.items = items.begin();
                cut(static_cast<std::int64_t>(items.size()));
                break;
            }
            segment.is_range = true;
            segment.first = range.first.integer();
            cut(range_size(range));
            break;
        }
        case Kind::string:  // a text is a list of one, whatever limit and offset say
            if (!collection.string().empty()) {
                segment.items = &collection;
                segment.length = 1;
            }
            break;
        case Kind::drop: {
            std::optional<std::uint64_t> end;
            if (to) end = static_cast<std::uint64_t>(std::max<std::int64_t>(*to, 0));
            auto begin = static_cast<std::uint64_t>(std::max<std::int64_t>(from, 0));
            const Array* items = collection.drop().items(*this, begin, end);
            if (items != nullptr) {
                segment.items = items->begin();
                segment.length = static_cast<std::int64_t>(items->size());
                if (end && begin < *end) {
                    segment.length =
                        std::min(segment.length, static_cast<std::int64_t>(*end - begin));
                }
            }
            break;
        }
        default:
            break;
    }
    return segment;
}

Value Session::item(const Segment& segment, std::int64_t index) {
    std::int64_t at = segment.from + (segment.reversed ? segment.length - 1 - index : index);
    if (segment.is_range) return segment.first + at;
    if (segment.items != nullptr) return liquid(segment.items[at]);
    const Hash::Entry& entry = segment.hash->begin()[at];
    Array* pair = parts_.arena.array(2);
    pair->push(entry.key);
    pair->push(entry.value);
    return pair;
}

Value& Session::loop_offset(const Name& name) {
    std::vector<Binding>& offsets = parts_.loop_offsets;
    step((offsets.size() - context_->offsets_begin) / 64);
    for (std::size_t i = context_->offsets_begin; i < offsets.size(); ++i) {
        if (offsets[i].name == name) return offsets[i].value;
    }
    offsets.push_back({name, 0});
    return offsets.back().value;
}

void Session::render_for(const ForNode& node) {
    std::int64_t from = 0;
    if (node.continues) {
        from = loop_offset(node.loop_name).integer();
    } else if (node.offset != nullptr) {
        Value offset = evaluate(*node.offset);
        if (!offset.is_nil()) from = small_integer(to_integer(offset, *this));
    }
    Value collection = evaluate(*node.collection);
    std::optional<std::int64_t> to;
    if (node.limit != nullptr) {
        Value limit = evaluate(*node.limit);
        if (!limit.is_nil()) to = saturated_sum(small_integer(to_integer(limit, *this)), from);
    }
    Segment segment = segment_of(collection, from, to);
    segment.reversed = node.reversed;
    loop_offset(node.loop_name) = saturated_sum(from, segment.length);
    if (segment.length == 0) {
        if (node.otherwise != nullptr) render_body(*node.otherwise);
        return;
    }

    static const Name FORLOOP("forloop");
    push_frame();
    LoopDrop* loop = new_loop(node.loop_name.text, segment.length);
    LoopReturn back{*this, loop, context_->loop, context_->loop};
    context_->loop = loop;
    std::size_t place = parts_.bindings.size();
    parts_.bindings.push_back({FORLOOP, Value(loop)});
    parts_.bindings.push_back({node.variable, {}});
    try {
        for (std::int64_t i = 0; i < segment.length; ++i) {
            step(1);
            parts_.bindings[place + 1].value = item(segment, i);
            render_body(node.body);
            ++loop->index;
            Interrupt interrupt = interrupts_.pop();
            if (interrupt == Interrupt::stop) break;
        }
    } catch (...) {
        pop_frame();
        throw;
    }
    pop_frame();
}

void Session::render_tablerow(const TablerowNode& node) {
    Value collection = evaluate(*node.collection);
    if (!collection.truthy()) return;
    auto number_of = [&](const Expression& expression) {
        return loose_integer(evaluate(expression), *this);
    };
    std::int64_t from = node.offset == nullptr ? 0 : number_of(*node.offset);
    std::optional<std::int64_t> to;
    if (node.limit != nullptr) to = saturated_sum(from, number_of(*node.limit));
    Segment segment = segment_of(collection, from, to);
    std::int64_t columns = node.has_columns ? number_of(*node.columns) : segment.length;

    static const Name TABLEROWLOOP("tablerowloop");
    output_ += "<tr class=\"row1\">\n";
    push_frame();
    auto* loop = parts_.arena.make<TablerowDrop>(segment.length, columns);
    std::size_t place = parts_.bindings.size();
    parts_.bindings.push_back({TABLEROWLOOP, Value(loop)});
    parts_.bindings.push_back({node.variable, {}});
    auto write = [&](std::string_view head, std::int64_t number, std::string_view tail) {
        output_ += head;
        output_ += text_of(number).view();
        output_ += tail;
    };
    try {
        for (std::int64_t i = 0; i < segment.length; ++i) {
            step(1);
            parts_.bindings[place + 1].value = item(segment, i);
            write("<td class=\"col", loop->column, "\">");
            render_body(node.body);
            output_ += "</td>";
            Interrupt interrupt = interrupts_.pop();
            if (interrupt == Interrupt::stop) break;
            bool last = loop->index == loop->length - 1;
            if (loop->column == columns && !last) {
                write("</tr>\n<tr class=\"row", loop->row + 1, "\">");
            }
            loop->advance();
        }
    } catch (...) {
        pop_frame();
        throw;
    }
    pop_frame();
    output_ += "</tr>\n";
}

}  // namespace liquid
