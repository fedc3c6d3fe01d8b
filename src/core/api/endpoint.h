// The endpoint table. A line of it names a handler; right, request and answer are deduced from the
// handler's signature, so a route without them does not compile:
//
//   Task<Result<Tagged<PageView>>> show_page(Call&, Permit<Right::read_content>, ShowPage);
//   get("/orgs/{org}/pages/{page}/{language}", show_page, "Show a page")
//   post("/signups", this, &Signup::sign_up, "Register a person with an organization")
//
// Of the request struct, members named in the path come from there, `IfMatch if_match` from its
// header, the rest from the body, or for GET and DELETE from the query.
#pragma once

#include "base/json_schema.h"
#include "core/api/call.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace luster::api {

enum class Audience { anyone, signed_in, organization };

// How often: `count` in `seconds`, by account where there is one, else by network.
struct Rate {
    std::string_view name;
    int count;
    int seconds;
};
inline constexpr Rate reading{"reading", 1200, 60};
inline constexpr Rate writing{"writing", 240, 60};

using PathValues = std::vector<std::pair<std::string_view, std::string>>;

struct Parameter {
    std::string name;
    bool in_path;
    bool required;
    json::Value schema;
};

// What the OpenAPI document says of a route.
struct Shape {
    std::vector<Parameter> parameters;
    std::optional<json::Value> body;
    std::optional<json::Value> answer;
};

struct Endpoint {
    http::Method method = http::Method::get;
    std::string path;
    std::string doc;
    Audience audience = Audience::anyone;
    Right right = Right::read_content;  // with Audience::organization
    unsigned status = 200;
    bool tagged = false;     // answers with an ETag
    bool if_match = false;   // wants If-Match
    bool streams = false;    // server-sent events
    bool wants_key = false;  // takes an Idempotency-Key
    Rate rate = reading;
    std::function<Task<Result<http::Response>>(Call&, const PathValues&)> run;
    std::function<Shape(json::SchemaBook&)> shape;

    Endpoint& limited(Rate to) {
        rate = to;
        return *this;
    }
};

