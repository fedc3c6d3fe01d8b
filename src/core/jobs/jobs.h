// Background work, kept in the control database: it is done at least once, also when a process dies
// in the middle of it. A job is added in the transaction of what it belongs to.
//
//     inline constexpr jobs::Name<Letter> send_letter{"mail.send"};          // the kind and its
//     payload co_await jobs::add(tx, send_letter, {.id = …, .key = …}, letter, now);  // beside
//     other writes jobs::job(send_letter, this, &Post::deliver, {.attempts = 8})           // in a
//     module's list
//
// One job for each (organization, kind, key): adding one that still waits changes nothing, adding
// one that has failed for good starts it anew.
#pragma once

#include "base/json.h"
#include "base/log.h"
#include "io/pg/pg.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace luster::jobs {

// What a handler knows of its job. Its organization is the only one that it may touch.
struct Scope {
    JobId id;
    std::optional<OrgId> organization;
    int attempt = 1;
    Time now;  // when it was leased
    log::Logger log;
};

// What became of it. A fault that leaves a handler counts as `failed`.
struct Outcome {
    enum class State { done, again, failed, hopeless };
    State state = State::done;
    Duration after{};
    std::string why;
};
inline Outcome done() {
    return {};
}
// Not yet, through nobody's fault: attempts start anew.
inline Outcome again(Duration after) {
    return {Outcome::State::again, after, {}};
}
inline Outcome failed(std::string why) {
    return {Outcome::State::failed, {}, std::move(why)};
}
// No later attempt would do better.
inline Outcome hopeless(std::string why) {
    return {Outcome::State::hopeless, {}, std::move(why)};
}

struct Options {
    int attempts = 8;
    Duration first_retry = std::chrono::seconds(15);  // the next ones wait three times as long each
    Duration retry_max = std::chrono::hours(6);
};

struct Kind {
    std::string name;
    Options options;
    std::function<Task<Outcome>(Scope&, std::string_view payload)> run;
};

template <class Payload>
struct Name {
    std::string_view text;
};

// What is stored was written by `add`, perhaps of another release: what can't be read is a fault.
template <class Payload>
Payload payload_of(std::string_view text) {
    auto value = json::parse(text);
    json::Reader reader;
    Payload payload{};
    if (!value || !json::read(reader, *value, payload))
        throw Fault("the job's payload can't be read");
    return payload;
}

template <class Object, class Payload>
Kind job(
    Name<Payload> name,
    Object* object,
    Task<Outcome> (Object::*handler)(Scope&, Payload),
    Options options = {}
) {
    auto run = [object, handler](Scope& scope, std::string_view payload) {
        return (object->*handler)(scope, payload_of<Payload>(payload));
    };
    return {std::string(name.text), options, run};
}

template <class Payload>
Kind job(Name<Payload> name, Task<Outcome> (*handler)(Scope&, Payload), Options options = {}) {
    auto run = [handler](Scope& scope, std::string_view payload) {
        return handler(scope, payload_of<Payload>(payload));
    };
    return {std::string(name.text), options, run};
}

struct Place {
    JobId id;
    std::optional<OrgId> organization;
    std::string key;
    std::optional<Time> run_at;  // at once without one
};

namespace detail {
Task<void> add(
    pg::ControlTx& tx, std::string_view kind, Place place, std::string payload, Time now
);
}

// Ring the worker's bell after the commit (worker.h), or it is found by the safety net only.
template <class Payload>
Task<void> add(
    pg::ControlTx& tx, Name<Payload> name, Place place, const Payload& payload, Time now
) {
    return detail::add(tx, name.text, std::move(place), json::to_string(payload), now);
}

// How many wait and how many have failed for good, for metrics.
struct Numbers {
    std::int64_t waiting = 0;
    std::int64_t failed = 0;
};
BOOST_DESCRIBE_STRUCT(Numbers, (), (waiting, failed))
Task<Numbers> numbers(pg::ControlDb& control);

}  // namespace luster::jobs
