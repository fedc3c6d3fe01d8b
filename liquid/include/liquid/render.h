// Rendering: a template, data and options in; text, errors and counts out.
#pragma once
#include "liquid/drop.h"
#include "liquid/error.h"
#include "liquid/limits.h"
#include "liquid/template.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liquid {

// What a partial's name leads to. Without a template, `error` is the message to show, and "No such
// template 'x'" if it is empty. The command says "Could not find asset x", as the file system of
// the public suite does. Without any PartialResolver it is "This liquid context does not allow
// includes."
struct Partial {
    TemplatePointer found;
    std::string error;
    std::optional<ParseError> parse_error;  // the partial exists but does not parse
};
// Asked once per name and render, whatever it answers.
using PartialResolver = std::function<Partial(std::string_view name)>;

// Memory that one render after another uses again. One per thread, or one per call. A render that
// is begun within another one (by a tag, a filter, a drop or the PartialResolver) with the same
// workspace takes memory of its own.
class Workspace {
public:
    Workspace();
    ~Workspace();
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;

    struct Parts;  // the engine's own

private:
    friend struct RenderSession;
    std::unique_ptr<Parts> parts_;
};

struct RenderOptions {
    Limits limits;
    bool strict_errors = false;  // end at the first error instead of printing it in place
    bool strict_variables = false;
    bool strict_filters = false;
    PartialResolver partials;
    void* registers = nullptr;  // the host's own; filters, tags and drops find it in the Render
    // The only clock: what "now" means. Nothing reads the machine's. A date that names no year
    // ("Jan 5", "5pm", "1/2") needs it, too: without a clock, `date` leaves it as it stands.
    std::optional<Time> now;
    // The zone of times without one, by its tzdata name; empty: UTC.
    std::string time_zone;
    Workspace* workspace = nullptr;
};

struct RenderResult {
    std::string output;
    std::vector<RenderError> errors;
    Counts counts;
    // With strict_errors: true if an error ended the render; it is the last of `errors`.
    bool failed = false;
};

// `data` is a hash or a drop: the variables that the template sees. It is the reference's static
// environment: a partial of {% render %} sees it, too, where variables of the template stay hidden;
// {% assign %} and {% increment %} put theirs in front of it, and {% increment %} counts from 0
// whatever stands in it. A template never changes it.
//
// A thread that renders or parses needs 512 KiB of stack for the depths that Limits has by default,
// 2 MiB under the sanitizers; beyond that what filters, tags and drops of the host use.
RenderResult render(const Template& source, const Value& data, const RenderOptions& options = {});

// What filters, tags and drops see of a running render.
class Render {
public:
    virtual ~Render() = default;
    // Lives until the render ends.
    virtual Arena& arena() = 0;
    // For results of filters: given up as soon as they are printed, kept if they are assigned.
    virtual Arena& scratch() = 0;
    Value copy(std::string_view text) { return arena().copy(text); }
    virtual void* registers() = 0;
    virtual const RenderOptions& options() const = 0;
    virtual std::optional<Time> now() const = 0;

    // Output of tags. Captures are honoured.
    virtual void write(std::string_view text) = 0;
    // Renders the block of a tag in the current scope.
    virtual void body(const Body& body) = 0;
    // Renders a block into text.
    virtual Value capture(const Body& body) = 0;
    // Renders a partial by name, in a scope of its own, as {% render %} does.
    virtual void partial(std::string_view name, const Hash* variables) = 0;
    virtual Value evaluate(const Expression& expression) = 0;
    virtual Value variable(std::string_view name) = 0;
    // Sets a variable in the innermost scope: push() one first.
    virtual void set(std::string_view name, const Value& value) = 0;
    virtual void push() = 0;
    virtual void pop() = 0;
    // Numbers out of what a template hands over, as the reference's own filters read them.
    // 12 and "12" are integers (beyond 64 bits the nearest); else the Error "invalid integer".
    std::int64_t integer(const Value& value);
    // 12, 1.5, "12", "1.5", "12 pieces"; 0 for what is no number.
    double number(const Value& value);
    // The printed form of a value.
    virtual std::string_view text(const Value& value) = 0;
    // Counts work; throws LimitReached beyond the limit.
    virtual void step(std::uint64_t steps) = 0;
    virtual void count_filter_bytes(std::uint64_t bytes) = 0;
};

}  // namespace liquid