// --- from a handler's signature to an endpoint
// ------------------------------------------------------
namespace detail {

// Fills a request struct from path, header, and body or query.
struct Source {
    const PathValues& path;
    const json::Value* body;  // null: the query
    const http::QueryPairs& query;
    std::string_view if_match;
};
Result<json::Value> read_body(std::string_view body);
// Every parameter once, and nothing that two readers could read differently.
Result<http::QueryPairs> read_query_of(const http::Request& request);
// The whole body, bounded and of the right type; then read_body.
Task<Result<json::Value>> body_of(Call& call);
bool sends_body(http::Method method);
Problem precondition_required();

template <class T>
struct Answer {
    static constexpr unsigned status = 200;
    static constexpr bool tagged = false;
    using Body = T;
    static http::Response make(const T& value) {
        return http::Response::json(200, json::to_string(value));
    }
};
template <class T>
struct Answer<Tagged<T>> : Answer<T> {
    static constexpr bool tagged = true;
    static http::Response make(const Tagged<T>& out) {
        auto response = Answer<T>::make(out.value);
        response.set("ETag", out.etag);
        return response;
    }
};
template <class T>
struct Answer<Created<T>> : Answer<T> {
    static constexpr unsigned status = 201;
    static http::Response make(const Created<T>& out) {
        auto response = Answer<T>::make(out.value);
        response.status = status;
        if (!out.location.empty()) response.set("Location", out.location);
        return response;
    }
};
template <class T>
struct Answer<Accepted<T>> : Answer<T> {
    static constexpr unsigned status = 202;
    static http::Response make(const Accepted<T>& out) {
        auto response = Answer<T>::make(out.value);
        response.status = status;
        return response;
    }
};
template <>
struct Answer<NoContent> {
    static constexpr unsigned status = 204;
    static constexpr bool tagged = false;
    using Body = void;
    static http::Response make(const NoContent&) {
        http::Response response;
        response.status = status;
        return response;
    }
};

template <class Auth>
struct Admission;
template <>
struct Admission<Public> {
    static constexpr Audience audience = Audience::anyone;
    static constexpr Right right = Right::read_content;
    static Result<Public> admit(Call&) { return Public{}; }
};
template <>
struct Admission<SignedIn> {
    static constexpr Audience audience = Audience::signed_in;
    static constexpr Right right = Right::read_content;
    static Result<SignedIn> admit(Call& call) {
        if (!call.session) return refuse(unauthenticated());
        return SignedIn{call.session->actor, call.session->id};
    }
};
template <Right R>
struct Admission<Permit<R>> {
    static constexpr Audience audience = Audience::organization;
    static constexpr Right right = R;
    static Result<Permit<R>> admit(Call& call) {
        return may<R>(*call.session->actor, *call.tree, *call.organization);
    }
};

template <class Pairs>
const std::string* value_of(const Pairs& pairs, std::string_view name) {
    for (const auto& [key, value] : pairs) {
        if (key == name) return &value;
    }
    return nullptr;
}

template <class M>
constexpr bool is_if_match = std::same_as<M, IfMatch>;

// What fits into a path or a query.
template <class M>
concept Simple = std::same_as<M, bool> || std::integral<M> || json::LimitedWhole<M> ||
                 json::LimitedText<M> || std::same_as<M, std::string> || json::Identifier<M> ||
                 std::same_as<M, Time> || json::DescribedEnum<M>;
template <class M>
struct SimpleOrOptional : std::bool_constant<Simple<M>> {};
template <class M>
struct SimpleOrOptional<std::optional<M>> : std::bool_constant<Simple<M>> {};

// A member from the query: texts as they are, numbers and flags by their JSON form.
template <class M>
bool read_query(json::Reader& reader, std::string_view text, M& target) {
    if constexpr (json::InstanceOf<M, std::optional>) {
        return read_query(reader, text, target.emplace());
    } else if constexpr (std::same_as<M, bool> || json::LimitedWhole<M> || std::integral<M>) {
        auto value = json::parse(text);
        return json::read(reader, value.value_or(json::Value(nullptr)), target);
    } else {
        return json::read_string(reader, text, target);
    }
}

template <class In>
Result<In> decode(const Source& source) {
    In request{};
    json::Reader reader;
    bool absent = false, unconditional = false;
    const auto* body = source.body ? source.body->if_object() : nullptr;
    if (source.body && !body) return refuse(invalid_field("", {"field_object", {}}));
    std::vector<std::string_view> known;
    boost::mp11::mp_for_each<json::Members<In>>([&](auto member) {
        auto& target = request.*member.pointer;
        using M = std::remove_cvref_t<decltype(target)>;
        auto name = json::wire_name(member.name);
        known.push_back(name);
        if constexpr (is_if_match<M>) {
            known.pop_back();
            target.etag = source.if_match;
            unconditional = target.etag.empty();
        } else if (const auto* text = value_of(source.path, name)) {
            known.pop_back();
            if constexpr (!json::InstanceOf<M, Change> && !json::InstanceOf<M, std::optional> &&
                          SimpleOrOptional<M>::value) {
                json::Reader of_path;
                if (!read_query(of_path, *text, target)) absent = true;
            }
        } else {
            reader.enter(name);
            if (body) {
                if (const auto* value = body->if_contains(name)) {
                    json::read(reader, *value, target);
                } else if constexpr (!json::InstanceOf<M, std::optional> &&
                                     !json::InstanceOf<M, Change>) {
                    reader.wrong("field_required");
                }
            } else if constexpr (SimpleOrOptional<M>::value) {
                if (const auto* value = value_of(source.query, name)) {
                    read_query(reader, *value, target);
                } else if constexpr (!json::InstanceOf<M, std::optional>) {
                    reader.wrong("field_required");
                }
            }
            reader.leave();
        }
    });
    if (absent) return refuse(not_found("document"));
    auto must_be_known = [&](std::string_view name) {
        if (std::ranges::find(known, name) != known.end()) return;
        reader.enter(name);
        reader.wrong("field_unknown");
        reader.leave();
    };
    if (body) {
        for (const auto& member : *body) must_be_known(member.key());
    } else {
        for (const auto& parameter : source.query) must_be_known(parameter.first);
    }
    if (!reader.errors.empty()) return refuse(invalid(std::move(reader.errors)));
    if (unconditional) return refuse(precondition_required());
    return request;
}

std::vector<std::string> path_names(std::string_view path);

template <class In, class Out>
Shape shape_of(json::SchemaBook& book, std::string path, http::Method method) {
    Shape shape;
    auto names = path_names(path);
    std::vector<std::string> taken;  // from the path or a header: not in the body
    if constexpr (!std::is_void_v<In>) {
        boost::mp11::mp_for_each<json::Members<In>>([&](auto member) {
            using M = std::remove_cvref_t<decltype(std::declval<In&>().*member.pointer)>;
            std::string name(json::wire_name(member.name));
            if constexpr (is_if_match<M>) {
                taken.push_back(name);
            } else if (std::ranges::find(names, name) != names.end()) {
                taken.push_back(name);
                shape.parameters.push_back({name, true, true, book.of<M>(json::Direction::input)});
            } else if (!sends_body(method)) {
                bool required = !json::InstanceOf<M, std::optional>;
                shape.parameters.push_back(
                    {name, false, required, book.of<M>(json::Direction::input)}
                );
            }
        });
        if (sends_body(method)) {
            std::vector<std::string_view> without(taken.begin(), taken.end());
            shape.body = book.reference(
                json::type_name<In>(), book.struct_of<In>(json::Direction::input, without)
            );
        }
    }
    for (const auto& name : names) {
        if (std::ranges::find(taken, name) != taken.end()) continue;
        shape.parameters.push_back({name, true, true, {{"type", "string"}}});
    }
    if constexpr (!std::is_void_v<Out>) shape.answer = book.of<Out>(json::Direction::output);
    return shape;
}

template <class In>
constexpr bool wants_if_match() {
    bool wants = false;
    if constexpr (!std::is_void_v<In>) {
        boost::mp11::mp_for_each<json::Members<In>>([&](auto member) {
            wants |=
                is_if_match<std::remove_cvref_t<decltype(std::declval<In&>().*member.pointer)>>;
        });
    }
    return wants;
}

// Streams ask for the right anew; the edge wraps the writer.
Task<Result<http::Response>> stream_response(Call& call, Events events, Right right);

template <class Out>
Task<Result<http::Response>> response_of(Call& call, Out out, Right right) {
    if constexpr (std::same_as<Out, Events>) {
        co_return co_await stream_response(call, std::move(out), right);
    } else {
        co_return Answer<Out>::make(out);
    }
}

template <class Out, class Auth, class In, class Invoke>
Endpoint describe(http::Method method, std::string path, std::string doc, Invoke invoke) {
    Endpoint endpoint;
    endpoint.method = method;
    endpoint.path = path;
    endpoint.doc = std::move(doc);
    endpoint.audience = Admission<Auth>::audience;
    endpoint.right = Admission<Auth>::right;
    endpoint.if_match = wants_if_match<In>();
    if (sends_body(method)) endpoint.rate = writing;
    if constexpr (std::same_as<Out, Events>) {
        endpoint.streams = true;
        endpoint.shape = [path, method](json::SchemaBook& book) {
            return shape_of<In, void>(book, path, method);
        };
    } else {
        endpoint.status = Answer<Out>::status;
        endpoint.tagged = Answer<Out>::tagged;
        endpoint.wants_key = method == http::Method::post && endpoint.status == 201;
        endpoint.shape = [path, method](json::SchemaBook& book) {
            return shape_of<In, typename Answer<Out>::Body>(book, path, method);
        };
    }
    endpoint.run = [invoke](Call& call, const PathValues& path) -> Task<Result<http::Response>> {
        auto auth = CO_TRY(Admission<Auth>::admit(call));
        std::optional<json::Value> body;
        if (sends_body(call.request.method)) body = CO_TRY(co_await body_of(call));
        auto query = CO_TRY(read_query_of(call.request));
        Source source{path, body ? &*body : nullptr, query, call.request.headers.find("If-Match")};
        if constexpr (std::is_void_v<In>) {
            if (body && !(body->is_object() && body->get_object().empty())) {
                co_return refuse(invalid_field("", {"field_no_body", {}}));
            }
            if (!body && !query.empty()) {
                co_return refuse(invalid_field("/" + query.front().first, {"field_unknown", {}}));
            }
            auto out = CO_TRY(co_await invoke(call, std::move(auth)));
            co_return co_await response_of(call, std::move(out), Admission<Auth>::right);
        } else {
            auto request = CO_TRY(decode<In>(source));
            auto out = CO_TRY(co_await invoke(call, std::move(auth), std::move(request)));
            co_return co_await response_of(call, std::move(out), Admission<Auth>::right);
        }
    };
    return endpoint;
}

}  // namespace detail

