// forloop, tablerowloop and self.
#pragma once
#include "liquid/drop.h"
#include "session.h"

namespace liquid {

class LoopDrop final : public Drop {
public:
    LoopDrop(std::string_view name, std::int64_t length, LoopDrop* parent)
        : name(name), length(length), parent(parent) {}
    Value property(std::string_view name, Render& render) override;
    std::string_view text(Render&) override { return "Liquid::ForloopDrop"; }

    std::string_view name;
    std::int64_t length;
    std::int64_t index = 0;
    LoopDrop* parent;
    bool escaped = false;  // assigned to a variable: it must not serve another loop
};

class TablerowDrop final : public Drop {
public:
    TablerowDrop(std::int64_t length, std::int64_t columns) : length(length), columns(columns) {}
    Value property(std::string_view name, Render& render) override;
    std::string_view text(Render&) override { return "Liquid::TablerowloopDrop"; }
    void advance();

    std::int64_t length;
    std::int64_t columns;
    std::int64_t index = 0;
    std::int64_t row = 1;
    std::int64_t column = 1;
};

// {{ self['name'] }}: the variables by name.
class SelfDrop final : public Drop {
public:
    SelfDrop(Session& session, Context& context) : session_(session), context_(context) {}
    Value property(std::string_view name, Render& render) override;
    std::string_view text(Render&) override { return "Liquid::SelfDrop"; }

private:
    Session& session_;
    Context& context_;  // where it was named: what is passed on still sees that scope
};

}  // namespace liquid
