#include "tool/request.h"

#include "tool/field.h"
#include "tool/json.h"

namespace liquid::tool {

Request read_request(std::string_view line, const Environment& environment, Arena& arena) {
    auto read = read_json(line, arena);
    if (!read || !read->is(Kind::hash)) throw Refusal{"not a JSON object"};
    Field fields("", *read);
    Request request;
    request.source = fields["template"].required_text();
    Field mode = fields["mode"];
    if (auto name = mode.text(); name && !mode_named(*name, request.options.mode)) {
        mode.refuse("'strict2', 'strict', 'warn' or 'lax'");
    }
    request.partials = std::make_unique<Partials>(environment, request.options);
    fields["partials"].each_text([&](std::string_view name, std::string_view source) {
        request.partials->add(name, source);
    });
    fields["data"].object();
    request.data = fields["data"].value();
    return request;
}

}  // namespace liquid::tool