template <class Tx, class Out>
Task<Out> Call::commit(Tx& tx, Out out) {
    if (key_) {
        auto response = detail::Answer<Out>::make(out);
        KeptAnswer answer{static_cast<int>(response.status), std::move(response.body), {}, {}};
        for (auto& [name, value] : response.headers) {
            if (name == "ETag") answer.etag = value;
            if (name == "Location") answer.location = value;
        }
        co_await keep(tx, std::move(answer));
    }
    co_await tx.commit();
    co_return out;
}

template <class Out, class Auth, class In>
Endpoint endpoint(
    http::Method method,
    std::string path,
    Task<Result<Out>> (*handler)(Call&, Auth, In),
    std::string doc
) {
    return detail::describe<Out, Auth, In>(method, std::move(path), std::move(doc), handler);
}
template <class Out, class Auth>
Endpoint endpoint(
    http::Method method,
    std::string path,
    Task<Result<Out>> (*handler)(Call&, Auth),
    std::string doc
) {
    return detail::describe<Out, Auth, void>(method, std::move(path), std::move(doc), handler);
}
template <class Object, class Out, class Auth, class In>
Endpoint endpoint(
    http::Method method,
    std::string path,
    Object* object,
    Task<Result<Out>> (Object::*handler)(Call&, Auth, In),
    std::string doc
) {
    return detail::describe<Out, Auth, In>(
        method,
        std::move(path),
        std::move(doc),
        [object, handler](Call& call, Auth auth, In in) {
            return (object->*handler)(call, std::move(auth), std::move(in));
        }
    );
}
template <class Object, class Out, class Auth>
Endpoint endpoint(
    http::Method method,
    std::string path,
    Object* object,
    Task<Result<Out>> (Object::*handler)(Call&, Auth),
    std::string doc
) {
    return detail::describe<Out, Auth, void>(
        method,
        std::move(path),
        std::move(doc),
        [object, handler](Call& call, Auth auth) {
            return (object->*handler)(call, std::move(auth));
        }
    );
}

template <class... A>
Endpoint get(std::string path, A... rest) {
    return endpoint(http::Method::get, std::move(path), rest...);
}
template <class... A>
Endpoint post(std::string path, A... rest) {
    return endpoint(http::Method::post, std::move(path), rest...);
}
template <class... A>
Endpoint put(std::string path, A... rest) {
    return endpoint(http::Method::put, std::move(path), rest...);
}
template <class... A>
Endpoint patch(std::string path, A... rest) {
    return endpoint(http::Method::patch, std::move(path), rest...);
}
template <class... A>
Endpoint del(std::string path, A... rest) {
    return endpoint(http::Method::del, std::move(path), rest...);
}

}  // namespace luster::api
