#include "liquid/drop.h"
#include "liquid/render.h"
#include "loop_drop.h"

namespace liquid {

Value Drop::index(const Value&, Render&) {
    return {};
}
std::string_view Drop::text(Render&) {
    return "Liquid::Drop";
}
std::string_view Drop::inspected(Render& render) {
    return text(render);
}
std::optional<Value> Drop::to_liquid_value(Render&) {
    return std::nullopt;
}
Value Drop::to_liquid(Render&) {
    return this;
}
const Array* Drop::items(Render&, std::uint64_t, std::optional<std::uint64_t>) {
    return nullptr;
}
std::optional<Value> Drop::to_number(Render&) {
    return std::nullopt;
}
bool Drop::equals(const Value& other, Render&) {
    return other.is(Kind::drop) && &other.drop() == this;
}
std::optional<Value> Drop::size(Render&) {
    return std::nullopt;
}

Value LoopDrop::property(std::string_view wanted, Render&) {
    if (wanted == "index") return index + 1;
    if (wanted == "index0") return index;
    if (wanted == "first") return index == 0;
    if (wanted == "last") return index == length - 1;
    if (wanted == "length") return length;
    if (wanted == "rindex") return length - index;
    if (wanted == "rindex0") return length - index - 1;
    if (wanted == "name") return name;
    if (wanted == "parentloop" && parent != nullptr) return parent;
    return {};
}

Value TablerowDrop::property(std::string_view wanted, Render&) {
    if (wanted == "index") return index + 1;
    if (wanted == "index0") return index;
    if (wanted == "first") return index == 0;
    if (wanted == "last") return index == length - 1;
    if (wanted == "length") return length;
    if (wanted == "rindex") return length - index;
    if (wanted == "rindex0") return length - index - 1;
    if (wanted == "col") return column;
    if (wanted == "col0") return column - 1;
    if (wanted == "col_first") return column == 1;
    if (wanted == "col_last") return column == columns;
    if (wanted == "row") return row;
    return {};
}

void TablerowDrop::advance() {
    ++index;
    if (column == columns) {
        column = 1;
        ++row;
    } else {
        ++column;
    }
}

Value SelfDrop::property(std::string_view name, Render&) {
    if (name == "self") return session_.find_self_in(context_);
    return session_.find_variable_in(context_, Name(name));
}

}  // namespace liquid
