// What a handler may return beside a plain described struct (200), and what it may ask for beside
// the body.
#pragma once

#include "base/ids.h"
#include "base/json.h"
#include "base/result.h"
#include "core/access/authenticator.h"
#include "io/http/http.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace luster::api {

template <class T>
struct Created {  // 201
    T value;
    std::string location;  // "/api/v1/…"; may be empty
};
template <class T>
struct Accepted {  // 202
    T value;
};
struct NoContent {};  // 204
struct Empty {};      // `{}`
BOOST_DESCRIBE_STRUCT(Empty, (), ())

// A document with its version. `etag` is complete, with its quotes.
template <class T>
struct Tagged {
    T value;
    std::string etag;
};

// Server-sent events. The right is asked again before each one and every 30 seconds.
class EventSink {
public:
    virtual ~EventSink() = default;
    // False when the reader left, the server stops or the right is gone: then return.
    virtual Task<bool> send(std::string_view name, std::string_view data, std::string_view id) = 0;
    // To be asked at least every 30 seconds while there is nothing to send.
    virtual Task<bool> still_allowed() = 0;
};
struct Events {
    std::function<Task<void>(EventSink&)> run;  // owns what it uses: it outlives the handler
};

// A page of a list. `next` is the cursor of the following one.
template <class T>
struct Listing {
    std::vector<T> items;
    std::optional<std::string> next;
    BOOST_DESCRIBE_CLASS(Listing, (), (items, next), (), ())
};

// Who may call: `Permit<Right>` for what is an organization's, these two for the rest.
struct Public {};
struct SignedIn {
    std::shared_ptr<const Actor> actor;
    SessionId session;
};

// The version that the caller last saw, from If-Match. A request struct with this member answers
// 428 without the header.
struct IfMatch {
    std::string etag;
    bool matches(std::int64_t revision) const;
};
BOOST_DESCRIBE_STRUCT(IfMatch, (), (etag))
std::string etag_of(std::int64_t revision);

// One place for the size of lists.
using PageSize = Whole<1, 100>;
inline constexpr std::int64_t page_size_default = 50;

}  // namespace luster::api
